import { and, eq, gte, inArray, isNotNull, type SQL } from 'drizzle-orm';

import { localDay } from '#kernel/clock.ts';
import { beginsWith, type Handle } from '#kernel/database.ts';

import { event, experimentExposure, grant, lead, move, person, visitor } from '../schema.ts';
import { type Metric, METRICS } from './metric.ts';

/** A browser that drew a variant, and what became of it. */
export interface Unit {
	readonly visitorId: string;
	readonly personId: string | null;
	readonly variant: string;
	/** Milliseconds. */
	readonly at: number;
	readonly day: string;
	/** When it, or its person in any browser, first did what counts, after seeing the variant. */
	readonly converted: Readonly<Partial<Record<Metric, number>>>;
}

export interface UnitsParams {
	readonly experimentId: string;
	readonly version: number;
	readonly metrics: readonly Metric[];
	/** The slot that the numbers are of, or the experiment's place: clicks are then those of its pieces. */
	readonly slot?: string;
}

/**
 * Everybody who drew a variant. A browser that got its person's variant from another browser is no draw and not counted; what a person did
 * counts once, for the browser of theirs that saw the experiment first, so that signing up changes no number of visitors. For a thread.
 */
export async function readUnits(read: Handle, { experimentId, version, metrics, slot }: UnitsParams): Promise<readonly Unit[]> {
	const own = and(eq(experimentExposure.experimentId, experimentId), eq(experimentExposure.version, version)) as SQL;
	const rows = await read
		.select({
			visitorId: experimentExposure.visitorId,
			personId: visitor.personId,
			variant: experimentExposure.variant,
			at: experimentExposure.at,
			day: experimentExposure.localDay,
		})
		.from(experimentExposure)
		.leftJoin(visitor, eq(visitor.id, experimentExposure.visitorId))
		.where(and(own, eq(experimentExposure.isCarried, false)))
		.orderBy(experimentExposure.at, experimentExposure.visitorId);
	const first = new Map<string, string>();
	for (const { visitorId, personId } of rows) if (personId !== null && !first.has(personId)) first.set(personId, visitorId);
	const when = new Map<string, Partial<Record<Metric, number>>>();
	for (const metric of metrics) {
		for (const { visitorId, personId, at } of await conversions(read, own, metric, slot)) {
			const credited = personId === null ? visitorId : (first.get(personId) ?? visitorId);
			const known = when.get(credited) ?? {};
			known[metric] = Math.min(known[metric] ?? Infinity, at.getTime());
			when.set(credited, known);
		}
	}
	return rows.map(({ at, ...row }) => ({ ...row, at: at.getTime(), converted: when.get(row.visitorId) ?? {} }));
}

interface Conversion {
	readonly visitorId: string;
	readonly personId: string | null;
	readonly at: Date;
}

