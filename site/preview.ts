import type { AstroGlobal } from 'astro';

import type { EditorialState, Preview } from '#cms';
import type { Asset, ContentItem, ContentProblem, ContentType, Locale } from '#cms/content.ts';
import { addresses } from '#kernel/texts/addresses.ts';

import { fileAddress } from './page.ts';

/** Path segments of previews, by type; the links of Directus are made of them. */
const TYPES: Readonly<Record<string, ContentType>> = {
	'white-papers': 'white_papers',
	cases: 'cases',
	articles: 'articles',
	products: 'products',
	webinars: 'webinars',
	pages: 'pages',
};

/** What Directus puts into an address where an item has no value yet. */
const EMPTY = new Set(['', '+', '-', '--', 'null', 'undefined']);

/** What the bar above a previewed page says. */
export interface PreviewFrame {
	readonly state: EditorialState;
	readonly problems: readonly ContentProblem[];
	/** This preview in each language. */
	readonly languages: Readonly<Record<Locale, string>>;
	/** The same page with everything open, or as a stranger sees it; null where there is no difference. */
	readonly otherView: { readonly href: string; readonly isOpen: boolean } | null;
	readonly files: readonly { readonly name: string; readonly href: string }[];
	/** The item in Directus. */
	readonly studio: string;
	/** Its public page, when there is one. */
	readonly live: string | null;
}

export type PreviewAddress =
	| { readonly status: 'named'; readonly type: ContentType; readonly id: string; readonly previewKey: string }
	| { readonly status: 'unsaved' | 'unknown' };

/** Reads what follows `/preview/`: `{type}/{id}/{preview_key}`. Directus leaves gaps for an item that was never saved. */
export function readAddress(rest: string | undefined): PreviewAddress {
	const [folder = '', id = '', previewKey = '', ...more] = (rest ?? '').split('/');
	const type = Object.hasOwn(TYPES, folder) ? TYPES[folder] : undefined;
	if (type === undefined || more.some((part) => part !== '')) return { status: 'unknown' };
	if (EMPTY.has(id) || EMPTY.has(previewKey)) return { status: 'unsaved' };
	return { status: 'named', type, id, previewKey };
}

/** Everything open is what editors look at most; papers also have a view with the gate. */
export function isOpenView(url: URL): boolean {
	return url.searchParams.get('as') !== 'stranger';
}

export function frameOf(
	{ url, locals: { app, locale } }: Pick<AstroGlobal, 'url' | 'locals'>,
	{ type, id }: { readonly type: ContentType; readonly id: string },
	{ state, problems, shown }: Preview,
): PreviewFrame {
	const bare = url.pathname.replace(/^\/zh-CN(?=\/)/, '');
	const isOpen = isOpenView(url);
	const other = new URLSearchParams(url.search);
	if (isOpen) other.set('as', 'stranger');
	else other.delete('as');
	const query = other.toString();
	return {
		state,
		problems,
		languages: { en: bare + url.search, 'zh-CN': `/zh-CN${bare}${url.search}` },
		otherView: type === 'white_papers' ? { href: url.pathname + (query === '' ? '' : `?${query}`), isOpen } : null,
		files: shown ? filesOf(shown.item).map((file) => ({ name: file.filename, href: fileAddress(file) })) : [],
		studio: `${app.config.cms.publicUrl}/admin/content/${type}/${id}`,
		live: state.isLive && shown ? addresses(locale).item(shown.item) : null,
	};
}

/** Originals that only some may have: shown to the editor by links of their own. */
function filesOf(item: ContentItem): readonly Asset[] {
	const files =
		item.type === 'white_papers'
			? [item.pdf.en, item.pdf['zh-CN']]
			: item.type === 'webinars'
				? [item.video, item.captions.en, item.captions['zh-CN']]
				: item.type === 'products'
					? item.documents.map(({ file }) => file)
					: [];
	return files.filter((file) => file !== null);
}

/** A page of which nothing can be sent: forms cannot be reached, and no script is there. The policy of previews forbids both once more. */
export function inertHtml(html: string): string {
	return html.replaceAll(/<script type="module"[^<>]*><\/script>/g, '').replaceAll(/<form(?=[\s>])/gi, '<form inert');
}
