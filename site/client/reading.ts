const KEY = 'foyer-reading';
/** Papers whose place is kept: with the longest slugs still under 1 KB. */
const KEPT = 12;

type Places = Readonly<Record<string, number>>;

/** Marks the page being read in the contents, and keeps the place in this browser alone, so that reading can go on there. */
function followReading(root: HTMLElement): void {
	const paper = root.dataset['paper']!.slice(0, 60);
	const pages = [...root.querySelectorAll<HTMLElement>('[data-page]')];
	const links = [...root.querySelectorAll<HTMLAnchorElement>('[data-contents] a')];
	const titleOf = (page: number): string => links[page - 1]?.textContent?.trim() ?? '';
	offerPlace(places()[paper] ?? 1, titleOf);

	const show = (page: number): void => {
		for (const [at, link] of links.entries()) {
			if (at + 1 === page) link.setAttribute('aria-current', 'location');
			else link.removeAttribute('aria-current');
		}
		for (const [name, text] of [
			['page', String(page)],
			['title', titleOf(page)],
		] as const) {
			const place = root.querySelector(`[data-reading-${name}]`);
			if (place) place.textContent = text;
		}
		keep(paper, page);
	};
	// A page is being read when it crosses a line a third down the window.
	const observer = new IntersectionObserver(
		(entries) => {
			const entry = entries.find(({ isIntersecting }) => isIntersecting);
			if (entry) show(Number((entry.target as HTMLElement).dataset['page']));
		},
		{ rootMargin: '-33% 0px -66%' },
	);
	for (const page of pages) observer.observe(page);
}

function offerPlace(page: number, titleOf: (page: number) => string): void {
	const link = document.querySelector<HTMLAnchorElement>('[data-continue]');
	if (!link || page < 2 || titleOf(page) === '') return;
	link.href = `#page-${page}`;
	link.textContent = link.dataset['continue']!.replace('{page}', String(page)).replace('{title}', titleOf(page));
}

function places(): Places {
	try {
		return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Places;
	} catch {
		return {};
	}
}

function keep(paper: string, page: number): void {
	const others = Object.entries(places()).filter(([name]) => name !== paper);
	const kept = [...others.slice(1 - KEPT), ...(page > 1 ? [[paper, page] as const] : [])];
	try {
		localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(kept)));
	} catch {
		// A browser that keeps nothing reads from the start.
	}
}

const root = document.querySelector<HTMLElement>('[data-paper]');
if (root) followReading(root);
