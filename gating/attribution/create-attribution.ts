import { inArray } from 'drizzle-orm';

import { DAY_MS, localDay, nextDay, type Now, startOfDay } from '#kernel/clock.ts';
import type { Database } from '#kernel/database.ts';
import type { Keys } from '#kernel/keys.ts';

import { type LeadItem, pageOf } from '../lead/list.ts';
import { lead } from '../schema.ts';
import { type Milestone, MILESTONES, WINDOWS, type Window } from './conversion.ts';
import type { AttributionNumbers, AttributionParams, Behind, BehindPage, BehindParams } from './evaluate.ts';
import { HALF_LIVES, type Model, MODELS, WHOLE } from './model.ts';
import { type AttributionCell, type AttributionQuery, readCell, readQuery, requireDays, writeCell, writeQuery } from './query.ts';
import { type Grouping, GROUPINGS } from './read-touches.ts';

const EVALUATE = new URL('./evaluate.ts', import.meta.url);
/** What sales finds itself is no work of marketing's. */
const OWN_CHANNELS = ['sales'] as const;
const AT_ONCE = 100;

export interface AttributionDeps {
	readonly db: Database;
	readonly keys: Keys;
	readonly now: Now;
	readonly timeZone: () => string;
}

/** Attribution as it was read. */
export interface AttributionReport extends AttributionNumbers {
	readonly query: AttributionQuery;
	readonly readAt: Date;
}

/** Conversions behind a number, with their leads as lists show them. */
export interface AttributionList {
	readonly cell: AttributionCell;
	readonly rows: readonly (Behind & { readonly lead: LeadItem | null })[];
	readonly count: number;
	readonly credit: number;
	/** Where the next page begins; null at the end. */
	readonly next: number | null;
}

/** Which contacts led to leads, stages and won deals, and what that cost. */
export interface Attribution {
	readonly milestones: readonly Milestone[];
	readonly groupings: readonly Grouping[];
	readonly models: readonly Model[];
	readonly windows: readonly Window[];
	readonly halfLives: readonly number[];
	/** Parts that the credit for one conversion has. */
	readonly whole: number;
	/** What a query asks where nobody says otherwise: leads of the last ninety days by channel, shared equally. */
	usual(): AttributionQuery;
	/** A query as an address says it, and back. */
	query(params: URLSearchParams): AttributionQuery;
	parameters(query: AttributionQuery): URLSearchParams;
	/** Reads in a thread. @throws DomainError invalid (a day, a period) */
	read(query: AttributionQuery): Promise<AttributionReport>;
	/** The parameters by which the conversions behind a number are found again. */
	cellOf(report: Pick<AttributionReport, 'query' | 'readAt'>, key: string): URLSearchParams;
	/** The conversions behind a number, a page of them. @throws DomainError invalid */
	list(params: URLSearchParams, seesPeople: boolean): Promise<AttributionList>;
}

export function createAttribution(deps: AttributionDeps): Attribution {
	const { db, now, timeZone } = deps;
	const usual: Attribution['usual'] = () => ({
		...{ milestone: 'lead', grouping: 'channel', model: 'linear', window: '180', halfLifeDays: 14 },
		from: localDay(new Date(now().getTime() - 89 * DAY_MS), timeZone()),
		to: localDay(now(), timeZone()),
	});
	const paramsOf = (query: AttributionQuery, readAt: Date): AttributionParams => ({
		...requireDays(query),
		...{ timeZone: timeZone(), readAt: readAt.getTime(), ownChannels: OWN_CHANNELS },
		start: startOfDay(query.from, timeZone()).getTime(),
		end: startOfDay(nextDay(query.to), timeZone()).getTime(),
	});
	return Object.freeze<Attribution>({
		...{ milestones: MILESTONES, groupings: GROUPINGS, models: MODELS, windows: WINDOWS, halfLives: HALF_LIVES, whole: WHOLE },
		usual,
		query: (params) => readQuery(params, usual()),
		parameters: writeQuery,
		read: async (query) => {
			const readAt = now();
			const params = paramsOf(query, readAt);
			return { ...(await db.analyse<AttributionParams, AttributionNumbers>({ module: EVALUATE, name: 'readAttribution', params })), query, readAt };
		},
		cellOf: ({ query, readAt }, key) => writeCell({ query, readAt, key }),
		list: async (address, seesPeople) => {
			const cell = readCell(address, usual());
			const offset = Math.max(0, Math.trunc(Number(address.get('offset'))) || 0);
			const params = { ...paramsOf(cell.query, cell.readAt), key: cell.key, offset, size: AT_ONCE };
			const page = await db.analyse<BehindParams, BehindPage>({ module: EVALUATE, name: 'readBehind', params });
			const leads = await leadsOf(deps, page.rows, seesPeople);
			const next = offset + page.rows.length < page.count && page.rows.length > 0 ? offset + page.rows.length : null;
			return { ...page, cell, next, rows: page.rows.map((row) => ({ ...row, lead: leads.get(row.leadId) ?? null })) };
		},
	});
}

async function leadsOf({ db, keys }: AttributionDeps, rows: readonly Behind[], seesPeople: boolean): Promise<ReadonlyMap<string, LeadItem>> {
	const ids = [...new Set(rows.map(({ leadId }) => leadId))];
	const found = await db.read.select().from(lead).where(inArray(lead.id, ids));
	const { items } = await pageOf(db.read, keys, { rows: found, size: ids.length, sort: 'score', seesPeople });
	return new Map(items.map((item) => [item.id, item]));
}
