/** Keys for lists whose rows each have one link: j and k move, x ticks, Enter opens, / goes to the search field, ? lists them. The pages work without. */
const list = document.querySelector<HTMLElement>('[data-keys]');
const search = document.querySelector<HTMLInputElement>('[data-search]');
const help = document.querySelector<HTMLDetailsElement>('[data-keys-help]');

document.addEventListener('keydown', (event) => {
	if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
	const act = actOf(event.key);
	if (!act) return;
	event.preventDefault();
	act();
});

function actOf(key: string): (() => void) | null {
	if (key === '/' && search) return () => search.focus();
	if (key === '?' && help) return showKeys;
	if (list && (key === 'j' || key === 'k')) return () => move(list, key === 'j' ? 1 : -1);
	const box = key === 'x' ? rowOf(document.activeElement)?.querySelector<HTMLInputElement>('[data-tick]') : null;
	return box ? () => box.click() : null;
}

function showKeys(): void {
	if (!help) return;
	help.open = !help.open;
	help.querySelector('summary')?.focus();
}

/** The focus goes to the link of the next row, so that Enter opens it and screen readers say where it is. */
function move(rows: HTMLElement, step: 1 | -1): void {
	const links = [...rows.querySelectorAll<HTMLElement>('[data-row]')];
	const row = rowOf(document.activeElement);
	const at = links.findIndex((link) => rowOf(link) === row);
	const to = at < 0 ? (step === 1 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + step));
	links[to]?.focus();
}

const rowOf = (element: Element | null): Element | null => element?.closest('tr') ?? null;

function isTyping(target: EventTarget | null): boolean {
	if (!(target instanceof HTMLElement)) return false;
	if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit'].includes(target.type);
	return target.isContentEditable || /^(?:TEXTAREA|SELECT)$/.test(target.tagName);
}

/** Ticking rows opens what can be done with them and says how many there are. */
const bulk = document.querySelector<HTMLDetailsElement>('[data-bulk]');
const all = document.querySelector<HTMLInputElement>('[data-tick-all]');
const boxes = [...document.querySelectorAll<HTMLInputElement>('[data-tick]')];
if (bulk && all) {
	all.hidden = false;
	const count = (): void => {
		const chosen = boxes.filter((box) => box.checked).length;
		all.checked = chosen === boxes.length;
		all.indeterminate = chosen > 0 && chosen < boxes.length;
		const said = bulk.querySelector('[data-bulk-count]');
		if (said) said.textContent = chosen === 0 ? '' : (bulk.dataset['chosen'] ?? '').replace('{count}', String(chosen));
		if (chosen > 0) bulk.open = true;
	};
	all.addEventListener('change', () => {
		for (const box of boxes) box.checked = all.checked;
		count();
	});
	for (const box of boxes) box.addEventListener('change', count);
}
