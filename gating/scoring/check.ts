import type { z } from 'zod';

import type { FieldError } from '#kernel/errors.ts';

import { type EngagementRule, PARTS, type Rule, type ScoringModel, scoringModelInput } from './model.ts';

/** Enough to see what is wrong; a model of thousands of bad rules is not told each of them. */
const MOST_FIELDS = 50;

export type Checked =
	| { readonly isValid: true; readonly model: ScoringModel }
	/** Each wrong field once, by its path (`engagement.3.cap`), with a code whose words are in `kernel/texts`, section model. */
	| { readonly isValid: false; readonly fields: readonly FieldError[] };

/** Reads a model that somebody wrote. */
export function checkModel(input: unknown): Checked {
	const read = scoringModelInput.safeParse(input);
	if (read.success) return { isValid: true, model: read.data };
	const found = new Map<string, FieldError>();
	for (const issue of read.error.issues) {
		const field = fieldOf(issue);
		if (!found.has(field) && found.size < MOST_FIELDS) found.set(field, { field, code: codeOf(issue) });
	}
	return { isValid: false, fields: [...found.values()] };
}

/** Thresholds that nobody can reach whatever they are and do; each makes a grade or the MQL impossible. */
export function unreachable(model: ScoringModel): FieldError[] {
	const { fit, engagement, situations, grades, mql } = model;
	const bestFit = sum(fit.map(({ points }) => points));
	const bestEngagement = sum([...engagement.map(mostOf), ...situations.map(({ points }) => points)]);
	const over = (part: 'fit' | 'engagement', best: number) =>
		grades[part].flatMap((from, index) => (from > best ? [{ field: `grades.${part}.${index}`, code: 'unreachable' }] : []));
	return [
		...over('fit', bestFit),
		...over('engagement', bestEngagement),
		...(mql.from > bestFit + bestEngagement ? [{ field: 'mql.from', code: 'unreachable' }] : []),
	];
}

function mostOf({ points, cap, capPer }: EngagementRule): number {
	if (points <= 0) return 0;
	return cap === null || capPer !== 'ever' ? Infinity : cap;
}

const sum = (points: readonly number[]): number => points.reduce((total, one) => total + Math.max(0, one), 0);

/** The rules of `model`, each with the version it has after what `base` says of it: one higher where it differs. */
export function withVersions(model: ScoringModel, base: ScoringModel): ScoringModel {
	const known = new Map(PARTS.flatMap((part) => base[part].map((rule: Rule) => [rule.name, rule] as const)));
	const versioned = <R extends Rule>(rule: R): R => {
		const before = known.get(rule.name);
		if (!before) return { ...rule, version: 1 };
		return { ...rule, version: isSame(rule, before) ? before.version : before.version + 1 };
	};
	return { ...model, fit: model.fit.map(versioned), engagement: model.engagement.map(versioned), situations: model.situations.map(versioned) };
}

/** Whether two rules say the same, whatever their version. */
export function isSame(one: Rule, other: Rule): boolean {
	return contentOf(one) === contentOf(other);
}

function contentOf({ version: _version, ...rule }: Rule): string {
	return JSON.stringify(sorted(rule));
}

function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([key, inner]) => [key, sorted(inner)]),
	);
}

const RANGES = new Set(['points', 'cap', 'days', 'people', 'value', 'from', 'until']);

function fieldOf(issue: z.core.$ZodIssue): string {
	const path = issue.path.map(String);
	if (issue.code === 'unrecognized_keys' && issue.keys[0] !== undefined) path.push(issue.keys[0]);
	return path.join('.');
}

function codeOf(issue: z.core.$ZodIssue): string {
	const [part = '', , ...inner] = issue.path.map(String);
	const last = inner.at(-1) ?? '';
	if (issue.code === 'custom') return typeof issue.params?.['code'] === 'string' ? issue.params['code'] : 'other';
	if (issue.code === 'unrecognized_keys') return 'not-a-field';
	if (last === 'event') return 'unknown-event';
	if (issue.code === 'too_big' && issue.path.length === 1) return 'too-many-rules';
	if (part === 'grades') return issue.code === 'invalid_type' ? 'number' : 'threshold-range';
	const numeric = RANGES.has(last) ? last : part === 'mql' ? String(issue.path[1]) : '';
	if (issue.code === 'invalid_type') return numeric === '' ? (issue.message.endsWith('received undefined') ? 'required' : 'type') : 'number';
	if (numeric !== '' && (issue.code === 'too_small' || issue.code === 'too_big')) return `${numeric}-range`;
	if (last === 'name') return 'name';
	if (last === 'path') return 'path';
	if (issue.code === 'invalid_format' && inner.includes('anyOf')) return 'country';
	if (issue.code === 'too_small') return 'choose-one';
	return issue.code === 'invalid_union' || issue.code === 'invalid_value' ? 'choice' : 'type';
}
