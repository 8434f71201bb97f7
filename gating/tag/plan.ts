import { DAY_MS } from '#kernel/clock.ts';

import type { Condition, Conditions } from './condition.ts';

/** What conditions are looked up by at a moment: everything a query needs that is not in the database. Can be sent to a thread. */
export interface Planned extends Omit<Condition, 'values'> {
	/** As stored: hashes where the field is looked up blind, codes with those below them. */
	readonly values: readonly string[];
	/** Epoch milliseconds that `days` reach back to; 0: for ever. */
	readonly since: number;
	/** Subjects it may be about; null: those that begin with `prefix`, '' for any. */
	readonly subjects: readonly string[] | null;
	readonly prefix: string;
	/** Of `tag`: the rules of those tags that have one. */
	readonly rules: readonly Plan[];
}

export interface Plan {
	readonly match: 'all' | 'any';
	readonly groups: readonly { readonly match: 'all' | 'any' | 'none'; readonly conditions: readonly Planned[] }[];
	/** Epoch milliseconds of the asking. */
	readonly now: number;
}

/** What a plan is made with. */
export interface PlanContext {
	readonly now: Date;
	/** Keyed hash of a blind look-up. */
	hash(kind: 'country' | 'industry' | 'role' | 'seniority', value: string): string;
	/** Subjects of published content on a topic. */
	subjectsOf(topic: string): readonly string[];
	/** A channel's code with those below it. */
	channelsUnder(code: string): readonly string[];
	/** The rule of a tag; null for a tag that is put on by hand or by lists, or that there is none of. */
	ruleOf(tag: string): Conditions | null;
}

const BLIND = new Set(['country', 'industry', 'role', 'seniority'] as const);

/** Conditions as they are asked at this moment. Rules of tags hold no tags, so this ends. */
export function planOf(conditions: Conditions, context: PlanContext): Plan {
	const now = context.now.getTime();
	return {
		match: conditions.match,
		now,
		groups: conditions.groups.map((group) => ({ match: group.match, conditions: group.conditions.map((one) => planned(one, context, now)) })),
	};
}

function planned(one: Condition, context: PlanContext, now: number): Planned {
	const { field, values, about, days } = one;
	return {
		...one,
		values: isBlind(field)
			? values.map((value) => context.hash(field, value))
			: field === 'channel'
				? values.flatMap((code) => context.channelsUnder(code))
				: values,
		since: days === 0 ? 0 : now - days * DAY_MS,
		...aboutWhat(about, context),
		rules: field === 'tag' ? values.flatMap((tag) => rulesOf(tag, context)) : [],
	};
}

function rulesOf(tag: string, context: PlanContext): Plan[] {
	const rule = context.ruleOf(tag);
	return rule === null ? [] : [planOf(rule, context)];
}

const isBlind = (field: string): field is 'country' | 'industry' | 'role' | 'seniority' => (BLIND as ReadonlySet<string>).has(field);

/** What an `about` means in subjects of events. */
export function aboutWhat(about: string, { subjectsOf }: Pick<PlanContext, 'subjectsOf'>): Pick<Planned, 'subjects' | 'prefix'> {
	if (about.startsWith('topic:')) return { subjects: subjectsOf(about.slice('topic:'.length)), prefix: '' };
	if (about.includes(':')) return { subjects: [about], prefix: '' };
	return { subjects: null, prefix: about === '' ? '' : `${about}:` };
}
