import { addressOf, collect, collected } from './brochure.ts';

const KEPT = 'foyer.brochure-form';
const page = document.querySelector<HTMLElement>('[data-brochure-page]');
const form = document.querySelector<HTMLFormElement>('[data-brochure-form]');

/** The address says what is in the brochure; without products in it the collection of this browser is shown. */
function agree(): void {
	const slugs = (page?.dataset['brochurePage'] ?? '').split(' ').filter(Boolean);
	const mine = collected();
	if (!new URLSearchParams(location.search).has('p')) {
		if (mine.length > 0 && slugs.length === 0) location.replace(addressOf(location.pathname, mine));
		return;
	}
	// Somebody else's link is looked at; it becomes this browser's collection when it is changed here, or when there was none.
	const isOwn = document.referrer.startsWith(`${location.origin}/`);
	if (isOwn || mine.length === 0) collect(slugs);
}

/** What was typed and ticked outlives a change of the list, which loads the page anew. */
function remember(): void {
	if (!form) return;
	const fields = [...form.querySelectorAll<HTMLInputElement>('input:not([type=hidden])')];
	try {
		const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null') as Record<string, string | boolean> | null;
		const isAfterPost = form.hasAttribute('data-brochure-answered');
		for (const field of kept && !isAfterPost ? fields : []) {
			const value = kept?.[field.id];
			if (typeof value === 'boolean') field.checked = value;
			else if (typeof value === 'string' && field.value === '') field.value = value;
		}
		addEventListener('pagehide', () => {
			const isTick = (field: HTMLInputElement): boolean => field.type === 'checkbox' || field.type === 'radio';
			sessionStorage.setItem(
				KEPT,
				JSON.stringify(Object.fromEntries(fields.map((field) => [field.id, isTick(field) ? field.checked : field.value]))),
			);
		});
	} catch {
		// Storage is refused: the address still keeps the list.
	}
}

agree();
remember();
document.querySelector<HTMLElement>('[data-brochure-ready]')?.focus();
form?.addEventListener('submit', () => {
	const button = form.querySelector<HTMLElement>('[data-busy]');
	if (button) button.textContent = button.dataset['busy'] ?? '';
});
