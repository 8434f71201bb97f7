/** Around the stage of a speaker without the room's stream: asks every few seconds how it is shown, and whether it is live. */
class StageWatch extends HTMLElement {
	#timer: ReturnType<typeof setTimeout> | undefined;

	connectedCallback(): void {
		void this.#look();
	}

	disconnectedCallback(): void {
		clearTimeout(this.#timer);
	}

	async #look(): Promise<void> {
		const note = this.querySelector<HTMLElement>('[data-run]');
		const stage = this.querySelector('live-stage');
		try {
			const answer = await fetch(this.dataset['address'] ?? '');
			if (answer.ok) {
				const { status, layout } = (await answer.json()) as { readonly status: string; readonly layout: unknown };
				stage?.dispatchEvent(new CustomEvent('stage-layout', { detail: layout }));
				const words = (status === 'live' ? note?.dataset['live'] : status === 'ended' ? note?.dataset['ended'] : note?.dataset['offAir']) ?? '';
				if (note && note.textContent?.trim() !== words) note.textContent = words;
				if (status === 'ended') return void stage?.dispatchEvent(new CustomEvent('stage-close'));
			}
		} catch {
			// The next look tells.
		}
		this.#timer = setTimeout(() => void this.#look(), 3_000);
	}
}

customElements.define('stage-watch', StageWatch);
