import { daysBetween, localDay } from '#kernel/clock.ts';

import type { StoredEvent } from '../event/catalog.ts';
import type { History, ScoredEvent } from './history.ts';
import type { CapPeriod, EngagementRule } from './model.ts';
import type { EngagementLine, EngagementPart } from './receipt.ts';

/** What rules may ask of a piece of content. */
export interface ContentFacts {
	readonly topics: readonly string[];
	readonly stageRole: string | null;
}

/** Content by subject (`<type>:<id>`). */
export type ContentMap = ReadonlyMap<string, ContentFacts>;

export interface Calendar {
	/** Whole days of the company since `at`. */
	ageOf(at: Date): number;
	/** What events of one period share. */
	periodOf(period: CapPeriod, at: Date): string;
}

/** Lines of rules about what somebody did. */
export function linesOf(
	rules: readonly EngagementRule[],
	history: History,
	content: ContentMap,
	calendar: Calendar,
): { readonly lines: EngagementLine[]; readonly overCap: EngagementPart['overCap'] } {
	const lines: EngagementLine[] = [];
	const overCap: { rule: string; events: number }[] = [];
	for (const rule of rules) {
		const left = new Map<string, number>();
		let leftOut = 0;
		for (const event of history.get(rule.event) ?? []) {
			if (!applies(rule, event, content)) continue;
			const raw = decayed(rule, rule.decay === null ? 0 : calendar.ageOf(event.at));
			if (raw === 0) continue;
			if (rule.cap === null) {
				lines.push(lineOf(rule, event, raw, raw));
				continue;
			}
			const period = rule.capPer === 'ever' ? '' : calendar.periodOf(rule.capPer, event.at);
			const room = left.get(period) ?? rule.cap;
			const size = Math.min(Math.abs(raw), room);
			left.set(period, room - size);
			if (size === 0) leftOut++;
			else lines.push(lineOf(rule, event, raw, Math.sign(raw) * size));
		}
		if (leftOut > 0) overCap.push({ rule: rule.name, events: leftOut });
	}
	return { lines, overCap };
}

function lineOf(rule: EngagementRule, { id, type, at, subject, props }: ScoredEvent, raw: number, points: number): EngagementLine {
	return {
		rule: rule.name,
		version: rule.version,
		what: { code: type, params: { subject, ...numbersOf(props) } },
		at,
		points,
		eventId: id,
		full: rule.points,
		beforeCap: raw,
		isCapped: raw !== points,
		decay: rule.decay,
	};
}

/** Points of a rule after so many whole days, rounded to hundredths. Days ahead count as today. */
export function decayed({ points, decay }: Pick<EngagementRule, 'points' | 'decay'>, ageDays: number): number {
	if (decay === null) return points;
	const age = Math.max(0, ageDays);
	const share = decay.kind === 'linear' ? Math.max(0, 1 - age / decay.days) : 0.5 ** (age / decay.days);
	const rounded = Math.round(Math.abs(points) * share);
	return rounded === 0 ? 0 : Math.sign(points) * rounded;
}

function applies(rule: EngagementRule, event: ScoredEvent, content: ContentMap): boolean {
	return isAbout(rule, event.subject, content) && hasProps(rule, event.props);
}

/** Whether a rule is about this subject. */
export function isAbout({ subject, topic, stageRole }: EngagementRule, of: string, content: ContentMap): boolean {
	if (subject !== null && of !== subject && !of.startsWith(`${subject}:`)) return false;
	if (topic === null && stageRole === null) return true;
	const facts = content.get(of);
	return facts !== undefined && (topic === null || facts.topics.includes(topic)) && (stageRole === null || facts.stageRole === stageRole);
}

/** Whether what a rule asks of an event's values holds. */
export function hasProps({ path, atLeast }: EngagementRule, props: StoredEvent['props']): boolean {
	if (path !== null && !isUnder(path, props['path'])) return false;
	if (atLeast === null) return true;
	const value = props[atLeast.prop];
	return typeof value === 'number' && value >= atLeast.value;
}

/** The path itself or one below it, in either language. */
function isUnder(path: string, value: unknown): boolean {
	if (typeof value !== 'string') return false;
	const plain = value.startsWith('/zh-CN/') ? value.slice('/zh-CN'.length) : value;
	return plain === path || plain.startsWith(path.endsWith('/') ? path : `${path}/`);
}

function numbersOf(props: StoredEvent['props']): Record<string, number> {
	const numbers: Record<string, number> = {};
	for (const key in props) if (typeof props[key] === 'number') numbers[key] = props[key];
	return numbers;
}

const QUARTER_MS = 900_000;

/** Days of `timeZone` as of `now`. Zones differ by whole quarters of an hour, so that each quarter is asked for once. */
export function calendarOf(now: Date, timeZone: string): Calendar {
	const ages = new Map<number, number>();
	const days = new Map<number, string>();
	const once = <T>(known: Map<number, T>, at: Date, make: () => T): T => {
		const quarter = Math.floor(at.getTime() / QUARTER_MS);
		let value = known.get(quarter);
		if (value === undefined) known.set(quarter, (value = make()));
		return value;
	};
	return {
		ageOf: (at) => once(ages, at, () => daysBetween(at, now, timeZone)),
		periodOf: (period, at) => periodOfDay(period, once(days, at, () => localDay(at, timeZone))), // prettier-ignore
	};
}

/** What days of one period share. */
export function periodOfDay(period: CapPeriod, day: string): string {
	return period === 'month' ? day.slice(0, 7) : period === 'week' ? mondayOf(day) : day;
}

function mondayOf(day: string): string {
	const date = new Date(`${day}T00:00:00Z`);
	date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
	return date.toISOString().slice(0, 10);
}
