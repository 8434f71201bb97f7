/** A part of a list: it is made anew only when what it shows has changed. */
export interface Part {
	readonly key: string;
	/** Everything it shows. */
	readonly shows: unknown;
	make(): HTMLElement;
}

/**
 * Brings a list's elements in line with `parts`. Those that show the same stay as they are, with their focus and what is typed in them; one in
 * which somebody types is left alone until they are done.
 */
export function fill(list: HTMLElement, parts: readonly Part[]): void {
	const known = new Map([...list.children].map((child) => [(child as HTMLElement).dataset['key'] ?? '', child as HTMLElement]));
	const wanted = parts.map(({ key, shows, make }) => {
		const shown = JSON.stringify(shows);
		const old = known.get(key);
		if (old && (old.dataset['shown'] === shown || isTypedIn(old))) return old;
		const fresh = make();
		fresh.dataset['key'] = key;
		fresh.dataset['shown'] = shown;
		if (old) passFocus(old, fresh);
		return fresh;
	});
	for (const child of [...list.children]) if (!wanted.includes(child as HTMLElement)) child.remove();
	wanted.forEach((element, at) => {
		if (list.children[at] !== element) list.insertBefore(element, list.children[at] ?? null);
	});
	list.querySelector<HTMLElement>('[data-refocus]')?.focus();
	list.querySelector('[data-refocus]')?.removeAttribute('data-refocus');
}

const isTypedIn = (element: HTMLElement): boolean => {
	const active = document.activeElement;
	return element.contains(active) && active instanceof HTMLTextAreaElement && active.value !== '';
};

/** Whoever had the focus in the old part finds it in the new one: on the same button, or on the part. */
function passFocus(old: HTMLElement, fresh: HTMLElement): void {
	const active = document.activeElement;
	if (!old.contains(active) || !(active instanceof HTMLElement)) return;
	const same = [...fresh.querySelectorAll<HTMLElement>('[data-do]')].find((one) => one.dataset['do'] === active.dataset['do']);
	const to =
		same ?? (fresh.matches('[tabindex]') ? fresh : (fresh.querySelector<HTMLElement>('[tabindex]') ?? fresh.querySelector<HTMLElement>('button')));
	to?.setAttribute('data-refocus', '');
}
