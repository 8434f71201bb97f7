import { asc } from 'drizzle-orm';

import type { ImportSettings } from '#gating';
import type { Database } from '#kernel/database.ts';
import type { Keys } from '#kernel/keys.ts';

import { isLiving, openProfile } from '../../gating/identity/person.ts';
import * as schema from '../../gating/schema.ts';

export const HEAD = ['Name', 'E-mail', 'Phone', 'Company', 'Hall'] as const;

/** A list of a fair; each cell is quoted. */
export function csvOf(rows: readonly (readonly string[])[], head: readonly string[] = HEAD): Buffer {
	return Buffer.from([head, ...rows].map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n'));
}

export const settings = (over: Partial<ImportSettings> = {}): ImportSettings => ({
	name: 'Hannover 2026',
	reach: 'people',
	tagDays: 0,
	channel: 'fair',
	sourceId: null,
	locale: 'en',
	country: 'CN',
	contactedAt: new Date('2026-02-10T09:00:00Z'),
	basis: { kind: 'request', purposes: [], statement: '' },
	encoding: 'utf-8',
	mapping: ['name', 'email', 'phone', 'company', 'attribute'],
	...over,
});

/** Everybody on record as sales sees them, without ids, sorted. */
export async function peopleOf(db: Database, keys: Keys): Promise<readonly string[]> {
	const rows = await db.read.select().from(schema.person);
	const leads = new Map((await db.read.select().from(schema.lead)).map((row) => [row.id, row]));
	return rows
		.filter(isLiving)
		.map((row) => {
			const lead = leads.get(row.leadId);
			return JSON.stringify([
				Object.entries(openProfile(keys, row)).sort(),
				lead?.company,
				lead?.mailDomain,
				lead?.workingState,
				row.verifiedAt !== null,
			]);
		})
		.sort();
}

/** Every row that an import may touch, as text, for before and after. Sealed bytes differ each time, so people are opened. */
export async function stateOf(db: Database, keys: Keys): Promise<Readonly<Record<string, unknown>>> {
	const { personLookup, lead, tag, tagMark, consent, consentText, touchpoint, personAttribute, cleaningHit } = schema;
	return {
		people: await peopleOf(db, keys),
		lookups: (await db.read.select().from(personLookup)).map((row) => `${row.kind} ${row.hash} ${row.personId}`).sort(),
		leads: (await db.read.select().from(lead).orderBy(asc(lead.id))).map((row) => ({ ...row, scoredDay: '' })),
		consents: await db.read.select().from(consent).orderBy(asc(consent.id)),
		texts: await db.read.select().from(consentText).orderBy(asc(consentText.hash)),
		touches: await db.read.select().from(touchpoint).orderBy(asc(touchpoint.id)),
		attributes: await db.read.$count(personAttribute),
		tags: await db.read.select().from(tag).orderBy(asc(tag.code)),
		marks: await db.read.select().from(tagMark).orderBy(asc(tagMark.id)),
		hits: await db.read.$count(cleaningHit),
	};
}
