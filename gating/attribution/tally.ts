import { apportion } from './apportion.ts';
import { type Conversion, type Milestone, MILESTONES, type Window, windowStart } from './conversion.ts';
import { creditsOf, type Model, MODELS, WHOLE } from './model.ts';
import { NO_TOUCHES, type Touches, touchesWithin } from './touch.ts';

/** The row of conversions that no known contact came before: direct, or unknown. */
export const UNKNOWN = '';

/** How conversions are shared out. */
export interface Sharing {
	readonly model: Model;
	readonly window: Window;
	readonly halfLifeDays: number;
}

/** What one group of contacts is credited with. Credits in parts of {@link WHOLE}. */
export interface Credited {
	readonly key: string;
	/** By the model that was asked for. */
	readonly credits: Record<Milestone, number>;
	/** Of the milestone that was asked for, by each model. */
	readonly models: Record<Model, number>;
	/** Hundredths of won deals by currency. */
	readonly values: Record<string, number>;
}

/** One conversion and what a group of contacts had in it. */
export interface Shared {
	readonly key: string;
	/** In parts of {@link WHOLE}. */
	readonly credit: number;
	/** Hundredths of the deal; null for what has no value. */
	readonly amountCents: number | null;
	/** Contacts of the group that counted. */
	readonly touches: number;
}

/** The contacts that count for a conversion. */
export function countedTouches(conversion: Conversion, all: Touches, window: Window): Touches {
	return touchesWithin(all, windowStart(conversion.at, window), conversion.until);
}

/** The shares of groups in one conversion: credits sum to {@link WHOLE}, values to the deal's. Without a contact the unknown has all. */
export function sharesOf(conversion: Conversion, touches: Touches, model: Model, halfLifeDays: number): Shared[] {
	if (touches.times.length === 0) return [{ key: UNKNOWN, credit: WHOLE, amountCents: conversion.amountCents, touches: 0 }];
	const credits = creditsOf(model, touches.times, { ...conversion, halfLifeDays });
	const groups = new Map<string, { credit: number; touches: number }>();
	for (const [at, key] of touches.keys.entries()) {
		const group = groups.get(key);
		if (group) {
			group.credit += credits[at] ?? 0;
			group.touches++;
		} else groups.set(key, { credit: credits[at] ?? 0, touches: 1 });
	}
	const rows = [...groups].map(([key, group]) => ({ key, ...group }));
	if (conversion.amountCents === null) return rows.map((row) => ({ ...row, amountCents: null }));
	const amounts = apportion(rows.map(({ credit }) => credit), conversion.amountCents); // prettier-ignore
	return rows.map((row, at) => ({ ...row, amountCents: amounts[at] ?? 0 }));
}

/** Conversions added up. */
export interface Tallies {
	/** Takes one in, with all contacts of its lead. */
	put(conversion: Conversion, all: Touches | undefined): void;
	/** The numbers of a group, made with nothing in them where there are none. */
	group(key: string): Credited;
	readonly groups: ReadonlyMap<string, Credited>;
	/** By month (`2026-03`) and group: credits by the model that was asked for. */
	readonly months: ReadonlyMap<string, ReadonlyMap<string, Record<Milestone, number>>>;
	/** How many there were, whoever they are credited to. */
	readonly totals: Readonly<Record<Milestone, number>>;
	/** Hundredths of won deals by currency. */
	readonly values: Readonly<Record<string, number>>;
}

/** Adds conversions up; `milestone` is the one that all models are asked for. */
export function createTallies(milestone: Milestone, sharing: Sharing, monthOf: (at: number) => string): Tallies {
	const groups = new Map<string, Credited>();
	const months = new Map<string, Map<string, Record<Milestone, number>>>();
	const totals = byMilestone();
	const values: Record<string, number> = {};
	const groupOf = (key: string): Credited => {
		const known = groups.get(key);
		if (known) return known;
		const made: Credited = { key, credits: byMilestone(), models: byModel(), values: {} };
		groups.set(key, made);
		return made;
	};
	const monthly = (at: number): Map<string, Record<Milestone, number>> => {
		const month = monthOf(at);
		const found = months.get(month) ?? new Map<string, Record<Milestone, number>>();
		months.set(month, found);
		return found;
	};
	const add = (reached: Milestone, month: Map<string, Record<Milestone, number>>, key: string, credit: number): void => {
		groupOf(key).credits[reached] += credit;
		const own = month.get(key) ?? byMilestone();
		own[reached] += credit;
		month.set(key, own);
	};
	return {
		put: (conversion, all = NO_TOUCHES) => {
			const { milestone: reached, amountCents, currency } = conversion;
			const { window, model: asked, halfLifeDays } = sharing;
			const month = monthly(conversion.at);
			const touches = countedTouches(conversion, all, window);
			totals[reached]++;
			if (amountCents !== null) values[currency] = (values[currency] ?? 0) + amountCents;
			for (const { key, amountCents: part } of amountCents === null ? [] : sharesOf(conversion, touches, asked, halfLifeDays)) {
				const { values: own } = groupOf(key);
				own[currency] = (own[currency] ?? 0) + (part ?? 0);
			}
			const keys = touches.keys.length === 0 ? [UNKNOWN] : touches.keys;
			for (const model of MODELS) {
				if (model !== asked && reached !== milestone) continue;
				const credits = touches.keys.length === 0 ? [WHOLE] : creditsOf(model, touches.times, { ...conversion, halfLifeDays });
				for (let at = 0; at < credits.length; at++) {
					const [key, credit] = [keys[at] ?? UNKNOWN, credits[at] ?? 0];
					if (credit === 0) continue;
					if (model === asked) add(reached, month, key, credit);
					if (reached === milestone) groupOf(key).models[model] += credit;
				}
			}
		},
		group: groupOf,
		...{ groups, months, totals, values },
	};
}

export const byMilestone = (): Record<Milestone, number> => Object.fromEntries(MILESTONES.map((one) => [one, 0])) as Record<Milestone, number>;
const byModel = (): Record<Model, number> => Object.fromEntries(MODELS.map((one) => [one, 0])) as Record<Model, number>;
