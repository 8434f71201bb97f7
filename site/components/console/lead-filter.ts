import { DAY_MS, localDay, startOfDay } from '#kernel/clock.ts';
import type { LeadQuery } from '#gating';

export const STAGES = ['raw', 'suspect', 'prospect', 'identified', 'mql', 'sql', 'opportunity', 'customer'] as const;
export const WORKING_STATES = ['open', 'screening', 'sales', 'nurture', 'quarantine', 'disqualified'] as const;
export const GRADES = ['A', 'B', 'C', 'D'].flatMap((letter) => ['1', '2', '3', '4'].map((digit) => letter + digit));
export const PERIODS = ['1', '7', '30', '90'] as const;
export const SORTS = ['score', 'activity', 'company'] as const;

/** What the list of leads is asked for, as its address says it; '' is any. */
export interface LeadFilter {
	readonly q: string;
	readonly stage: string;
	readonly grade: string;
	readonly state: string;
	/** Days. */
	readonly period: string;
	/** `today`: made since midnight. */
	readonly created: string;
	/** A number of the funnel; see `gating.funnel.cellOf`. */
	readonly funnel: string;
	readonly sort: (typeof SORTS)[number];
	readonly cursor: string;
}

/** Reads the filter of an address; what it does not know is any. */
export function readFilter(params: URLSearchParams): LeadFilter {
	const among = (name: string, known: readonly string[]) => known.find((value) => value === params.get(name)) ?? '';
	return {
		q: (params.get('q') ?? '').trim().slice(0, 100),
		stage: among('stage', STAGES),
		grade: among('grade', GRADES),
		state: among('state', WORKING_STATES),
		period: among('period', PERIODS),
		created: among('created', ['today']),
		funnel: (params.get('funnel') ?? '').slice(0, 1_000),
		sort: SORTS.find((sort) => sort === params.get('sort')) ?? 'score',
		cursor: (params.get('cursor') ?? '').slice(0, 500),
	};
}

/** The filter as gating takes it: periods count back from the start of the company's day. */
export function queryOf(filter: LeadFilter, now: Date, timeZone: string): LeadQuery {
	const { q, stage, grade, state, period, created, funnel, sort, cursor } = filter;
	const midnight = startOfDay(localDay(now, timeZone), timeZone);
	return {
		q,
		stage: stage || undefined,
		grade: grade || undefined,
		workingState: state || undefined,
		activeSince: period === '' ? undefined : new Date(midnight.getTime() - (Number(period) - 1) * DAY_MS),
		createdSince: created === 'today' ? midnight : undefined,
		funnel: funnel || undefined,
		sort,
		cursor: cursor || undefined,
	};
}

/** The list's address with some of its filters changed; a change starts at the first page. */
export function filterAddress(filter: LeadFilter, change: Partial<LeadFilter>): string {
	const params = new URLSearchParams();
	for (const [name, value] of Object.entries({ ...filter, cursor: '', ...change })) {
		if (value !== '' && !(name === 'sort' && value === 'score')) params.set(name, value);
	}
	const query = params.toString();
	return `/console/leads${query && `?${query}`}`;
}

/** True when anything narrows the list. */
export function isNarrowed({ q, stage, grade, state, period, created, funnel }: LeadFilter): boolean {
	return [q, stage, grade, state, period, created, funnel].some((value) => value !== '');
}
