import { and, eq, gte, inArray, lte, sum } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { lead, person } from '../schema.ts';
import { type MeasuredSearch, measuredSearches, type SearchScope } from './measured.ts';
import { UNKEPT } from './note.ts';
import { searchDay, searchWords } from './schema.ts';

/** One query of a period. */
export interface SearchLine {
	readonly id: string;
	readonly locale: string;
	readonly words: string;
	readonly asked: number;
	/** Times nothing was found. */
	readonly unanswered: number;
	/** Searches of browsers that agreed to be measured; one a browser and day. */
	readonly measured: number;
	/** Of these, how many opened a result. */
	readonly opened: number;
	/** Mean place of the results that were opened; null without one. */
	readonly position: number | null;
}

export interface SearchReport {
	/** All of the period whose words may be shown, the most asked first. */
	readonly lines: readonly SearchLine[];
	/** Everything of the period, shown or not. */
	readonly total: Omit<SearchLine, 'id' | 'locale' | 'words'>;
	/** Queries that too few people asked to be shown, and what looks personal. */
	readonly hidden: { readonly queries: number; readonly asked: number; readonly personal: number };
}

type Counts = { asked: number; unanswered: number; measured: number; opened: number; clicks: number; places: number };
const nothing = (): Counts => ({ asked: 0, unanswered: 0, measured: 0, opened: 0, clicks: 0, places: 0 });

/** Reads the report of a period; for a thread. Of a segment, only searches of its leads count. */
export async function readSearches(read: Handle, scope: SearchScope): Promise<SearchReport> {
	const counts = new Map<string, Counts>();
	const of = (id: string): Counts => counts.get(id) ?? counts.set(id, nothing()).get(id)!;
	if (scope.segment === null) for (const { id, asked, unanswered } of await countedDays(read, scope)) Object.assign(of(id), { asked, unanswered });
	for (const search of await measuredSearches(read, scope)) take(of(search.wordsId), search, scope.segment !== null);
	const words = await shownWords(read);
	const total = nothing();
	const hidden = { queries: 0, asked: 0, personal: 0 };
	const lines: SearchLine[] = [];
	for (const [id, one] of counts) {
		for (const name of Object.keys(one) as (keyof Counts)[]) total[name] += one[name];
		const shown = words.get(id);
		if (shown !== undefined) lines.push({ id, locale: localeOf(id), words: shown, ...figures(one) });
		else if (id.endsWith(`:${UNKEPT}`)) hidden.personal += one.asked;
		else if (one.asked > 0) {
			hidden.queries++;
			hidden.asked += one.asked;
		}
	}
	return { lines: lines.sort((a, b) => b.asked - a.asked || (a.words < b.words ? -1 : 1)), total: figures(total), hidden };
}

/** One query in a period. */
export interface SearchDetail extends SearchLine {
	/** Latest first. */
	readonly days: readonly { readonly day: string; readonly asked: number; readonly unanswered: number }[];
	/** What was opened, the most first. */
	readonly opens: readonly { readonly subject: string; readonly count: number; readonly position: number }[];
	/** Known people who asked, latest first, at most {@link MOST_PEOPLE} leads. */
	readonly people: readonly { readonly leadId: string; readonly at: Date; readonly results: number; readonly opened: number }[];
}

const MOST_PEOPLE = 100;

/** Reads one query, or null when its words are not shown; for a thread. */
export async function readSearch(read: Handle, { id, scope }: { readonly id: string; readonly scope: SearchScope }): Promise<SearchDetail | null> {
	const [kept] = await read.select({ words: searchWords.words }).from(searchWords).where(eq(searchWords.id, id));
	if (!kept?.words) return null;
	const { day, asked, unanswered } = searchDay;
	const counted = await read
		.select({ day, asked, unanswered })
		.from(searchDay)
		.where(and(eq(searchDay.wordsId, id), gte(day, scope.from), lte(day, scope.to)));
	const searches = (await measuredSearches(read, scope)).filter(({ wordsId }) => wordsId === id);
	const all = nothing();
	if (scope.segment === null) {
		for (const one of counted) {
			all.asked += one.asked;
			all.unanswered += one.unanswered;
		}
	}
	for (const search of searches) take(all, search, scope.segment !== null);
	return {
		...{ id, locale: localeOf(id), words: kept.words, ...figures(all) },
		days: scope.segment === null ? counted.sort((a, b) => (a.day < b.day ? 1 : -1)) : [],
		opens: opensOf(searches),
		people: await peopleOf(read, searches),
	};
}

const localeOf = (id: string): string => id.slice(0, id.indexOf(':'));

function take(counts: Counts, { times, results, clicks }: MeasuredSearch, isCounted: boolean): void {
	if (isCounted) {
		counts.asked += times;
		counts.unanswered += results === 0 ? times : 0;
	}
	counts.measured++;
	counts.opened += clicks.length > 0 ? 1 : 0;
	counts.clicks += clicks.length;
	for (const { position } of clicks) counts.places += position;
}

function figures({ clicks, places, ...counts }: Counts): SearchReport['total'] {
	return { ...counts, position: clicks === 0 ? null : places / clicks };
}

function countedDays(read: Handle, { from, to, locale }: SearchScope) {
	const { wordsId, day, asked, unanswered } = searchDay;
	return read
		.select({ id: wordsId, asked: sum(asked).mapWith(Number), unanswered: sum(unanswered).mapWith(Number) })
		.from(searchDay)
		.where(and(gte(day, from), lte(day, to), locale === '' ? undefined : eq(searchDay.locale, locale)))
		.groupBy(wordsId);
}

async function shownWords(read: Handle): Promise<Map<string, string>> {
	const rows = await read.select({ id: searchWords.id, words: searchWords.words }).from(searchWords);
	return new Map(rows.flatMap(({ id, words }) => (words === null ? [] : [[id, words] as const])));
}

function opensOf(searches: readonly MeasuredSearch[]): SearchDetail['opens'] {
	const clicks = Map.groupBy(
		searches.flatMap((search) => search.clicks),
		({ subject }) => subject,
	);
	const opens = [...clicks].map(([subject, all]) => ({
		subject,
		count: all.length,
		position: all.reduce((total, { position }) => total + position, 0) / all.length,
	}));
	return opens.sort((a, b) => b.count - a.count || a.position - b.position);
}

async function peopleOf(read: Handle, searches: readonly MeasuredSearch[]): Promise<SearchDetail['people']> {
	const known = searches.filter(({ personId }) => personId !== null).slice(-MOST_PEOPLE);
	const ids = [...new Set(known.map(({ personId }) => personId ?? ''))];
	const rows = await read
		.select({ id: person.id, leadId: lead.id })
		.from(person)
		.innerJoin(lead, eq(lead.id, person.leadId))
		.where(inArray(person.id, ids));
	const leadOf = new Map(rows.map(({ id, leadId }) => [id, leadId]));
	return known
		.flatMap(({ personId, at, results, clicks }) => {
			const leadId = leadOf.get(personId ?? '');
			return leadId === undefined ? [] : [{ leadId, at, results, opened: clicks.length }];
		})
		.reverse();
}
