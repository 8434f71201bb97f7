import { daysBetween } from '#kernel/clock.ts';

import { withoutOverlap } from '../event/beat.ts';
import { type StoredEvent, upgrade } from '../event/catalog.ts';
import type { LedgerEntry } from '../lifecycle/ledger.ts';
import { type Attributes, evidenceOf } from './attributes.ts';
import type { EngagementRule, LiveModel, ScoringModel } from './model.ts';
import type { EngagementPart, FitLine, EngagementLine, Grade, Receipt } from './receipt.ts';

/** A behaviour event as the fold reads it. */
export interface ScoredEvent extends StoredEvent {
	readonly id: string;
	readonly at: Date;
	readonly personId: string;
	readonly subject: string;
}

export interface FoldInput {
	/** In any order; an id that comes twice counts once. */
	readonly events: readonly ScoredEvent[];
	readonly attributes: Attributes;
	readonly live: LiveModel;
	readonly now: Date;
	/** The company's zone: decay counts its whole days, so a score holds for a day. */
	readonly timeZone: string;
	/** Persons who objected to profiling: what they did counts for nothing. */
	readonly objectors: ReadonlySet<string>;
	/** What staff decided about engagement, each a line of its own. */
	readonly ledger?: readonly LedgerEntry[];
}

/** Works out the score and everything it is made of. All points are whole hundredths; the total is the sum of the lines. */
export function foldScore({ events, attributes, live, now, timeZone, objectors, ledger = [] }: FoldInput): Receipt {
	const fitLines = fitLinesOf(live.model, attributes);
	const fitTotal = sum(fitLines);
	const part = engagementOf(
		live.model,
		events.filter(({ personId }) => !objectors.has(personId)),
		now,
		timeZone,
	);
	const decided = ledger.filter(({ personId }) => !objectors.has(personId)).map((entry) => decidedLine(entry, now, timeZone));
	const lines = [...part.lines, ...decided.filter(({ points }) => points !== 0)].sort(newestFirst);
	const engagementTotal = sum(lines);
	return {
		modelVersion: live.version,
		grade: gradeOf(live.model, fitTotal, engagementTotal),
		total: fitTotal + engagementTotal,
		fit: { total: fitTotal, lines: fitLines },
		engagement: { total: engagementTotal, lines, overCap: part.overCap, hasObjected: objectors.size > 0 },
		hasDecay: lines.some(({ halfLifeDays }) => halfLifeDays !== null),
	};
}

export function gradeOf({ grades }: ScoringModel, fit: number, engagement: number): Grade {
	const step = (thresholds: readonly number[], value: number) => thresholds.filter((from) => value < from).length;
	const letter = (['A', 'B', 'C', 'D'] as const)[step(grades.fit, fit)] ?? 'D';
	const digit = (['1', '2', '3', '4'] as const)[step(grades.engagement, engagement)] ?? '4';
	return `${letter}${digit}`;
}

function fitLinesOf({ fit }: ScoringModel, attributes: Attributes): FitLine[] {
	return fit.flatMap(({ name, version, points, when }) => {
		const evidence = evidenceOf(when, attributes);
		return evidence === null || points === 0
			? []
			: [{ rule: name, version, what: { code: when.attribute, params: { value: evidence } }, at: null, points }];
	});
}

function engagementOf(model: ScoringModel, events: readonly ScoredEvent[], now: Date, timeZone: string): Pick<EngagementPart, 'lines' | 'overCap'> {
	const lines: EngagementLine[] = [];
	const overCap: { rule: string; events: number }[] = [];
	const history = distinct(events);
	const ageOf = ages(now, timeZone);
	for (const rule of model.engagement) {
		let left = rule.cap ?? Infinity;
		let leftOut = 0;
		for (const event of history) {
			if (!applies(rule, event)) continue;
			const raw = decayed(rule, rule.halfLifeDays === null ? 0 : ageOf(event.at));
			const size = Math.min(Math.abs(raw), left);
			if (size === 0) {
				if (raw !== 0) leftOut++;
				continue;
			}
			left -= size;
			lines.push(lineOf(rule, event, raw, Math.sign(raw) * size));
		}
		if (leftOut > 0) overCap.push({ rule: rule.name, events: leftOut });
	}
	return { lines, overCap };
}

function newestFirst(a: EngagementLine, b: EngagementLine): number {
	return b.at.getTime() - a.at.getTime() || (a.eventId < b.eventId ? 1 : a.eventId > b.eventId ? -1 : 0);
}

function decidedLine({ id, rule, ruleVersion, points, halfLifeDays, reason, at }: LedgerEntry, now: Date, timeZone: string): EngagementLine {
	const left = decayed({ points, halfLifeDays }, halfLifeDays === null ? 0 : daysBetween(at, now, timeZone));
	const what = { code: rule, params: { reason } };
	return { rule, version: ruleVersion, what, at, points: left, eventId: id, full: points, beforeCap: left, isCapped: false, halfLifeDays };
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
		halfLifeDays: rule.halfLifeDays,
	};
}

/** Points of a rule after so many whole days, rounded to hundredths. Days ahead count as today. */
export function decayed({ points, halfLifeDays }: Pick<EngagementRule, 'points' | 'halfLifeDays'>, ageDays: number): number {
	if (halfLifeDays === null) return points;
	const rounded = Math.round(Math.abs(points) * 0.5 ** (Math.max(0, ageDays) / halfLifeDays));
	return rounded === 0 ? 0 : Math.sign(points) * rounded;
}

function applies({ event: type, subject, atLeast }: EngagementRule, event: ScoredEvent): boolean {
	if (event.type !== type) return false;
	if (subject !== null && event.subject !== subject && !event.subject.startsWith(`${subject}:`)) return false;
	if (atLeast === null) return true;
	const value = event.props[atLeast.prop];
	return typeof value === 'number' && value >= atLeast.value;
}

/** Each event once, in its present shape, newest first: under a cap, what counts most now comes first. Attention is cut where a person's runs overlap. */
function distinct(events: readonly ScoredEvent[]): readonly ScoredEvent[] {
	const byId = new Map(events.map((event) => [event.id, upgrade(event)]));
	const attention = new Map<string, { id: string; at: Date; seconds: number }[]>();
	for (const { id, type, at, personId, props } of byId.values()) {
		if (type !== 'content.attention') continue;
		const runs = attention.get(personId) ?? [];
		runs.push({ id, at, seconds: Number(props['seconds']) });
		attention.set(personId, runs);
	}
	for (const runs of attention.values()) {
		for (const [id, seconds] of withoutOverlap(runs)) {
			const event = byId.get(id)!;
			byId.set(id, { ...event, props: { ...event.props, seconds } });
		}
	}
	return [...byId.values()].sort((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1));
}

function ages(now: Date, timeZone: string): (at: Date) => number {
	const known = new Map<number, number>();
	return (at) => {
		const quarter = Math.floor(at.getTime() / 900_000);
		let age = known.get(quarter);
		if (age === undefined) known.set(quarter, (age = daysBetween(at, now, timeZone)));
		return age;
	};
}

function numbersOf(props: StoredEvent['props']): Record<string, number> {
	return Object.fromEntries(Object.entries(props).filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
}

function sum(lines: readonly { readonly points: number }[]): number {
	return lines.reduce((total, { points }) => total + points, 0);
}
