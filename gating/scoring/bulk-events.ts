import { and, asc, count, eq, gte, inArray, lte } from 'drizzle-orm';

import { type Handle, rawRows } from '#kernel/database.ts';

import { hasOlderShapes, type StoredEvent, upgrade } from '../event/catalog.ts';
import { event } from '../schema.ts';
import type { Everybody } from './bulk-people.ts';
import { type Calendar, type ContentMap, hasProps, isAbout } from './engagement.ts';
import { cut, type ScoredEvent } from './history.ts';
import type { EngagementRule } from './model.ts';
import { createTally, LEADS_A_TALLY, type Tally } from './tally.ts';

/** Days of one type of event that are read at once. */
export interface Stretch {
	readonly type: string;
	readonly from: string;
	readonly to: string;
	readonly events: number;
}

/** What `rules` may count, in stretches of about `size` events; a day is never cut. */
export async function stretchesOf(read: Handle, rules: readonly EngagementRule[], size: number): Promise<Stretch[]> {
	const types = [...new Set(rules.map((rule) => rule.event))];
	if (types.length === 0) return [];
	const { type, localDay } = event;
	const days = await read
		.select({ type, day: localDay, events: count() })
		.from(event)
		.where(inArray(type, types))
		.groupBy(type, localDay)
		.orderBy(asc(type), asc(localDay));
	const stretches: Stretch[] = [];
	for (const one of days) {
		const last = stretches.at(-1);
		if (last?.type === one.type && last.events + one.events <= size)
			stretches.splice(-1, 1, { ...last, to: one.day, events: last.events + one.events });
		else stretches.push({ type: one.type, from: one.day, to: one.day, events: one.events });
	}
	return stretches;
}

/** What of an event the rules of its type ask for: the less, the quicker it is read. */
interface TypeRules {
	/** Places of the rules. */
	readonly own: readonly number[];
	/** Subject and time, which the index has, are not enough. */
	readonly asksProps: boolean;
	/** All events of the type: those of one person say together what counts. */
	readonly isAttention: boolean;
}

function rulesOfType(rules: readonly EngagementRule[], type: string): TypeRules {
	const own = rules.flatMap((rule, index) => (rule.event === type ? [index] : []));
	const isAttention = type === 'content.attention';
	const asksProps = isAttention || hasOlderShapes(type) || own.some((index) => rules[index]!.path !== null || rules[index]!.atLeast !== null);
	return { own, asksProps, isAttention };
}

export interface CountOptions {
	readonly rules: readonly EngagementRule[];
	readonly content: ContentMap;
	readonly calendar: Calendar;
	/** Nothing later counts. */
	readonly at: Date;
}

