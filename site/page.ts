import type { AstroGlobal } from 'astro';

import type { Addressed } from '#cms';
import { CONTENT_TYPES, type ContentType, inLocale, LOCALES } from '#cms/content.ts';

import { type Catalogue, catalogueOf } from './catalogue.ts';

/** Tags of what every public page shows: its frame names the company and the product categories, and may have a webinar's banner. */
const FRAME_TAGS = ['site', 'categories', 'terms', 'site-banner'] as const;

/** True when the `[...locale]` of a route is a language of the site. English has none. */
export function isLocale(param: string | undefined): boolean {
	return param === undefined || (param !== 'en' && (LOCALES as readonly string[]).includes(param));
}

/** What the page shows, in the reader's language. */
export function contentOf({ locals }: Pick<AstroGlobal, 'locals'>): Catalogue {
	return catalogueOf(locals.app.cms.snapshot(), locals.locale);
}

/**
 * Marks the answer as the same for everybody, so that the edge keeps it until one of `tags` changes or `until` passes.
 * Answers for a visitor with a pass are never marked.
 */
export function shareable({ locals, response }: Pick<AstroGlobal, 'locals' | 'response'>, tags: readonly string[], until: Date | null = null): void {
	if (locals.reader.isVerified) return;
	response.headers.set('cache-tag', [...new Set([...FRAME_TAGS, ...tags])].join(','));
	const snapshotUntil = locals.app.cms.snapshot().nextDueAt;
	const ends = [until, snapshotUntil, locals.app.webinars.promotion.banners.changesAt()]
		.filter((date) => date !== null)
		.map((date) => date.getTime());
	if (ends.length > 0) response.headers.set('cache-until', String(Math.min(...ends)));
}

/** What is known of an address whose item is not published in this language. */
export interface Missing {
	/** Where the item lives under its present name, or null. */
	readonly moved: string | null;
	/** Its title in the other language, when it is published there. */
	readonly otherLanguage: string | null;
}

/**
 * Looks for an item that has no page here: renamed, gone, or only in the other language. Sets the status: 410 for what was public
 * once, so that search engines forget it, else 404.
 */
export async function missing(
	astro: Pick<AstroGlobal, 'locals' | 'response'>,
	type: Addressed,
	slug: string,
	address: (slug: string) => string,
): Promise<Missing> {
	const { app, locale } = astro.locals;
	const otherLocale = locale === 'en' ? 'zh-CN' : 'en';
	astro.response.status = 404;
	const other = isContentType(type) ? catalogueOf(app.cms.snapshot(), otherLocale).find(type, slug) : null;
	if (other) return { moved: null, otherLanguage: inLocale(other.title, otherLocale) };
	const former = await app.cms.former(type, slug);
	if (former.status === 'gone') astro.response.status = 410;
	return { moved: former.status === 'moved' ? address(former.slug) : null, otherLanguage: null };
}

function isContentType(type: string): type is ContentType {
	return (CONTENT_TYPES as readonly string[]).includes(type);
}

/** The address of a picture in a width, immutable because its version changes with its bytes. */
export function mediaAddress(asset: { readonly id: string; readonly version: string }, width: number): string {
	return `/media/${asset.id}/${asset.version}/${width}.webp`;
}

/** The address of an open file under its own name. */
export function fileAddress(asset: { readonly id: string; readonly version: string; readonly filename: string }): string {
	return `/media/${asset.id}/${asset.version}/${encodeURIComponent(asset.filename)}`;
}
