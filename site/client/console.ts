/** Keys for lists whose rows each have one link: j and k move, Enter opens, / goes to the search field. The pages work without. */
const list = document.querySelector<HTMLElement>('[data-keys]');
const search = document.querySelector<HTMLInputElement>('[data-search]');

document.addEventListener('keydown', (event) => {
	if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
	if (event.key === '/' && search) {
		event.preventDefault();
		search.focus();
	} else if (list && (event.key === 'j' || event.key === 'k')) {
		event.preventDefault();
		move(list, event.key === 'j' ? 1 : -1);
	}
});

/** The focus goes to the link of the next row, so that Enter opens it and screen readers say where it is. */
function move(rows: HTMLElement, step: 1 | -1): void {
	const links = [...rows.querySelectorAll<HTMLElement>('[data-row]')];
	const at = links.indexOf(document.activeElement as HTMLElement);
	const to = at < 0 ? (step === 1 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + step));
	links[to]?.focus();
}

function isTyping(target: EventTarget | null): boolean {
	return target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
