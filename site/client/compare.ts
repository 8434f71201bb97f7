/** Products picked for comparing. They stay in this browser; the hub sees them only in the address of the comparison. */
const KEY = 'foyer.compare';

/** Part number by slug, in the order they were picked. */
type Picks = Map<string, string>;

function read(): Picks {
	try {
		const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
		return new Map(Array.isArray(kept) ? kept.map(([slug, name]: unknown[]) => [String(slug), String(name)]) : []);
	} catch {
		return new Map();
	}
}

function keep(picks: Picks): void {
	try {
		localStorage.setItem(KEY, JSON.stringify([...picks]));
	} catch {
		// A browser that keeps nothing still sends the ticks of this page.
	}
}

class CompareTray extends HTMLElement {
	connectedCallback(): void {
		document.addEventListener('change', (event) => {
			const box = event.target as HTMLInputElement;
			if (box.dataset['pick']) this.set(box.value, box.dataset['pick'], box.checked);
		});
		document.addEventListener('click', (event) => {
			const button = (event.target as Element).closest<HTMLElement>('button[data-pick], [data-unpick], [data-clear]');
			if (!button) return;
			const { pick, slug = '', unpick } = button.dataset;
			if (pick === undefined && !this.contains(button)) return;
			event.preventDefault();
			if (pick !== undefined) this.set(slug, pick, !read().has(slug));
			else if (unpick !== undefined) this.set(unpick, '', false);
			else this.save(new Map());
		});
		const show = (): void => this.show(read());
		// Other tabs, and pages that come back out of the browser's memory.
		addEventListener('storage', show);
		addEventListener('pageshow', show);
		show();
	}

	private set(slug: string, name: string, isPicked: boolean): void {
		const picks = read();
		if (!isPicked) picks.delete(slug);
		else if (picks.size < this.most) picks.set(slug, name);
		this.save(picks, isPicked && !picks.has(slug));
	}

	private save(picks: Picks, isFull = false): void {
		keep(picks);
		this.show(picks, isFull);
	}

	private get most(): number {
		return Number(this.dataset['most']);
	}

	private show(picks: Picks, isFull = false): void {
		const { count = '', one = '', full = '', remove = '', address = '' } = this.dataset;
		const [form, tray] = [this.querySelector<HTMLElement>('form'), this.querySelector<HTMLElement>('section')];
		if (!tray) return;
		tray.hidden = picks.size === 0;
		if (form) form.hidden = picks.size > 0;
		tray.querySelector('.tray-count')!.textContent = isFull
			? full
			: picks.size === 1
				? one
				: count.replace('{count}', String(picks.size)).replace('{most}', String(this.most));
		tray.querySelector('ul')!.replaceChildren(
			...[...picks].map(([slug, name]) => {
				const item = document.createElement('li');
				const button = Object.assign(document.createElement('button'), { type: 'button', className: 'pill', textContent: `${name} ×` });
				button.dataset['unpick'] = slug;
				button.setAttribute('aria-label', remove.replace('{name}', name));
				item.append(button);
				return item;
			}),
		);
		const go = tray.querySelector<HTMLAnchorElement>('[data-go]')!;
		go.href = `${address}?${[...picks.keys()].map((slug) => `p=${encodeURIComponent(slug)}`).join('&')}`;
		go.hidden = picks.size < 2;
		for (const box of document.querySelectorAll<HTMLInputElement>('input[data-pick]')) box.checked = picks.has(box.value);
		for (const button of document.querySelectorAll<HTMLElement>('button[data-pick]')) {
			const isIn = picks.has(button.dataset['slug'] ?? '');
			button.setAttribute('aria-pressed', String(isIn));
			button.textContent = (isIn ? button.dataset['out'] : button.dataset['in']) ?? '';
		}
	}
}

customElements.define('compare-tray', CompareTray);

// Fields that are left empty would only lengthen the address.
document.addEventListener('submit', (event) => {
	const form = event.target as HTMLFormElement;
	if (!form.matches('[data-filters]')) return;
	for (const field of form.elements) if (field instanceof HTMLInputElement && field.value.trim() === '') field.disabled = true;
});
addEventListener('pageshow', () => {
	for (const field of document.querySelectorAll<HTMLInputElement>('[data-filters] input')) field.disabled = false;
});

/** A module: its names are its own. */
export {};
