import { DAY_MS } from '#kernel/clock.ts';

import { decayed } from './engagement.ts';
import type { CapPeriod, EngagementRule } from './model.ts';

/** Leads whose events are counted together. */
export const LEADS_A_TALLY = 512;
/** More days than there are since 1970. */
const AGES = 65_536;
const FIRST_SIZE = 4_096;

/**
 * How often each rule applied to each lead on each day, for a few hundred leads. All that is left of an event is a number: lead, rule and age in
 * days. Events of one rule and one day count the same, so that lines need not be made to add them up.
 */
export interface Tally {
	/** `at`: the lead's place among those of the tally. `ageDays` from 0 up. */
	add(at: number, rule: number, ageDays: number): void;
	/** Points and fading of the engagement rules of each lead, in their order. */
	sums(rules: readonly EngagementRule[], periodOf: (period: CapPeriod, ageDays: number) => string): readonly TallySum[];
}

export interface TallySum {
	/** Whole hundredths. */
	readonly points: number;
	/** A rule that fades gives points. */
	readonly hasDecay: boolean;
}

export function createTally(rulesCount: number): Tally {
	let entries = new Float64Array(FIRST_SIZE);
	let length = 0;

	return Object.freeze<Tally>({
		add: (at, rule, ageDays) => {
			if (length === entries.length) {
				const larger = new Float64Array(length * 2);
				larger.set(entries);
				entries = larger;
			}
			entries[length++] = (at * rulesCount + rule) * AGES + ageDays;
		},
		sums: (rules, periodOf) => {
			// By lead, then rule, then newest first: the order in which a cap is used up.
			const sorted = entries.subarray(0, length).sort();
			const sums = Array.from({ length: LEADS_A_TALLY }, () => ({ points: 0, hasDecay: false }));
			for (let from = 0; from < length;) {
				const group = Math.floor(sorted[from]! / AGES);
				let to = from;
				while (to < length && Math.floor(sorted[to]! / AGES) === group) to++;
				const rule = rules[group % rulesCount]!;
				const points = pointsOf(rule, sorted.subarray(from, to), periodOf);
				const sum = sums[Math.floor(group / rulesCount)]!;
				sum.points += points;
				if (points !== 0 && rule.decay !== null) sum.hasDecay = true;
				from = to;
			}
			return sums;
		},
	});
}

/** What one rule gives for its events, whose ages are the rest of each entry, in rising order. */
function pointsOf(rule: EngagementRule, entries: Float64Array, periodOf: (period: CapPeriod, ageDays: number) => string): number {
	const left = new Map<string, number>();
	let sum = 0;
	for (let from = 0; from < entries.length;) {
		const entry = entries[from]!;
		let to = from;
		while (to < entries.length && entries[to] === entry) to++;
		const age = entry % AGES;
		const each = decayed(rule, age);
		sum += rule.cap === null ? each * (to - from) : Math.sign(each) * capped(Math.abs(each), to - from, age, rule.cap);
		from = to;
	}
	return sum;

	function capped(size: number, times: number, age: number, cap: number): number {
		const period = rule.capPer === 'ever' ? '' : periodOf(rule.capPer, age);
		const room = left.get(period) ?? cap;
		const taken = Math.min(size * times, room);
		left.set(period, room - taken);
		return taken;
	}
}

/** Periods by age, as of `today` (`YYYY-MM-DD`): `periodOfDay` is asked once for each day. */
export function periodsFrom(today: string, periodOfDay: (period: CapPeriod, day: string) => string): (period: CapPeriod, ageDays: number) => string {
	const known = new Map<string, string>();
	const zero = Date.parse(`${today}T00:00:00Z`);
	return (period, ageDays) => {
		const key = `${period}${ageDays}`;
		let name = known.get(key);
		if (name === undefined) known.set(key, (name = periodOfDay(period, new Date(zero - ageDays * DAY_MS).toISOString().slice(0, 10))));
		return name;
	};
}
