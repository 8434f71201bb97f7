import { createHash } from 'node:crypto';

import { type Asset, type Category, type ContentItem, inLocale, type Locale, type Snapshot } from '#cms/content.ts';
import { textsFor } from '#kernel/texts/index.ts';

/** What a preview of a link shows: an item, a category of products, or (null) the site itself. */
export type Shared = ContentItem | Category | null;

/** Everything that a picture for previews of a link says. Nothing of it is behind a form. */
export interface SharePicture {
	readonly locale: Locale;
	readonly brand: string;
	/** What it is: `White paper WP-03`, a part number. */
	readonly kind: string;
	readonly title: string;
	/** A quiet line below the title, or ''. */
	readonly aside: string;
	/** Slug of the series, which gives the colour, or ''. */
	readonly series: string;
	/** `drawing`: shown whole on white; `cover`: fills its field. */
	readonly fit: 'drawing' | 'cover';
	readonly picture: Asset | null;
}

/** Raised when the same words and pictures are to look otherwise. */
const DESIGN = 1;

/** The address of the picture, the same until what it shows changes. */
export function sharePictureAddress(shared: Shared, locale: Locale, snapshot: Snapshot): string {
	const { type, id } = nameOf(shared);
	return `/media/og/${type}/${id}.${versionOf(sharePictureOf(shared, locale, snapshot))}.${locale}.png`;
}

/** Finds what an address of a picture is of; undefined when nothing published has it. */
export function sharedAt(type: string, id: string, snapshot: Snapshot): Shared | undefined {
	if (type === 'site') return id === 'site' ? null : undefined;
	return listsOf(snapshot)[type]?.find((item) => item.id === id);
}

export function sharePictureOf(shared: Shared, locale: Locale, snapshot: Snapshot): SharePicture {
	const words = textsFor(locale).site;
	const { brand, tagline, homeTitle } = snapshot.site;
	const term = (slug: string | null): string => {
		const found = snapshot.terms.find((candidate) => candidate.kind === 'series' && candidate.slug === slug);
		return found ? inLocale(found.name, locale) : '';
	};
	const base = { locale, brand, series: '', fit: 'cover' as const, picture: null };
	if (shared === null) return { ...base, kind: '', title: inLocale(homeTitle, locale) || brand, aside: inLocale(tagline, locale) };
	if (!('type' in shared))
		return { ...base, kind: words.types.products, title: inLocale(shared.name, locale), aside: '', fit: 'drawing', picture: open(shared.picture) };
	const title = inLocale(shared.title, locale);
	const kind = words.type[shared.type];
	switch (shared.type) {
		case 'white_papers': {
			const series = shared.series ?? '';
			return { ...base, kind: `${kind} ${shared.number}`.trim(), title, aside: term(series), series, picture: open(shared.cover) };
		}
		case 'products': {
			const category = snapshot.categories.find(({ slug }) => slug === shared.category);
			return {
				...base,
				kind: shared.partNumber,
				title,
				aside: category ? inLocale(category.name, locale) : '',
				fit: 'drawing',
				picture: open(shared.drawing),
			};
		}
		case 'cases':
			return {
				...base,
				kind,
				title,
				aside: [shared.customer, shared.place]
					.map((text) => inLocale(text, locale))
					.filter(Boolean)
					.join(' · '),
				fit: 'drawing',
				picture: open(shared.cover),
			};
		case 'articles':
			return { ...base, kind, title, aside: term(shared.series), series: shared.series ?? '', picture: open(shared.cover) };
		case 'webinars': {
			const names = snapshot.speakers.filter(({ slug }) => shared.speakers.includes(slug)).map(({ name }) => inLocale(name, locale));
			return { ...base, kind, title, aside: names.join(words.listSeparator), series: shared.series ?? '', picture: open(shared.cover) };
		}
		case 'pages':
			return { ...base, kind: '', title, aside: inLocale(tagline, locale) };
	}
}

export function versionOf(picture: SharePicture): string {
	const said = { ...picture, picture: picture.picture && [picture.picture.id, picture.picture.version], design: DESIGN };
	return createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 12);
}

function nameOf(shared: Shared): { readonly type: string; readonly id: string } {
	if (shared === null) return { type: 'site', id: 'site' };
	return { type: 'type' in shared ? shared.type : 'categories', id: shared.id };
}

function listsOf(snapshot: Snapshot): Readonly<Record<string, readonly (ContentItem | Category)[]>> {
	const { whitePapers, cases, articles, products, webinars, pages, categories } = snapshot;
	return { white_papers: whitePapers, cases, articles, products, webinars, pages, categories };
}

/** A picture that everybody may see, or null. */
function open(asset: Asset | null): Asset | null {
	return asset?.isPublic && asset.mediaType.startsWith('image/') ? asset : null;
}
