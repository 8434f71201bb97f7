/** The reader's collection of products. It stays in this browser; the hub sees it only in the address of the brochure page. */
import { MOST_PRODUCTS as MOST } from '../brochure-limit.ts';

const KEY = 'foyer.brochure';

/** Slugs in the order they were added. */
export function collected(): string[] {
	try {
		const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
		return Array.isArray(kept) ? kept.filter((slug) => typeof slug === 'string') : [];
	} catch {
		return [];
	}
}

/** Keeps the collection; a browser that keeps nothing still has the address. */
export function collect(slugs: readonly string[]): void {
	try {
		localStorage.setItem(KEY, JSON.stringify(slugs.slice(0, MOST)));
	} catch {
		// Storage is refused or full.
	}
}

/** The brochure page at `path` with these products. */
export function addressOf(path: string, slugs: readonly string[]): string {
	return `${path}?${slugs.map((slug) => `p=${encodeURIComponent(slug)}`).join('&') || 'p='}`;
}

function show(): void {
	const slugs = collected();
	for (const link of document.querySelectorAll<HTMLAnchorElement>('[data-brochure-add]')) {
		const { brochureAdd = '', add = '', added = '' } = link.dataset;
		const isIn = slugs.includes(brochureAdd);
		link.textContent = isIn ? added : add;
		link.href = addressOf(link.pathname, isIn ? slugs : [...slugs, brochureAdd]);
	}
	for (const link of document.querySelectorAll<HTMLAnchorElement>('[data-brochure-open]')) {
		link.hidden = slugs.length === 0;
		link.textContent = (link.dataset['brochureOpen'] ?? '').replace('{count}', String(slugs.length));
		link.href = addressOf(link.pathname, slugs);
	}
}

document.addEventListener('click', (event) => {
	const link = (event.target as Element).closest<HTMLElement>('[data-brochure-add]');
	if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
	const slug = link.dataset['brochureAdd'] ?? '';
	const slugs = collected();
	// A full collection is looked at, not added to: the link leads there.
	if (!slugs.includes(slug) && slugs.length >= MOST) return;
	event.preventDefault();
	collect(slugs.includes(slug) ? slugs.filter((other) => other !== slug) : [...slugs, slug]);
	show();
});
// Other tabs, and pages that come back out of the browser's memory.
addEventListener('storage', show);
addEventListener('pageshow', show);
show();
