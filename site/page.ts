import type { AstroGlobal } from 'astro';

import { type Locale, LOCALES } from '#cms/content.ts';

import { type Catalogue, catalogueOf } from './catalogue.ts';

/** Tags of what every public page shows: its frame names the company and the product categories. */
const FRAME_TAGS = ['site', 'categories', 'terms'] as const;

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
	if (locals.visitor.isVerified) return;
	response.headers.set('cache-tag', [...new Set([...FRAME_TAGS, ...tags])].join(','));
	const snapshotUntil = locals.app.cms.snapshot().nextDueAt;
	const ends = [until, snapshotUntil].filter((date) => date !== null).map((date) => date.getTime());
	if (ends.length > 0) response.headers.set('cache-until', String(Math.min(...ends)));
}

/** The address of a picture in a width, immutable because its version changes with its bytes. */
export function mediaAddress(asset: { readonly id: string; readonly version: string }, width: number): string {
	return `/media/${asset.id}/${asset.version}/${width}.webp`;
}

/** The address of an open file under its own name. */
export function fileAddress(asset: { readonly id: string; readonly version: string; readonly filename: string }): string {
	return `/media/${asset.id}/${asset.version}/${encodeURIComponent(asset.filename)}`;
}

export type { Locale };
