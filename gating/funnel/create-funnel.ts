import { asc, eq, inArray } from 'drizzle-orm';

import { DAY_MS, isDay, localDay, nextDay, startOfDay } from '#kernel/clock.ts';
import { DomainError } from '#kernel/errors.ts';

import { asked as askedOf } from '../lead/asked.ts';
import { readCursor } from '../lead/cursor.ts';
import { type LeadItem, type LeadPage, type LeadQuery, NOBODY, pageOf, pageSize } from '../lead/list.ts';
import { conditionsOf, narrowed } from '../lead/narrow.ts';
import { campaign, lead, tactic } from '../schema.ts';
import { STAGES, type Stage } from '../lifecycle/stage.ts';
import { contextOf, type TagsDeps } from '../tag/context.ts';
import { planOf } from '../tag/plan.ts';
import { type FunnelQuery, readCell, writeCell } from './cell.ts';
import type { FunnelNumbers, FunnelParams, readFunnel } from './evaluate.ts';
import type { CellPage, CellPageParams } from './page.ts';

const EVALUATE = new URL('./evaluate.ts', import.meta.url);
const PAGE = new URL('./page.ts', import.meta.url);

/** What sales finds itself is no work of marketing's. */
const OWN_CHANNEL = 'sales';

/** A funnel as it was read. */
export interface FunnelReport extends FunnelNumbers {
	readonly query: FunnelQuery;
	readonly readAt: Date;
}

/** Where leads stand, how far they come and how long it takes, told from the log of moves. */
export interface Funnel {
	/** The stages a cohort can be made by, in their order. */
	readonly stages: readonly Stage[];
	/** What a query asks where nobody says otherwise: leads made in the last ninety days, and where everybody stands today. */
	usual(): FunnelQuery;
	/** Reads a funnel in a thread. @throws DomainError invalid (a day, a period that ends before it begins), not-found (a segment) */
	read(query: FunnelQuery): Promise<FunnelReport>;
	/** What a list of leads is narrowed by to show exactly the leads of a number: {@link LeadQuery.funnel}. */
	cellOf(report: Pick<FunnelReport, 'query' | 'readAt'>, cell: string): string;
	/** The cell that a text of {@link cellOf} stands for. @throws DomainError invalid */
	cell(text: string): { readonly query: FunnelQuery; readonly readAt: Date; readonly cell: string };
	/** Campaigns with their tactics, to choose from. */
	campaigns(): Promise<
		readonly { readonly id: string; readonly name: string; readonly tactics: readonly { readonly id: string; readonly name: string }[] }[]
	>;
}

export function createFunnel(deps: TagsDeps): Funnel {
	const { db, now } = deps;
	const timeZone = () => zoneOf(deps);
	return Object.freeze<Funnel>({
		stages: STAGES,
		usual: () => {
			const today = localDay(now(), timeZone());
			const nothing = { channel: '', campaign: '', tactic: '', content: '', segment: '' };
			return { entry: 'raw', from: localDay(new Date(now().getTime() - 89 * DAY_MS), timeZone()), to: today, day: today, ...nothing };
		},
		read: async (query) => {
			const readAt = now();
			const params = await paramsOf(deps, query, readAt);
			const days = { from: query.from, to: query.to, timeZone: timeZone() };
			const numbers = await db.analyse<Parameters<typeof readFunnel>[1], FunnelNumbers>({
				module: EVALUATE,
				name: 'readFunnel',
				params: { ...params, days },
			});
			return { ...numbers, query, readAt };
		},
		cellOf: ({ query, readAt }, cell) => writeCell({ query, readAt: readAt.getTime(), cell }),
		cell: (text) => {
			const { query, readAt, cell } = readCell(text);
			return { query, readAt: new Date(readAt), cell };
		},
		campaigns: async () => {
			const rows = await db.read
				.select({ id: campaign.id, name: campaign.name, tactic: { id: tactic.id, name: tactic.name } })
				.from(campaign)
				.leftJoin(tactic, eq(tactic.campaignId, campaign.id))
				.orderBy(asc(campaign.name), asc(tactic.name));
			return [...Map.groupBy(rows, ({ id }) => id)].map(([id, own]) => ({
				...{ id, name: own[0]?.name ?? '' },
				tactics: own.flatMap((row) => row.tactic ?? []),
			}));
		},
	});
}

