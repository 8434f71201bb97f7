import { and, eq, inArray, ne } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import { newId, type Random } from '#kernel/id.ts';
import type { Keys } from '#kernel/keys.ts';

import { cleaningAllow, cleaningHit, personLookup } from '../schema.ts';
import { clean, type CleaningHit, type CleaningInput, type Findings, hitKey, valueOf } from './rules.ts';

/** Applies the rules, but for what staff released before. */
export async function cleanKnowing(handle: Handle, keys: Keys, input: CleaningInput): Promise<Findings> {
	const findings = clean(input);
	if (findings.hits.length === 0) return findings;
	const hashes = new Map(findings.hits.map((hit) => [allowHash(keys, hit.rule, valueOf(input, hit.field)), hitKey(hit)]));
	const released = await handle
		.select({ hash: cleaningAllow.hash })
		.from(cleaningAllow)
		.where(inArray(cleaningAllow.hash, [...hashes.keys()]));
	if (released.length === 0) return findings;
	return clean(input, new Set(released.map(({ hash }) => hashes.get(hash) ?? '')));
}

/** The form in which a released value is kept. */
export function allowHash(keys: Keys, rule: string, value: string): string {
	return keys.blindIndex('cleaning-allow', `${rule}\n${value.normalize('NFKC').trim().toLowerCase()}`);
}

/** Keeps which rules fired on which fields of a person. */
export async function keepHits(
	tx: Handle,
	{ personId, origin, hits }: { readonly personId: string; readonly origin: string; readonly hits: readonly CleaningHit[] },
	at: Date,
	random: Random,
): Promise<void> {
	if (hits.length === 0) return;
	await tx
		.insert(cleaningHit)
		.values(hits.map((hit) => ({ id: newId(at, random), personId, origin, ...hit, at, releasedAt: null, releasedBy: null })));
}

/** Whether somebody else has this number, given as the keyed hash of its E.164 form. */
export async function isPhoneTaken(handle: Handle, hash: string, personId: string): Promise<boolean> {
	const [other] = await handle
		.select({ personId: personLookup.personId })
		.from(personLookup)
		.where(and(eq(personLookup.kind, 'phone'), eq(personLookup.hash, hash), ne(personLookup.personId, personId)))
		.limit(1);
	return other !== undefined;
}
