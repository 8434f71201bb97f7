import { DAY_MS } from '#kernel/clock.ts';

import type { Condition, Conditions } from './condition.ts';
import { aboutWhat, type PlanContext } from './plan.ts';

/** What a lead's tags and segments are judged by, in clear. */
export interface LeadFacts {
	readonly stage: string;
	readonly grade: string;
	readonly workingState: string;
	/** Hundredths of a point. */
	readonly total: number;
	readonly lastActivityAt: Date;
	readonly createdAt: Date;
	/** Tags that staff and lists put on its people and their accounts and that are not over. */
	readonly marks: ReadonlySet<string>;
	readonly accounts: readonly { readonly status: string; readonly industry: string; readonly size: string; readonly country: string }[];
	/** `<kind>:<value>` of what people are looked up by. */
	readonly terms: ReadonlySet<string>;
	/** Purposes that somebody's last word said yes to. */
	readonly consents: ReadonlySet<string>;
	/** Of people who have not objected to being profiled. */
	readonly events: readonly FactEvent[];
	readonly channels: ReadonlySet<string>;
	readonly imports: ReadonlySet<string>;
}

export interface FactEvent {
	readonly id: string;
	readonly type: string;
	readonly subject: string;
	readonly at: Date;
}

export type FactContext = Pick<PlanContext, 'subjectsOf' | 'channelsUnder' | 'ruleOf'> & { readonly now: Date };

/** Whether conditions hold for a lead. What {@link matching} asks a database, asked of one lead in memory. */
export function holds({ match, groups }: Conditions, facts: LeadFacts, context: FactContext): boolean {
	if (groups.length === 0) return true;
	const outcomes = groups.map((group) => {
		const all = group.conditions.map((one) => holdsOne(one, facts, context));
		return group.match === 'all' ? all.every(Boolean) : all.some(Boolean) === (group.match === 'any');
	});
	return match === 'all' ? outcomes.every(Boolean) : outcomes.some(Boolean);
}

export function holdsOne(one: Condition, facts: LeadFacts, context: FactContext): boolean {
	return isTrue(one, facts, context) !== one.isNot;
}

function isTrue(one: Condition, facts: LeadFacts, context: FactContext): boolean {
	const isAmong = (value: string) => one.values.includes(value);
	const since = sinceOf(one, context.now);
	switch (one.field) {
		case 'stage':
			return isAmong(facts.stage);
		case 'grade':
			return isAmong(facts.grade);
		case 'state':
			return isAmong(facts.workingState);
		case 'score':
			return facts.total >= one.least * 100;
		case 'active':
			return facts.lastActivityAt.getTime() >= since;
		case 'known':
			return facts.createdAt.getTime() >= since;
		case 'tag':
			return one.values.some((tag) => carries(tag, facts, context));
		case 'account':
			return facts.accounts.length > 0;
		case 'account-status':
			return facts.accounts.some(({ status }) => isAmong(status));
		case 'account-industry':
			return facts.accounts.some(({ industry }) => isAmong(industry));
		case 'account-size':
			return facts.accounts.some(({ size }) => isAmong(size));
		case 'account-country':
			return facts.accounts.some(({ country }) => isAmong(country));
		case 'country':
		case 'industry':
		case 'role':
		case 'seniority':
			return one.values.some((value) => facts.terms.has(`${one.field}:${value}`));
		case 'consent':
			return one.values.some((purpose) => facts.consents.has(purpose));
		case 'did':
			return evidenceOf(one, facts, context).length >= one.least;
		case 'webinar':
			return evidenceOf(one, facts, context).length > 0;
		case 'channel':
			return one.values.some((code) => context.channelsUnder(code).some((under) => facts.channels.has(under)));
		case 'import':
			return one.values.some((id) => facts.imports.has(id));
	}
}

/** Whether a lead carries a tag: by a mark or by its rule. */
export function carries(tag: string, facts: LeadFacts, context: FactContext): boolean {
	const rule = context.ruleOf(tag);
	return facts.marks.has(tag) || (rule !== null && holds(rule, facts, context));
}

/** The events that a condition on behaviour counts, newest first; empty for other conditions. */
export function evidenceOf(one: Condition, { events }: Pick<LeadFacts, 'events'>, context: FactContext): FactEvent[] {
	const { subjects, prefix } = aboutWhat(one.about, context);
	const since = sinceOf(one, context.now);
	const fits = ({ subject, at }: FactEvent) =>
		at.getTime() >= since && (subjects ? subjects.includes(subject) : subject.startsWith(prefix) || `${subject}:` === prefix);
	const of = (type: string) => events.filter((each) => each.type === type && fits(each));
	const newest = (found: FactEvent[]) => found.sort((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1));
	if (one.field === 'did') return newest(events.filter((each) => (one.values.length === 0 || one.values.includes(each.type)) && fits(each)));
	if (one.field !== 'webinar') return [];
	return newest(
		one.values.flatMap((outcome) => {
			if (outcome !== 'missed') return of(`webinar.${outcome}`);
			const attended = new Set(of('webinar.attended').map(({ subject }) => subject));
			return of('webinar.registered').filter(({ subject }) => !attended.has(subject));
		}),
	);
}

const sinceOf = ({ days }: Condition, now: Date): number => (days === 0 ? 0 : now.getTime() - days * DAY_MS);