/** A page of the leads of one number, narrowed further by the rest of the query. @throws DomainError invalid (no such number, a foreign cursor) */
export async function listCell(deps: TagsDeps, text: string, query: LeadQuery, seesPeople: boolean): Promise<LeadPage> {
	const { sort = 'score', cursor } = query;
	const size = pageSize(query.limit);
	const place = cursor === undefined ? null : readCursor(`leads:${sort}`, sort === 'company' ? 'string' : 'number', cursor);
	const found = await idsOfCell(deps, text, query, seesPeople, { place, size: size + 1 });
	if (!found) return NOBODY;
	const rows = await rowsOf(deps, found.ids);
	return { ...(await pageOf(deps.db.read, deps.keys, { rows, size, sort, seesPeople })), total: found.total };
}

/** All leads of one number, page after page; the number is read once. */
export async function* cellPages(
	deps: TagsDeps,
	text: string,
	query: LeadQuery,
	seesPeople: boolean,
	size: number,
): AsyncGenerator<readonly LeadItem[]> {
	const found = await idsOfCell(deps, text, query, seesPeople, { place: null, size: null });
	for (let from = 0; found && from < found.ids.length; from += size) {
		const rows = await rowsOf(deps, found.ids.slice(from, from + size));
		yield (await pageOf(deps.db.read, deps.keys, { rows, size, sort: query.sort ?? 'score', seesPeople })).items;
	}
}

/** Ids of all leads of one number. @throws DomainError invalid for no such number */
export async function cellIds(deps: TagsDeps, text: string, query: LeadQuery, seesPeople: boolean): Promise<readonly string[]> {
	return (await idsOfCell(deps, text, query, seesPeople, { place: null, size: null }))?.ids ?? [];
}

async function idsOfCell(deps: TagsDeps, text: string, query: LeadQuery, seesPeople: boolean, page: Pick<CellPageParams, 'place' | 'size'>) {
	const { query: funnel, readAt, cell } = readCell(text);
	const ask = askedOf(deps.keys, query, seesPeople, await narrowed(deps, query));
	if (!ask) return null;
	const params = { params: await paramsOf(deps, funnel, new Date(readAt)), cell, asked: ask, ...page };
	return deps.db.analyse<CellPageParams, CellPage>({ module: PAGE, name: 'readCellPage', params });
}

/** In the order of `ids`. */
async function rowsOf({ db }: TagsDeps, ids: readonly string[]) {
	const found = new Map(
		(
			await db.read
				.select()
				.from(lead)
				.where(inArray(lead.id, [...ids]))
		).map((row) => [row.id, row]),
	);
	return ids.flatMap((id) => found.get(id) ?? []);
}

const zoneOf = ({ content }: TagsDeps): string => content().site.timeZone;

async function paramsOf(deps: TagsDeps, query: FunnelQuery, readAt: Date): Promise<FunnelParams> {
	const zone = zoneOf(deps);
	const wrong = (['from', 'to', 'day'] as const).filter((name) => !isDay(query[name]));
	if (wrong.length > 0 || query.to < query.from)
		throw new DomainError('invalid', 'The period is none.', {
			fields: (wrong.length > 0 ? wrong : (['to'] as const)).map((field) => ({ field, code: 'choice' })),
		});
	const after = (day: string): number => startOfDay(nextDay(day), zone).getTime();
	const context = await contextOf(deps);
	const { channel, campaign: campaignId, tactic: tacticId, content, segment } = query;
	return {
		entry: STAGES.indexOf(query.entry),
		period: { from: startOfDay(query.from, zone).getTime(), to: after(query.to) },
		until: readAt.getTime() + 1,
		// The end of the day, or now.
		at: Math.min(after(query.day) - 1, readAt.getTime()),
		scope: {
			channels: channel === '' ? null : context.channelsUnder(channel),
			campaignId: campaignId || null,
			tacticId: tacticId || null,
			subject: content || null,
			plan: segment === '' ? null : planOf(await conditionsOf(deps, segment), { ...context, now: readAt }),
		},
		ownChannels: context.channelsUnder(OWN_CHANNEL),
	};
}
