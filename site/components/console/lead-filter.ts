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
	/** Id of a member of staff, or `none`: nobody. */
	readonly owner: string;
	/** Id of an account. */
	readonly account: string;
	readonly tag: string;
	readonly channel: string;
	/** Id of a segment. */
	readonly segment: string;
	/** `yes`: the next action is past. */
	readonly overdue: string;
	/** Keys of columns, with commas; '' for the usual ones. */
	readonly columns: string;
	/** Id of the saved view it came from, or `all`. */
	readonly view: string;
	readonly sort: (typeof SORTS)[number];
	readonly cursor: string;
}

/** Reads the filter of an address; what it does not know is any. */
export function readFilter(params: URLSearchParams): LeadFilter {
	const among = (name: string, known: readonly string[]) => known.find((value) => value === params.get(name)) ?? '';
	const code = (name: string) => /^[\w.:-]{1,80}$/.exec(params.get(name) ?? '')?.[0] ?? '';
	return {
		q: (params.get('q') ?? '').trim().slice(0, 100),
		stage: among('stage', STAGES),
		grade: among('grade', GRADES),
		state: among('state', WORKING_STATES),
		period: among('period', PERIODS),
		created: among('created', ['today']),
		funnel: (params.get('funnel') ?? '').slice(0, 1_000),
		owner: code('owner'),
		account: code('account'),
		tag: code('tag'),
		channel: code('channel'),
		segment: code('segment'),
		overdue: among('overdue', ['yes']),
		columns: [...new Set(params.getAll('columns').flatMap((value) => value.split(',')))]
			.filter((key) => /^[a-zA-Z]{1,30}$/.test(key))
			.slice(0, 40)
			.join(','),
		view: code('view'),
		sort: SORTS.find((sort) => sort === params.get('sort')) ?? 'score',
		cursor: (params.get('cursor') ?? '').slice(0, 500),
	};
}

/** The filter as gating takes it: periods count back from the start of the company's day. */
export function queryOf(filter: LeadFilter, now: Date, timeZone: string): LeadQuery {
	const { q, stage, grade, state, period, created, funnel, owner, account, tag, channel, segment, overdue, sort, cursor } = filter;
	const midnight = startOfDay(localDay(now, timeZone), timeZone);
	return {
		q,
		stage: stage || undefined,
		grade: grade || undefined,
		workingState: state || undefined,
		activeSince: period === '' ? undefined : new Date(midnight.getTime() - (Number(period) - 1) * DAY_MS),
		createdSince: created === 'today' ? midnight : undefined,
		funnel: funnel || undefined,
		owner: owner === 'none' ? null : owner || undefined,
		accountId: account || undefined,
		tag: tag || undefined,
		channel: channel || undefined,
		segmentId: segment || undefined,
		overdueAt: overdue === 'yes' ? now : undefined,
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
export function isNarrowed(filter: LeadFilter): boolean {
	return Object.entries(filter).some(([name, value]) => value !== '' && !['sort', 'cursor', 'columns', 'view'].includes(name));
}

/** What of a filter a saved view keeps, as the list's address has it: who was looked for by name is not kept. */
export function viewQueryOf(filter: LeadFilter): string {
	return new URL(filterAddress(filter, { q: '', view: '' }), 'http://console.invalid').search.slice(1);
}

/** The address of a saved view. */
export function viewAddress({ id, query }: { readonly id: string; readonly query: string }): string {
	const params = new URLSearchParams(query);
	params.set('view', id);
	return `/console/leads?${params.toString()}`;
}
