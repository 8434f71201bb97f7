import { asc, isNotNull, and, lt, sql } from 'drizzle-orm';

import { type Handle, rawRows } from '#kernel/database.ts';

import { person, tactic, touchpoint } from '../schema.ts';
import { inOrder, type Touches } from './touch.ts';

/** What contacts are grouped by. */
export const GROUPINGS = ['channel', 'campaign', 'tactic', 'content'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** The key of contacts that belong to no campaign, tactic or content. */
export const WITHOUT = '-';

/** The column that a contact's key is read from; a campaign's is found by the tactic. */
const COLUMN = { channel: touchpoint.channel, campaign: touchpoint.tacticId, tactic: touchpoint.tacticId, content: touchpoint.subject } as const;

/**
 * The contacts of `leads` before an instant, by lead. Read a person a row: a row of text costs a tenth of what a row a contact would. Contacts
 * of browsers that never proved whose they are belong to nobody.
 */
export async function readTouches(
	handle: Handle,
	{ grouping, until, leads }: { readonly grouping: Grouping; readonly until: number; readonly leads: ReadonlySet<string> },
): Promise<ReadonlyMap<string, Touches>> {
	const leadOf = await leadsOfPeople(handle, leads);
	const keyOf = await keysOf(handle, grouping);
	const { [grouping]: column } = COLUMN;
	const line = sql`cast(${touchpoint.at} as text) || ' ' || coalesce(${column}, '')`;
	const query = handle
		.select({ personId: touchpoint.personId, lines: sql<string>`string_agg(${line}, ${sql.raw(`'\n'`)})` })
		.from(touchpoint)
		.where(and(isNotNull(touchpoint.personId), lt(touchpoint.at, new Date(until))))
		.groupBy(touchpoint.personId)
		.orderBy(asc(touchpoint.personId));
	const found = new Map<string, { times: number[]; keys: string[] }>();
	for (const [personId, lines] of (await rawRows(handle, query)) as [string, string][]) {
		const leadId = leadOf.get(personId);
		if (leadId === undefined) continue;
		const own = found.get(leadId) ?? { times: [], keys: [] };
		found.set(leadId, own);
		unpack(lines, own, keyOf);
	}
	return new Map([...found].map(([leadId, { times, keys }]) => [leadId, inOrder(times, keys)]));
}

/** Whom the persons of `leads` count for. */
async function leadsOfPeople(handle: Handle, leads: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
	const rows = (await rawRows(handle, handle.select({ id: person.id, leadId: person.leadId }).from(person))) as [string, string][];
	const leadOf = new Map<string, string>();
	for (const [id, leadId] of rows) if (leads.has(leadId)) leadOf.set(id, leadId);
	return leadOf;
}

/** From what stands in the column to the key. Equal keys are one text in memory, however often they were read. */
async function keysOf(handle: Handle, grouping: Grouping): Promise<(value: string) => string> {
	const tactics = grouping === 'campaign' ? await handle.select({ id: tactic.id, campaignId: tactic.campaignId }).from(tactic) : [];
	const known = new Map(tactics.map(({ id, campaignId }) => [id, campaignId]));
	known.set('', WITHOUT);
	return (value) => {
		const key = known.get(value);
		if (key !== undefined) return key;
		// A tactic that is gone belongs to no campaign.
		const made = grouping === 'campaign' ? WITHOUT : value;
		known.set(value, made);
		return made;
	};
}

function unpack(lines: string, into: { readonly times: number[]; readonly keys: string[] }, keyOf: (value: string) => string): void {
	for (let at = 0; at < lines.length;) {
		const space = lines.indexOf(' ', at);
		let end = lines.indexOf('\n', space);
		if (end < 0) end = lines.length;
		into.times.push(Number(lines.slice(at, space)));
		into.keys.push(keyOf(lines.slice(space + 1, end)));
		at = end + 1;
	}
}
