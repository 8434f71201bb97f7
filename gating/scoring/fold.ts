import type { LedgerEntry } from '../lifecycle/ledger.ts';
import { type Attributes, evidenceOf } from './attributes.ts';
import { calendarOf, type Calendar, type ContentMap, decayed, linesOf } from './engagement.ts';
import { historyOf, type ScoredEvent } from './history.ts';
import type { LiveModel, ScoringModel } from './model.ts';
import type { EngagementLine, FitLine, Grade, Receipt } from './receipt.ts';
import { type Colleague, situationLines } from './situation.ts';

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
	/** Published content, for rules that ask what it is about. */
	readonly content: ContentMap;
	readonly colleagues: readonly Colleague[];
	/** What staff decided about engagement, each a line of its own. */
	readonly ledger?: readonly LedgerEntry[];
	/** Of the same `now` and zone, for callers who fold many. */
	readonly calendar?: Calendar;
}

/** Works out the score and everything it is made of. All points are whole hundredths; the total is the sum of the lines. */
export function foldScore(input: FoldInput): Receipt {
	const { attributes, live, now, timeZone, objectors, content, colleagues } = input;
	const { model, version } = live;
	const calendar = input.calendar ?? calendarOf(now, timeZone);
	const events = objectors.size === 0 ? input.events : input.events.filter(({ personId }) => !objectors.has(personId));
	const fitLines = fitLinesOf(model, attributes);
	const fit = sum(fitLines);
	const { lines, overCap } = linesOf(model.engagement, historyOf(events), content, calendar);
	const standing = situationLines(model.situations, { lastAt: lastOf(events), colleagues }, calendar);
	const decided = (input.ledger ?? []).filter(({ personId }) => !objectors.has(personId)).map((entry) => decidedLine(entry, calendar));
	lines.push(...standing.lines, ...decided.filter(({ points }) => points !== 0));
	lines.sort((a, b) => b.at.getTime() - a.at.getTime() || (a.eventId < b.eventId ? 1 : a.eventId > b.eventId ? -1 : 0));
	const engagement = sum(lines);
	return {
		modelVersion: version,
		grade: gradeOf(model, fit, engagement),
		total: fit + engagement,
		fit: { total: fit, lines: fitLines },
		engagement: { total: engagement, lines, overCap, hasObjected: objectors.size > 0 },
		hasDecay: standing.mayChange || lines.some(({ decay }) => decay !== null),
	};
}

export function gradeOf({ grades }: ScoringModel, fit: number, engagement: number): Grade {
	const step = (thresholds: readonly number[], value: number) => thresholds.filter((from) => value < from).length;
	const letter = (['A', 'B', 'C', 'D'] as const)[step(grades.fit, fit)] ?? 'D';
	const digit = (['1', '2', '3', '4'] as const)[step(grades.engagement, engagement)] ?? '4';
	return `${letter}${digit}`;
}

/** Lines of what is known of a lead. */
export function fitLinesOf({ fit }: ScoringModel, attributes: Attributes): FitLine[] {
	return fit.flatMap(({ name, version, points, when }) => {
		const evidence = evidenceOf(when, attributes);
		return evidence === null || points === 0
			? []
			: [{ rule: name, version, what: { code: when.attribute, params: { value: evidence } }, at: null, points }];
	});
}

function decidedLine({ id, rule, ruleVersion, points, halfLifeDays, reason, at }: LedgerEntry, { ageOf }: Calendar): EngagementLine {
	const decay = halfLifeDays === null ? null : ({ kind: 'half-life', days: halfLifeDays } as const);
	const left = decayed({ points, decay }, ageOf(at));
	const what = { code: rule, params: { reason } };
	return { rule, version: ruleVersion, what, at, points: left, eventId: id, full: points, beforeCap: left, isCapped: false, decay };
}

function lastOf(events: readonly ScoredEvent[]): Date | null {
	return events.reduce<Date | null>((latest, { at }) => (latest === null || at > latest ? at : latest), null);
}

function sum(lines: readonly { readonly points: number }[]): number {
	return lines.reduce((total, { points }) => total + points, 0);
}
