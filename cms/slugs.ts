import { and, eq, sql } from 'drizzle-orm';

import { type Database, type Handle, prepared } from '#kernel/database.ts';
import { oldSlug } from '#kernel/schema.ts';

import type { Kept } from './kept.ts';
import { wordOf } from './read/cell.ts';
import { slugOfRow } from './read/context.ts';
import { instantOf, isDue } from './read/due.ts';
import type { Rows } from './rows.ts';

/** Collections whose slugs are parts of public addresses. */
const ADDRESSED = ['white_papers', 'cases', 'articles', 'pages', 'products', 'webinars', 'categories', 'offers', 'terms'] as const;
export type Addressed = (typeof ADDRESSED)[number];

/** What became of an address that shows nothing at present. */
export type Former =
	/** Its item has another slug today. */
	| { readonly status: 'moved'; readonly slug: string }
	/** Its item was public and is not any more. */
	| { readonly status: 'gone' }
	| { readonly status: 'unknown' };

export interface SlugChange {
	readonly collection: string;
	readonly slug: string;
	readonly itemId: string;
}

/** The slugs of `rows` laid over the known ones, and the ones that are old by it. Pure. */
export function followSlugs(known: Kept['slugs'], rows: Rows): { readonly slugs: Kept['slugs']; readonly changes: readonly SlugChange[] } {
	const changes: SlugChange[] = [];
	const slugs = { ...known };
	for (const collection of ADDRESSED) {
		for (const row of rows.collections[collection]) {
			const itemId = wordOf(row['id']);
			const before = slugs[`${collection}:${itemId}`];
			const after = slugOfRow(row);
			if (before !== undefined && before !== after) changes.push({ collection, slug: before, itemId });
			slugs[`${collection}:${itemId}`] = after;
		}
	}
	return { slugs, changes };
}

/** Records old slugs; the latest item that had a slug keeps it. */
export async function recordOldSlugs(db: Database, changes: readonly SlugChange[], changedAt: Date): Promise<void> {
	if (changes.length === 0) return;
	await db.write(async (tx) => {
		for (const change of changes) {
			await tx
				.insert(oldSlug)
				.values({ ...change, changedAt })
				.onConflictDoUpdate({ target: [oldSlug.collection, oldSlug.slug], set: { itemId: change.itemId, changedAt } });
		}
	});
}

const bySlug = prepared((handle: Handle) =>
	handle
		.select({ itemId: oldSlug.itemId })
		.from(oldSlug)
		.where(and(eq(oldSlug.collection, sql.placeholder('collection')), eq(oldSlug.slug, sql.placeholder('slug'))))
		.prepare('cms.old-slug'),
);

/** The id of the item that last had `slug` and has another one today, or null. */
export async function itemOfOldSlug(db: Database, collection: string, slug: string): Promise<string | null> {
	const [found] = await bySlug(db.read).execute({ collection, slug });
	return found?.itemId ?? null;
}

/** What to say of an address whose item is not shown: `itemId` had it last, and is in `rows` if it is published. Pure. */
export function formerOf(rows: Rows, collection: Addressed, itemId: string | null, slug: string, now: Date): Former {
	if (itemId === null) return { status: 'unknown' };
	const row = rows.collections[collection].find((one) => one['id'] === itemId);
	const end = instantOf(row?.['unpublish_at']);
	if (!row || (end !== null && end <= now)) return { status: 'gone' };
	const present = slugOfRow(row);
	return isDue(row, now) && present !== slug ? { status: 'moved', slug: present } : { status: 'unknown' };
}

/** The id of the item that has or had `slug` when it was last published, or null. */
export function itemOfSlug(slugs: Kept['slugs'], collection: Addressed, slug: string): string | null {
	const prefix = `${collection}:`;
	const found = Object.keys(slugs).find((key) => slugs[key] === slug && key.startsWith(prefix));
	return found?.slice(prefix.length) ?? null;
}
