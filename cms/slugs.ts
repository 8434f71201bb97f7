import { and, eq, sql } from 'drizzle-orm';

import { type Database, type Handle, prepared } from '#kernel/database.ts';
import { oldSlug } from '#kernel/schema.ts';

import type { Kept } from './kept.ts';
import { slugOfRow } from './read/context.ts';
import type { Rows } from './rows.ts';

/** Collections whose slugs are parts of public addresses. */
const ADDRESSED = ['white_papers', 'cases', 'articles', 'pages', 'products', 'webinars', 'categories'] as const;

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
			const itemId = String(row['id']);
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
