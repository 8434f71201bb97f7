import { asc, eq } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import type { Keys } from '#kernel/keys.ts';

import type { LivingPerson } from '../identity/person.ts';
import { PROFILE_FIELDS, type Profile } from '../identity/profile.ts';
import { importBatch, personAttribute } from '../schema.ts';

/** What one row of a list says of a person. */
export interface RowWords {
	readonly fields: Profile;
	/** Further columns, by their headings. */
	readonly extra: Readonly<Record<string, string>>;
}

/** Words of a row with the time of its contact, which decides between lists. */
export interface DatedWords extends RowWords {
	/** Epoch milliseconds. */
	readonly at: number;
	readonly importId: string;
}

const CONTEXT = 'person_attribute.sealed';

export const sealWords = (keys: Keys, dataKey: string, words: RowWords): Buffer => keys.seal(dataKey, CONTEXT, JSON.stringify(words));
export const openWords = (keys: Keys, dataKey: string, sealed: Buffer): RowWords => JSON.parse(keys.unseal(dataKey, CONTEXT, sealed)) as RowWords;

/**
 * What lists say together: of the newest contact that says anything of a field; of several rows of one list the fuller value, by length and
 * then by code points. The order of the rows does not matter.
 */
export function foldWords(all: readonly DatedWords[]): Profile {
	const folded: Record<string, string> = {};
	for (const field of PROFILE_FIELDS) {
		let best: DatedWords | null = null;
		for (const words of all) if (words.fields[field] && (best === null || isBetter(words, best, field))) best = words;
		const value = best?.fields[field];
		if (value) folded[field] = value;
	}
	return folded;
}

function isBetter(one: DatedWords, other: DatedWords, field: keyof Profile): boolean {
	if (one.at !== other.at) return one.at > other.at;
	if (one.importId !== other.importId) return one.importId > other.importId;
	const [a, b] = [one.fields[field] ?? '', other.fields[field] ?? ''];
	return a.length === b.length ? a > b : a.length > b.length;
}

/** Everything lists say of a person, oldest first, with their names and dates. */
export async function importedOf(handle: Handle, keys: Keys, { id, dataKey }: LivingPerson) {
	const rows = await handle
		.select({ sealed: personAttribute.sealed, at: personAttribute.at, source: importBatch.name, channel: importBatch.channel })
		.from(personAttribute)
		.innerJoin(importBatch, eq(importBatch.id, personAttribute.importId))
		.where(eq(personAttribute.personId, id))
		.orderBy(asc(personAttribute.at), asc(personAttribute.importId), asc(personAttribute.row));
	return rows.map(({ sealed, at, source, channel }) => ({ source, channel, at, ...openWords(keys, dataKey, sealed) }));
}
