/** Chat and questions as tabs where there is room for one; without script both are there, one under the other. */
export function roomTabs(root: HTMLElement): void {
	const list = root.querySelector<HTMLElement>('[role=tablist]');
	const tabs = [...root.querySelectorAll<HTMLElement>('[role=tab]')];
	if (!list || tabs.length === 0) return;
	list.hidden = false;
	const show = (chosen: HTMLElement): void => {
		for (const tab of tabs) {
			const isChosen = tab === chosen;
			tab.setAttribute('aria-selected', String(isChosen));
			tab.tabIndex = isChosen ? 0 : -1;
			const panel = root.querySelector<HTMLElement>(`#${tab.getAttribute('aria-controls') ?? ''}`);
			if (panel) panel.hidden = !isChosen;
		}
	};
	for (const tab of tabs) tab.addEventListener('click', () => show(tab));
	list.addEventListener('keydown', (event) => {
		const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
		if (step === undefined) return;
		const at = tabs.findIndex((tab) => tab === document.activeElement);
		const next = tabs[(at + step + tabs.length) % tabs.length];
		if (!next) return;
		show(next);
		next.focus();
	});
	show(tabs[0]!);
}
