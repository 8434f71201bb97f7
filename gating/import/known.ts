import { and, asc, eq, inArray, isNotNull } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { person, personAttribute, personLookup } from '../schema.ts';
import type { PreparedGroup } from './prepare.ts';
import type { KnownPerson } from './reading.ts';

export type PersonRow = typeof person.$inferSelect & { readonly dataKey: string };

/** Who of a batch is known: keyed hash → their row. */
export type Known = ReadonlyMap<string, PersonRow>;

/** Finds the people of a batch: by mail address, else by phone whoever has had it longest. */
export async function findKnown(handle: Handle, groups: readonly Pick<PreparedGroup, 'kind' | 'hash'>[]): Promise<Known> {
	const known = new Map<string, PersonRow>();
	for (const kind of ['mail', 'phone'] as const) {
		const hashes = groups.filter((group) => group.kind === kind).map(({ hash }) => hash);
		if (hashes.length === 0) continue;
		const rows = await handle
			.select({ hash: personLookup.hash, person })
			.from(personLookup)
			.innerJoin(person, eq(person.id, personLookup.personId))
			.where(and(eq(personLookup.kind, kind), inArray(personLookup.hash, hashes), isNotNull(person.dataKey)))
			.orderBy(asc(person.createdAt), asc(person.id));
		for (const { hash, person: row } of rows) if (!known.has(hash)) known.set(hash, row as PersonRow);
	}
	return known;
}

/** Phones of the batch that somebody on record has who is not the group's own person. */
export async function takenPhones(handle: Handle, groups: readonly PreparedGroup[], known: Known): Promise<ReadonlySet<string>> {
	const hashes = groups.flatMap(({ phones }) => phones);
	if (hashes.length === 0) return new Set();
	const rows = await handle
		.select({ hash: personLookup.hash, personId: personLookup.personId })
		.from(personLookup)
		.where(and(eq(personLookup.kind, 'phone'), inArray(personLookup.hash, hashes)));
	const taken = new Set<string>();
	for (const { hash, phones } of groups) {
		const own = known.get(hash)?.id;
		if (rows.some((row) => phones.includes(row.hash) && row.personId !== own)) taken.add(hash);
	}
	return taken;
}

/** What a thread needs to put new words to known people. */
export async function knownWords(
	handle: Handle,
	groups: readonly PreparedGroup[],
	known: Known,
): Promise<readonly (KnownPerson & { readonly hash: string })[]> {
	const matched = groups.flatMap((group) => {
		const row = known.get(group.hash);
		return row ? [{ group, row }] : [];
	});
	if (matched.length === 0) return [];
	const rows = await handle
		.select()
		.from(personAttribute)
		.where(
			inArray(
				personAttribute.personId,
				matched.map(({ row }) => row.id),
			),
		);
	return matched.map(({ group, row }) => ({
		hash: group.hash,
		dataKey: row.dataKey,
		profile: row.profile,
		attributes: rows.filter(({ personId }) => personId === row.id).map(({ sealed, at, importId }) => ({ sealed, at: at.getTime(), importId })),
		words: group.rows.map(({ words }) => words),
	}));
}