/** What browsers and persons of the experiment did after they saw it first. */
async function conversions(read: Handle, own: SQL, metric: Metric, slot: string | undefined): Promise<readonly Conversion[]> {
	const what = METRICS[metric === 'click' && slot !== undefined ? 'slot' : metric];
	const picked = { visitorId: experimentExposure.visitorId, personId: visitor.personId };
	switch (what.from) {
		case 'event': {
			const kind = and(eq(event.type, what.type), what.subject === '' ? undefined : beginsWith(event.subject, what.subject));
			const byBrowser = await read
				.select({ ...picked, at: event.at, props: event.props })
				.from(experimentExposure)
				.innerJoin(event, and(eq(event.visitorId, experimentExposure.visitorId), gte(event.at, experimentExposure.at)))
				.leftJoin(visitor, eq(visitor.id, experimentExposure.visitorId))
				.where(and(own, kind));
			const byPerson = await read
				.select({ ...picked, at: event.at, props: event.props })
				.from(experimentExposure)
				.innerJoin(visitor, and(eq(visitor.id, experimentExposure.visitorId), isNotNull(visitor.personId)))
				.innerJoin(event, and(eq(event.personId, visitor.personId), gte(event.at, experimentExposure.at)))
				.where(and(own, kind));
			return [...byBrowser, ...byPerson].filter(({ props }) => what.type !== METRICS.slot.type || props['slot'] === slot);
		}
		case 'grant': {
			const rows = await read
				.select({ ...picked, at: grant.confirmedAt })
				.from(experimentExposure)
				.innerJoin(visitor, eq(visitor.id, experimentExposure.visitorId))
				.innerJoin(grant, and(eq(grant.personId, visitor.personId), gte(grant.confirmedAt, experimentExposure.at)))
				.where(and(own, beginsWith(grant.subject, what.subject)));
			return rows.flatMap(({ at, ...row }) => (at === null ? [] : [{ ...row, at }]));
		}
		case 'visitor': {
			const rows = await read
				.select({ ...picked, at: visitor.joinedAt })
				.from(experimentExposure)
				.innerJoin(visitor, and(eq(visitor.id, experimentExposure.visitorId), gte(visitor.joinedAt, experimentExposure.at)))
				.where(own);
			return rows.flatMap(({ at, ...row }) => (at === null ? [] : [{ ...row, at }]));
		}
		case 'stage':
			return read
				.select({ ...picked, at: move.at })
				.from(experimentExposure)
				.innerJoin(visitor, eq(visitor.id, experimentExposure.visitorId))
				.innerJoin(person, eq(person.id, visitor.personId))
				.innerJoin(move, and(eq(move.leadId, person.leadId), gte(move.at, experimentExposure.at)))
				.where(and(own, eq(move.to, what.stage)));
	}
}

/** Counts at the end of a day. */
export interface DayCounts {
	readonly day: string;
	/** By variant, since the start. */
	readonly shown: Readonly<Record<string, number>>;
	readonly converted: Readonly<Record<string, Readonly<Partial<Record<Metric, number>>>>>;
}

export interface CountsParams extends UnitsParams {
	readonly timeZone: string;
}

/** Counts since the start at the end of each day on which something happened, in order. For a thread. */
export async function readCounts(read: Handle, params: CountsParams): Promise<readonly DayCounts[]> {
	return countsOf(await readUnits(read, params), params.metrics, params.timeZone);
}

export function countsOf(units: readonly Unit[], metrics: readonly Metric[], timeZone: string): readonly DayCounts[] {
	const daily = new Map<string, { shown: Map<string, number>; converted: Map<string, number> }>();
	const on = (day: string) => daily.get(day) ?? daily.set(day, { shown: new Map(), converted: new Map() }).get(day)!;
	const raise = (map: Map<string, number>, key: string) => void map.set(key, (map.get(key) ?? 0) + 1);
	for (const { variant, day, converted } of units) {
		raise(on(day).shown, variant);
		for (const metric of metrics) {
			const at = converted[metric];
			if (at !== undefined) raise(on(localDay(new Date(at), timeZone)).converted, `${variant} ${metric}`);
		}
	}
	const shown: Record<string, number> = {};
	const done: Record<string, Partial<Record<Metric, number>>> = {};
	return [...daily.keys()].sort().map((day) => {
		const { shown: more, converted } = on(day);
		for (const [variant, count] of more) shown[variant] = (shown[variant] ?? 0) + count;
		for (const [key, count] of converted) {
			const [variant = '', metric = ''] = key.split(' ');
			const known = (done[variant] ??= {});
			known[metric as Metric] = (known[metric as Metric] ?? 0) + count;
		}
		return { day, shown: { ...shown }, converted: structuredClone(done) };
	});
}

/** Leads of persons, to link what a number counts to their pages. */
export async function leadsOfPersons(read: Handle, personIds: readonly string[]) {
	if (personIds.length === 0) return [];
	return read
		.select({ personId: person.id, leadId: lead.id, company: lead.company })
		.from(person)
		.innerJoin(lead, eq(lead.id, person.leadId))
		.where(and(inArray(person.id, [...personIds]), isNotNull(person.dataKey)));
}
