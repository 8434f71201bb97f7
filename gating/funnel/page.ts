import { and } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { type Asked, conditionOf } from '../lead/asked.ts';
import type { Place } from '../lead/cursor.ts';
import { ORDERS } from '../lead/order.ts';
import { lead } from '../schema.ts';
import { type FunnelParams, leadsOfCell } from './evaluate.ts';

/** A page of the leads of one cell; can be sent to a thread. */
export interface CellPageParams {
	readonly params: FunnelParams;
	readonly cell: string;
	/** What narrows the leads further. */
	readonly asked: Asked;
	readonly place: Place | null;
	/** How many at most; null: all. */
	readonly size: number | null;
}

export interface CellPage {
	/** In their order. */
	readonly ids: readonly string[];
	readonly total: number;
}

/** Reads a page of a cell, and how many leads there are in all; for a thread. */
export async function readCellPage(handle: Handle, { params, cell, asked, place, size }: CellPageParams): Promise<CellPage> {
	const within = await leadsOfCell(handle, params, cell);
	const order = ORDERS[asked.query.sort ?? 'score'];
	const rows = (after = place) =>
		handle
			.select({ id: lead.id })
			.from(lead)
			.where(and(conditionOf(handle, asked), after ? order.after(after.value as never, after.id) : undefined))
			.orderBy(...order.by);
	const all = (await rows(null)).filter(({ id }) => within.has(id));
	const shown = place === null ? all : (await rows()).filter(({ id }) => within.has(id));
	return { ids: shown.slice(0, size ?? shown.length).map(({ id }) => id), total: all.length };
}
