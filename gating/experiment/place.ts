import type { Locale, Snapshot } from '#cms/content.ts';

/** Words of a variant in both languages, by the part of the place; a part that is left empty stays as the editors have it. */
export type Content = Readonly<Record<string, Readonly<Record<Locale, string>>>>;

/** What stands in a hole of a page; the site renders it. */
export type Piece =
	| { readonly kind: 'text'; readonly text: string }
	| { readonly kind: 'action'; readonly params: { readonly href: string; readonly label: string } }
	| { readonly kind: 'card'; readonly params: { readonly item: string } };

/** How a part is typed: a line, a path of the site, or content, one `white_papers/slug` a line. */
export type PartKind = 'line' | 'link' | 'items';

interface Place {
	/** Parts in the order of the form. */
	readonly parts: Readonly<Record<string, PartKind>>;
	/** Pages it is on: the home page, or those whose path begins so and is named by the experiment ('' for all of them where `isOneOnly` is not set). */
	readonly path: string;
	readonly isOneOnly: boolean;
	/** What stands in which hole; holes that keep what the editors wrote are left out. */
	fills(content: Content, locale: Locale): Readonly<Record<string, readonly Piece[]>>;
	readonly holes: readonly string[];
	/** The slot that it fills, where it is one: clicks of its pieces are what is clicked there. */
	readonly slot?: string;
	/** What editors wrote there: another text means that they changed their mind. */
	written(snapshot: Snapshot, path: string): unknown;
}

const at = (content: Content, part: string, locale: Locale): string => content[part]?.[locale].trim() ?? '';

const lines = (pairs: Readonly<Record<string, string>>) => (content: Content, locale: Locale) =>
	Object.fromEntries(
		Object.entries(pairs).flatMap(([part, hole]) => {
			const text = at(content, part, locale);
			return text === '' ? [] : [[hole, [{ kind: 'text', text } as const]]];
		}),
	);

const landingAt = (snapshot: Snapshot, path: string) => snapshot.pages.find(({ slug }) => path === `/p/${slug}`);

/** Places of pages where something can be tried. Their holes stand on the pages by the same names. */
export const PLACES = {
	home: {
		parts: { title: 'line', lead: 'line' },
		path: '/',
		isOneOnly: true,
		holes: ['home.title', 'home.lead'],
		fills: lines({ title: 'home.title', lead: 'home.lead' }),
		written: ({ site }) => [site.homeTitle, site.homeLead],
	},
	'for-you': {
		parts: { items: 'items' },
		path: '/',
		isOneOnly: true,
		holes: ['home-for-you'],
		slot: 'home-for-you',
		fills: (content, locale) => {
			const items = referencesOf(at(content, 'items', locale));
			return items.length === 0 ? {} : { 'home-for-you': items.map((item) => ({ kind: 'card', params: { item } }) as const) };
		},
		written: ({ slots }) => slots.find(({ slug }) => slug === 'home-for-you') ?? null,
	},
	'paper-form': {
		parts: { title: 'line', button: 'line' },
		path: '/white-papers/',
		isOneOnly: false,
		holes: ['paper.form-title', 'paper.form-button'],
		fills: lines({ title: 'paper.form-title', button: 'paper.form-button' }),
		written: ({ forms, whitePapers }, path) => {
			const keys = new Set(whitePapers.filter(({ slug }) => path === '' || path === `/white-papers/${slug}`).map(({ formKey }) => formKey));
			return forms.filter(({ key }) => keys.has(key)).map(({ submit }) => submit);
		},
	},
	landing: {
		parts: { title: 'line', lead: 'line' },
		path: '/p/',
		isOneOnly: true,
		holes: ['landing.title', 'landing.lead'],
		fills: lines({ title: 'landing.title', lead: 'landing.lead' }),
		written: (snapshot, path) => {
			const page = landingAt(snapshot, path);
			return page ? [page.title, page.summary] : null;
		},
	},
	cta: {
		parts: { title: 'line', body: 'line', label: 'line', link: 'link' },
		path: '/p/',
		isOneOnly: true,
		holes: ['cta.title', 'cta.body', 'cta.action'],
		fills: (content, locale) => {
			const [label, href] = [at(content, 'label', locale), at(content, 'link', locale)];
			const action = label === '' || href === '' ? {} : { 'cta.action': [{ kind: 'action', params: { label, href } } as const] };
			return { ...lines({ title: 'cta.title', body: 'cta.body' })(content, locale), ...action };
		},
		written: (snapshot, path) => landingAt(snapshot, path)?.blocks.find(({ kind, audience }) => kind === 'cta' && audience.length === 0) ?? null,
	},
} as const satisfies Record<string, Place>;

export type PlaceName = keyof typeof PLACES;
export const isPlace = (name: string): name is PlaceName => Object.hasOwn(PLACES, name);
export const placeOf = (name: PlaceName): Place => PLACES[name];

/** `white_papers/slug` of each line. */
export const referencesOf = (text: string): readonly string[] =>
	text
		.split(/\r?\n/)
		.map((line) => line.trim())
		.filter((line) => line !== '');
