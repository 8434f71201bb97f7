/** Counts a segment while its conditions are edited: the page's own answer to its "count" button, put in place. Works without. */
const PAUSE_MS = 400;
const form = document.querySelector<HTMLFormElement>('form[data-segment]');
let timer = 0;
let asked = 0;

form?.addEventListener('input', (event) => {
	if ((event.target as HTMLInputElement).name === 'name') return;
	window.clearTimeout(timer);
	timer = window.setTimeout(() => void recount(form), PAUSE_MS);
});

async function recount(of: HTMLFormElement): Promise<void> {
	const turn = ++asked;
	const data = new URLSearchParams();
	for (const [name, value] of new FormData(of)) if (typeof value === 'string') data.append(name, value);
	data.set('do', 'count');
	const answer = await fetch(location.pathname, { method: 'POST', body: data }).catch(() => null);
	if (!answer?.ok || turn !== asked) return;
	const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
	const found = page.querySelector('[data-segment-found]');
	if (found && turn === asked) document.querySelector('[data-segment-found]')?.replaceWith(found);
}