/** Counts events for everybody, a stretch at a time, in any order of stretches. */
export function createCounter(read: Handle, { leadOf, leads }: Everybody, { rules, content, calendar, at }: CountOptions) {
	const tallies: Tally[] = Array.from({ length: Math.ceil(leads.length / LEADS_A_TALLY) }, () => createTally(rules.length));
	const attention = new Map<number, ScoredEvent[]>();
	const age = agesOf(calendar);
	const propsOf = readingOnce();
	const add = (place: number, rule: number, days: number) => tallies[Math.floor(place / LEADS_A_TALLY)]!.add(place % LEADS_A_TALLY, rule, days);

	const addPlain = async (stretch: Stretch, own: readonly number[]): Promise<void> => {
		const about = subjectsOf(rules, own, content);
		const { personId, subject } = event;
		for (const row of await rawRows(read, read.select({ personId, subject, at: event.at }).from(event).where(within(stretch, at)))) {
			const place = leadOf.get(row[0] as string);
			if (place === undefined) continue;
			const applying = about(row[1] as string);
			if (applying.length === 0) continue;
			const days = age(Number(row[2]));
			for (const rule of applying) add(place, rule, days);
		}
	};
	const addAsking = async (stretch: Stretch, own: readonly number[]): Promise<void> => {
		const { type } = stretch;
		const about = subjectsOf(rules, own, content);
		const inText = rules.map(({ path }) => (path === null || hasOlderShapes(type) ? '' : JSON.stringify(path).slice(1, -1)));
		const { personId, subject, version, props } = event;
		const query = read.select({ personId, subject, at: event.at, version, props }).from(event).where(within(stretch, at));
		for (const row of await rawRows(read, query)) {
			const place = leadOf.get(row[0] as string);
			if (place === undefined) continue;
			const text = row[4] as string;
			let given: StoredEvent['props'] | null = null;
			for (const rule of about(row[1] as string)) {
				const { path, atLeast } = rules[rule]!;
				if (path !== null || atLeast !== null) {
					// Most pages are not the one that a rule asks for: their values need no reading.
					if (!text.includes(inText[rule]!)) continue;
					given ??= upgrade({ type, version: Number(row[3]), props: propsOf(text) }).props;
					if (!hasProps(rules[rule]!, given)) continue;
				}
				add(place, rule, age(Number(row[2])));
			}
		}
	};
	const collectAttention = async (stretch: Stretch): Promise<void> => {
		const { id, version, personId, subject, props } = event;
		const query = read.select({ id, personId, subject, at: event.at, version, props }).from(event).where(within(stretch, at));
		for (const row of (await rawRows(read, query)) as [string, string, string, unknown, unknown, string][]) {
			const place = leadOf.get(row[1]);
			if (place === undefined) continue;
			const stored = { type: stretch.type, version: Number(row[4]), props: propsOf(row[5]) };
			const happened = upgrade<ScoredEvent>({ ...stored, id: row[0], personId: row[1], subject: row[2], at: new Date(Number(row[3])) });
			const own = attention.get(place);
			if (own) own.push(happened);
			else attention.set(place, [happened]);
		}
	};
	/** Once all of a lead's attention was read: what overlaps counts once. */
	const addAttention = (from: number, to: number): void => {
		const about = subjectsOf(rules, rulesOfType(rules, 'content.attention').own, content);
		for (let place = from; place < to; place++) {
			for (const { subject, props, at: when } of cut(attention.get(place) ?? []))
				for (const rule of about(subject)) if (hasProps(rules[rule]!, props)) add(place, rule, age(when.getTime()));
			attention.delete(place);
		}
	};

	return {
		/** Reads and counts a stretch. */
		count: async (stretch: Stretch): Promise<void> => {
			const { own, asksProps, isAttention } = rulesOfType(rules, stretch.type);
			if (isAttention) await collectAttention(stretch);
			else if (asksProps) await addAsking(stretch, own);
			else await addPlain(stretch, own);
		},
		/** What was counted for the leads from `from` on, {@link LEADS_A_TALLY} of them. After all stretches. */
		tallyFrom: (from: number): Tally => {
			addAttention(from, Math.min(from + LEADS_A_TALLY, leads.length));
			return tallies[from / LEADS_A_TALLY]!;
		},
	};
}

const within = ({ type, from, to }: Stretch, at: Date) =>
	and(eq(event.type, type), gte(event.localDay, from), lte(event.localDay, to), lte(event.at, at));

/** The rules of `own` that are about a subject; each subject is asked for once. */
function subjectsOf(rules: readonly EngagementRule[], own: readonly number[], content: ContentMap): (subject: string) => readonly number[] {
	const known = new Map<string, readonly number[]>();
	return (subject) => {
		let found = known.get(subject);
		if (!found) known.set(subject, (found = own.filter((rule) => isAbout(rules[rule]!, subject, content))));
		return found;
	};
}

const MOST_TEXTS = 20_000;

/** Reads stored values; of texts that come again and again, each is read and kept once. */
function readingOnce(): (text: string) => StoredEvent['props'] {
	const known = new Map<string, StoredEvent['props']>();
	return (text) => {
		let props = known.get(text);
		if (!props) {
			if (known.size >= MOST_TEXTS) known.clear();
			known.set(text, (props = JSON.parse(text) as StoredEvent['props']));
		}
		return props;
	};
}

const QUARTER_MS = 900_000;

/** Whole days of the company since an instant; zones differ by whole quarters of an hour. */
function agesOf({ ageOf }: Calendar): (at: number) => number {
	const known = new Map<number, number>();
	return (at) => {
		const quarter = Math.floor(at / QUARTER_MS);
		let days = known.get(quarter);
		if (days === undefined) known.set(quarter, (days = ageOf(new Date(at))));
		return days;
	};
}
