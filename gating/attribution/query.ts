import { DAY_MS, isDay } from '#kernel/clock.ts';
import { DomainError } from '#kernel/errors.ts';

import { type Milestone, MILESTONES, type Window, WINDOWS } from './conversion.ts';
import { HALF_LIVES, type Model, MODELS } from './model.ts';
import { type Grouping, GROUPINGS } from './read-touches.ts';

/** Attribution as a screen asks for it. */
export interface AttributionQuery {
	readonly milestone: Milestone;
	readonly grouping: Grouping;
	readonly model: Model;
	readonly window: Window;
	readonly halfLifeDays: number;
	/** Local days, both included. */
	readonly from: string;
	readonly to: string;
}

/** One number, as it was read at an instant: enough to find the same conversions again. */
export interface AttributionCell {
	readonly query: AttributionQuery;
	readonly readAt: Date;
	/** The group; '' for conversions without a known contact. */
	readonly key: string;
}

/** Reads a query from an address; what it does not say, or says wrong, is as usual. */
export function readQuery(params: URLSearchParams, usual: AttributionQuery): AttributionQuery {
	const among = <T extends string>(name: string, list: readonly T[], otherwise: T): T => list.find((one) => one === params.get(name)) ?? otherwise;
	const halfLife = HALF_LIVES.find((days) => String(days) === params.get('halfLife'));
	return {
		milestone: among('milestone', MILESTONES, usual.milestone),
		grouping: among('by', GROUPINGS, usual.grouping),
		model: among('model', MODELS, usual.model),
		window: among('window', WINDOWS, usual.window),
		halfLifeDays: halfLife ?? usual.halfLifeDays,
		from: (params.get('from') || usual.from).slice(0, 10),
		to: (params.get('to') || usual.to).slice(0, 10),
	};
}

/** The query as parameters of an address, all of it. */
export function writeQuery({ milestone, grouping, model, window, halfLifeDays, from, to }: AttributionQuery): URLSearchParams {
	return new URLSearchParams({ milestone, by: grouping, model, window, halfLife: String(halfLifeDays), from, to });
}

export function writeCell({ query, readAt, key }: AttributionCell): URLSearchParams {
	const params = writeQuery(query);
	params.set('read', String(readAt.getTime()));
	params.set('key', key);
	return params;
}

/** @throws DomainError invalid for parameters that are no number of attribution */
export function readCell(params: URLSearchParams, usual: AttributionQuery): AttributionCell {
	const readAt = Number(params.get('read'));
	const key = params.get('key');
	if (!Number.isSafeInteger(readAt) || readAt <= 0 || key === null || key.length > 200)
		throw new DomainError('invalid', 'This is no number of attribution: open it from the page again.', {
			fields: [{ field: 'key', code: 'choice' }],
		});
	return { query: requireDays(readQuery(params, usual)), readAt: new Date(readAt), key };
}

/** The longest period: three years, so that months stay a list that can be read. */
const MOST_DAYS = 1_100;

/** @throws DomainError invalid for days that are none, a period that ends before it begins, or one longer than {@link MOST_DAYS} */
export function requireDays<T extends { readonly from: string; readonly to: string }>(days: T): T {
	const wrong = (['from', 'to'] as const).find((name) => !isDay(days[name]));
	const isLong = wrong === undefined && (Date.parse(days.to) - Date.parse(days.from)) / DAY_MS > MOST_DAYS;
	if (wrong !== undefined || days.to < days.from || isLong)
		throw new DomainError('invalid', 'The period is none, or longer than three years.', { fields: [{ field: wrong ?? 'to', code: 'choice' }] });
	return days;
}
