import { DomainError } from '#kernel/errors.ts';

import { isStorable } from '../event/props.ts';

/** What a condition can ask. The words for each are in `kernel/texts`, area people. */
export const FIELDS = [
	'stage',
	'grade',
	'state',
	'score',
	'tag',
	'account',
	'account-status',
	'account-industry',
	'account-size',
	'account-country',
	'country',
	'industry',
	'role',
	'seniority',
	'consent',
	'did',
	'webinar',
	'channel',
	'active',
	'known',
	'import',
] as const;
export type Field = (typeof FIELDS)[number];

/** How a field is asked: any of some values, a number at least, a number of days, or behaviour (values, what about, how often, in how many days). */
export const KIND_OF: Readonly<Record<Field, 'choice' | 'number' | 'days' | 'bare' | 'behaviour'>> = {
	stage: 'choice',
	grade: 'choice',
	state: 'choice',
	score: 'number',
	tag: 'choice',
	account: 'bare',
	'account-status': 'choice',
	'account-industry': 'choice',
	'account-size': 'choice',
	'account-country': 'choice',
	country: 'choice',
	industry: 'choice',
	role: 'choice',
	seniority: 'choice',
	consent: 'choice',
	did: 'behaviour',
	webinar: 'behaviour',
	channel: 'choice',
	active: 'days',
	known: 'days',
	import: 'choice',
};

export interface Condition {
	readonly field: Field;
	/** True: those for whom it does not hold. */
	readonly isNot: boolean;
	/** Any of these; of `did`, kinds of events, none for any. */
	readonly values: readonly string[];
	/** Of `did` and `webinar`: `<type>`, `<type>:<content id>`, `topic:<slug>`, or '' for anything. */
	readonly about: string;
	/** Points at least, or times at least. */
	readonly least: number;
	/** Days back from the moment of asking; 0 for ever. */
	readonly days: number;
}

export interface Group {
	readonly match: 'all' | 'any' | 'none';
	readonly conditions: readonly Condition[];
}

/** Groups of conditions, two levels in all. No group: everybody. */
export interface Conditions {
	readonly match: 'all' | 'any';
	readonly groups: readonly Group[];
}

export const EVERYBODY: Conditions = Object.freeze({ match: 'all', groups: [] });
export const WEBINAR_OUTCOMES = ['registered', 'attended', 'missed'] as const;

const MOST_GROUPS = 8;
const MOST_CONDITIONS = 12;
const MOST_VALUES = 60;
const LONGEST_VALUE = 120;
const MOST_DAYS = 3_650;
const MOST_LEAST = 100_000;
const ABOUT = /^(?:[a-z_-]{1,40}(?::[\p{L}\p{N}_-]{1,80})?)?$/u;

/**
 * The conditions and nothing beside them, whatever the caller's object has.
 *
 * @throws DomainError invalid with the place of what is wrong as field, such as `groups.0.conditions.1.values`.
 */
export function requireConditions(input: unknown): Conditions {
	const given = (input ?? {}) as { readonly match?: unknown; readonly groups?: unknown };
	if (!Array.isArray(given.groups) || given.groups.length > MOST_GROUPS) throw wrong('groups', 'too-many');
	return { match: given.match === 'any' ? 'any' : 'all', groups: given.groups.map((group, index) => requireGroup(group, `groups.${index}`)) };
}

function requireGroup(input: unknown, place: string): Group {
	const given = (input ?? {}) as { readonly match?: unknown; readonly conditions?: unknown };
	const match = (['all', 'any', 'none'] as const).find((known) => known === given.match);
	if (!match) throw wrong(`${place}.match`, 'choice');
	if (!Array.isArray(given.conditions) || given.conditions.length === 0) throw wrong(`${place}.conditions`, 'required');
	if (given.conditions.length > MOST_CONDITIONS) throw wrong(`${place}.conditions`, 'too-many');
	return { match, conditions: given.conditions.map((one, index) => requireCondition(one, `${place}.conditions.${index}`)) };
}

function requireCondition(input: unknown, place: string): Condition {
	const given = (input ?? {}) as Readonly<Record<keyof Condition, unknown>>;
	const field = FIELDS.find((known) => known === given.field);
	if (!field) throw wrong(`${place}.field`, 'choice');
	const kind = KIND_OF[field];
	const hasValues = kind === 'choice' || kind === 'behaviour';
	const values = hasValues && Array.isArray(given.values) ? [...new Set(given.values.map(String))].sort() : [];
	if (values.length > MOST_VALUES || values.some((value) => value === '' || value.length > LONGEST_VALUE || !isStorable(value)))
		throw wrong(`${place}.values`, 'choice');
	if ((kind === 'choice' || field === 'webinar') && values.length === 0) throw wrong(`${place}.values`, 'required');
	if (field === 'webinar' && values.some((value) => !(WEBINAR_OUTCOMES as readonly string[]).includes(value)))
		throw wrong(`${place}.values`, 'choice');
	const about = kind === 'behaviour' ? String(given.about ?? '') : '';
	if (!ABOUT.test(about)) throw wrong(`${place}.about`, 'choice');
	const days = kind === 'days' || kind === 'behaviour' ? wholeNumber(given.days, MOST_DAYS, `${place}.days`) : 0;
	if (kind === 'days' && days === 0) throw wrong(`${place}.days`, 'required');
	const least = kind === 'number' || field === 'did' ? wholeNumber(given.least, MOST_LEAST, `${place}.least`) : 0;
	return { field, isNot: given.isNot === true, values, about, least: field === 'did' ? Math.max(1, least) : least, days };
}

function wholeNumber(value: unknown, most: number, place: string): number {
	const number = Number(value ?? 0);
	if (!Number.isInteger(number) || number < 0 || number > most) throw wrong(place, 'number');
	return number;
}

const wrong = (field: string, code: string) => new DomainError('invalid', 'The conditions cannot be used.', { fields: [{ field, code }] });

/** A condition from the parts that differ from its defaults. */
export const condition = (field: Field, over: Partial<Condition> = {}): Condition => ({
	...{ field, isNot: false, values: [], about: '', least: field === 'did' ? 1 : 0, days: 0 },
	...over,
});

/** One group of conditions that must all hold. */
export const allOf = (...conditions: readonly Condition[]): Conditions => ({ match: 'all', groups: [{ match: 'all', conditions }] });
