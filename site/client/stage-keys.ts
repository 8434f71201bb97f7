/** One key for each act, with Shift where the page has keys of its own; off while somebody types or holds another key. */
export function stageKeys(acts: Readonly<Record<string, () => void>>, withShift: boolean): () => void {
	const press = (event: KeyboardEvent): void => {
		if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
		if (document.querySelector('dialog[open]') || (event.key !== '?' && event.shiftKey !== withShift)) return;
		const act = acts[event.key.toLowerCase()];
		if (!act) return;
		event.preventDefault();
		act();
	};
	addEventListener('keydown', press);
	return () => removeEventListener('keydown', press);
}

function isTyping(target: EventTarget | null): boolean {
	return target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
