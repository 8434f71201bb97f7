interface DrawData {
	readonly seed: string;
	readonly commitment: string;
	readonly entries: readonly string[];
	readonly prizes: readonly { readonly stock: number }[];
	readonly winners: readonly { readonly entry: string; readonly prize: number }[];
	readonly words: { readonly right: string; readonly wrong: string; readonly unable: string };
}

/** Works the winners out again in the reader's own browser, from what the page publishes and nothing else. */
class DrawCheck extends HTMLElement {
	connectedCallback(): void {
		const data = JSON.parse(this.querySelector('[data-draw]')?.textContent ?? '{}') as DrawData;
		const button = this.querySelector<HTMLButtonElement>('[data-check]');
		const result = this.querySelector('[data-result]');
		if (!button || !result) return;
		button.hidden = false;
		button.addEventListener('click', () => {
			void isRight(data).then(
				(right) => (result.textContent = right ? data.words.right : data.words.wrong),
				() => (result.textContent = data.words.unable),
			);
		});
	}
}

async function sha256(text: string): Promise<string> {
	const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
	return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function isRight({ seed, commitment, entries, prizes, winners }: DrawData): Promise<boolean> {
	if ((await sha256([seed, ...[...entries].sort()].join('\n'))) !== commitment) return false;
	const tickets = await Promise.all(entries.map(async (entry) => ({ entry, ticket: await sha256(`${seed}:${entry}`) })));
	const handedOut = prizes.flatMap(({ stock }, prize) => Array.from({ length: stock }, () => prize));
	const again = tickets
		.sort((a, b) => (a.ticket < b.ticket ? -1 : 1))
		.slice(0, handedOut.length)
		.map(({ entry }, at) => `${entry} ${handedOut[at]}`);
	return again.sort().join() === winners.map(({ entry, prize }) => `${entry} ${prize}`).sort().join(); // prettier-ignore
}

customElements.define('draw-check', DrawCheck);
