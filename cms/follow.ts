import { timingSafeEqual } from 'node:crypto';

import { z } from 'zod';

import { COLLECTIONS, type Part } from './rows.ts';

const noticeInput = z.object({ changes: z.array(z.object({ collection: z.string().max(100) })).max(1_000) });

/** The parts that a change notice names, or null when it has another shape. Collections that the site does not read count as none. */
export function noticedParts(body: unknown): ReadonlySet<Part> | null {
	const parsed = noticeInput.safeParse(body);
	if (!parsed.success) return null;
	return new Set(parsed.data.changes.flatMap(({ collection }) => partOf(collection) ?? []));
}

function partOf(collection: string): Part | null {
	if (collection === 'directus_files') return 'files';
	if (collection === 'directus_folders') return 'folders';
	if (collection === 'site') return 'site';
	return Object.hasOwn(COLLECTIONS, collection) ? (collection as Part) : null;
}

/** Compares two secrets in constant time. */
export function isSameSecret(given: string, wanted: string): boolean {
	const a = Buffer.from(given);
	const b = Buffer.from(wanted);
	return a.length === b.length && timingSafeEqual(a, b);
}
