/** Parts that one request of the hub takes. */
const PART_BYTES = 1_000_000;
const TRIES = 5;

interface Answer {
	readonly status?: string;
	readonly at?: number;
}

/** Sends a recording in parts from where the hub has it; a lost connection costs one part. */
for (const box of document.querySelectorAll<HTMLElement>('[data-upload]')) {
	const input = box.querySelector('input');
	const progress = box.querySelector('progress');
	const state = box.querySelector('[data-upload-state]');
	const address = box.closest<HTMLElement>('stage-host')?.dataset['address']?.replace(/\/stage$/, '/recordings');
	const words = JSON.parse(box.dataset['words'] ?? '{}') as Readonly<Record<string, string>>;
	input?.addEventListener('change', () => {
		const [file] = input.files ?? [];
		if (!file || !progress || !state || address === undefined) return;
		progress.hidden = false;
		state.textContent = '';
		void send(`${address}/${crypto.randomUUID()}`, file, (share) => (progress.value = share)).then((outcome) => {
			progress.hidden = true;
			state.textContent = words[outcome] ?? words['failed'] ?? '';
			if (outcome === 'ready') input.value = '';
		});
	});
}

async function send(address: string, file: File, tell: (share: number) => void): Promise<string> {
	for (let at = 0, failures = 0; failures < TRIES;) {
		const query = new URLSearchParams({ at: String(at), size: String(file.size), type: file.type });
		try {
			const answer = await fetch(`${address}?${query}`, {
				method: 'PUT',
				headers: { 'content-type': 'application/octet-stream' },
				body: file.slice(at, at + PART_BYTES),
			});
			const said = (await answer.json()) as Answer;
			if (typeof said.status !== 'string' || said.status === '') throw new Error(String(answer.status));
			if (said.status !== 'more') return said.status;
			at = said.at ?? at;
			failures = 0;
			tell(at / file.size);
		} catch {
			failures++;
			await new Promise((done) => setTimeout(done, 1_000 * 2 ** failures));
		}
	}
	return 'failed';
}
