const open = (): HTMLDetailsElement | null => document.querySelector<HTMLDetailsElement>('details[data-closes][open]');

/** Menus are disclosures that work without script; with it they close by Escape, by a press beside them and when the focus leaves. */
export function closeMenus(): void {
	document.addEventListener('keydown', ({ key }) => {
		const menu = key === 'Escape' ? open() : null;
		if (!menu) return;
		menu.open = false;
		menu.querySelector('summary')?.focus();
	});
	for (const type of ['pointerdown', 'focusin']) {
		document.addEventListener(type, ({ target }) => {
			const menu = open();
			if (menu && !menu.contains(target as Node)) menu.open = false;
		});
	}
}
