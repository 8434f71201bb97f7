import { and, eq, inArray, ne, notExists } from 'drizzle-orm';

import type { Snapshot } from '#cms/content.ts';
import { DAY_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';

import { importBatch, segment, tag, tagMark } from '../schema.ts';
import { tagCatalogue } from '../tag/catalogue.ts';
import { blockInsert } from './blocks.ts';
import type { BatchRow } from './create-imports.ts';
import { tagFinder } from './tag-words.ts';

/** What marks and tags of an import name as where they come from. */
export const sourceOf = (importId: string): string => `import:${importId}`;

// A prepared statement takes no null for a moment.
const insertMarks = blockInsert('import.mark', tagMark, ['id', 'tag', 'personId', 'source', 'at']);
const insertEnding = blockInsert('import.ending-mark', tagMark, ['id', 'tag', 'personId', 'source', 'at', 'expiresAt']);

/** Puts the tags of a batch on its people, each once, and makes those that the catalogue has not. */
export async function markPeople(
	tx: Handle,
	content: Snapshot,
	{ id, contactedAt, startedAt, tagDays }: BatchRow,
	people: readonly { readonly personId: string; readonly words: readonly string[] }[],
	nextId: () => string,
): Promise<void> {
	const tagged = people.filter(({ words }) => words.length > 0);
	if (tagged.length === 0) return;
	const find = tagFinder(await tagCatalogue(tx, content));
	const source = sourceOf(id);
	const held = await tx
		.select({ personId: tagMark.personId, tag: tagMark.tag })
		.from(tagMark)
		.where(
			and(
				eq(tagMark.source, source),
				inArray(
					tagMark.personId,
					tagged.map(({ personId }) => personId),
				),
			),
		);
	const has = new Set(held.map((mark) => `${mark.personId} ${mark.tag}`));
	const fresh = new Map<string, string>();
	const marks: (typeof tagMark.$inferInsert)[] = [];
	for (const { personId, words } of tagged) {
		for (const word of words) {
			const { status, code, expiryDays } = find(word);
			if (status === 'ruled' || status === 'archived' || has.has(`${personId} ${code}`)) continue;
			has.add(`${personId} ${code}`);
			if (status === 'new' && !fresh.has(code)) fresh.set(code, word);
			const days = tagDays || expiryDays;
			const expiresAt = days === 0 ? null : new Date(contactedAt.getTime() + days * DAY_MS);
			marks.push({ id: nextId(), tag: code, personId, source, at: contactedAt, expiresAt });
		}
	}
	for (const [code, word] of fresh)
		await tx
			.insert(tag)
			.values({
				...{ code, group: 'imported', nameEn: word, nameZh: word, rule: null, expiryDays: 0, origin: source },
				...{ createdAt: startedAt ?? contactedAt, archivedAt: null },
			})
			.onConflictDoNothing();
	await insertMarks(
		tx,
		marks.filter(({ expiresAt }) => expiresAt === null),
	);
	await insertEnding(
		tx,
		marks.filter(({ expiresAt }) => expiresAt !== null),
	);
}

/** Takes an import's tags off people as if they had never been on. */
export async function unmarkPeople(tx: Handle, importId: string, personIds: readonly string[]): Promise<void> {
	await tx.delete(tagMark).where(and(eq(tagMark.source, sourceOf(importId)), inArray(tagMark.personId, [...personIds])));
}

/** Tags that only imports which are undone have made go, unless somebody carries or has carried them, or a segment asks for them. */
export async function forgetTags(tx: Handle, importId: string): Promise<void> {
	const source = sourceOf(importId);
	await tx.delete(tagMark).where(eq(tagMark.source, source));
	const marked = tx.select({ id: tagMark.id }).from(tagMark).where(eq(tagMark.tag, tag.code));
	const unused = await tx
		.select({ code: tag.code, origin: tag.origin })
		.from(tag)
		.where(and(ne(tag.origin, ''), notExists(marked)));
	if (unused.length === 0) return;
	const undone = await tx
		.select({ id: importBatch.id })
		.from(importBatch)
		.where(
			and(
				eq(importBatch.state, 'undone'),
				inArray(
					importBatch.id,
					unused.map(({ origin }) => origin.slice('import:'.length)),
				),
			),
		);
	const gone = new Set([source, ...undone.map(({ id }) => sourceOf(id))]);
	const segments = await tx.select({ conditions: segment.conditions }).from(segment);
	const asked = new Set(
		segments.flatMap(({ conditions }) =>
			conditions.groups.flatMap((group) => group.conditions.flatMap(({ field, values }) => (field === 'tag' ? values : []))),
		),
	);
	for (const { code, origin } of unused) if (gone.has(origin) && !asked.has(code)) await tx.delete(tag).where(eq(tag.code, code));
}
