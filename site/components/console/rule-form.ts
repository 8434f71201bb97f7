import type { ModelEdit, Part, ScoringModel } from '#gating';
import type { FieldError } from '#kernel/errors.ts';

import { pointsText } from './format.ts';

type AnyRule = ScoringModel['fit'][number] | ScoringModel['engagement'][number] | ScoringModel['situations'][number];
/** What is in the fields, as typed. */
export type Typed = ReadonlyMap<string, readonly string[]>;

/** Points as typed, in hundredths; NaN where they are no number of at most two decimals. */
export function hundredths(text: string): number {
	const plain = text.trim().replace('−', '-').replace(',', '.');
	return /^-?\d{1,9}(?:\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : NaN;
}

const whole = (text: string): number => (/^\d{1,9}$/.test(text.trim()) ? Number(text) : NaN);
const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** The fields of a posted form. */
export function typedOf(data: FormData): Typed {
	const typed = new Map<string, string[]>();
	for (const [name, value] of data) if (typeof value === 'string') typed.set(name, [...(typed.get(name) ?? []), value.slice(0, 400)]);
	return typed;
}

export const textOf = (typed: Typed, name: string): string => typed.get(name)?.[0] ?? '';

/** What the form says, as a rule that the model still has to accept. */
export function ruleOf(part: Part, typed: Typed): unknown {
	const text = (name: string) => textOf(typed, name);
	const base = { name: text('name').trim(), points: hundredths(text('points')) };
	if (part === 'fit') return { ...base, when: whenOf(text('about'), typed) };
	if (part === 'situations') {
		const people = text('about') === 'surge' ? { people: whole(text('people')) } : {};
		return { ...base, kind: text('about'), ...people, days: whole(text('days')) };
	}
	return {
		...base,
		...{ event: text('event'), subject: orNull(text('subject')), topic: orNull(text('topic')), stageRole: orNull(text('stageRole')) },
		path: orNull(text('path')),
		atLeast: text('prop') === '' ? null : { prop: text('prop'), value: whole(text('value')) },
		cap: text('cap').trim() === '' ? null : hundredths(text('cap')),
		capPer: text('capPer'),
		decay: text('decay') === '' ? null : { kind: text('decay'), days: whole(text('days')) },
	};
}

function whenOf(attribute: string, typed: Typed): unknown {
	if (attribute === 'company') return { attribute, known: textOf(typed, 'known') === 'known' };
	if (attribute === 'unsubscribed') return { attribute };
	if (attribute !== 'country') return { attribute, anyOf: typed.get('anyOf') ?? [] };
	const codes = textOf(typed, 'anyOf').toUpperCase().split(/[\s,，、;]+/u); // prettier-ignore
	return { attribute, anyOf: codes.filter((code) => code !== '') };
}

/** A rule as its form shows it. */
export function typedOfRule(rule: AnyRule): Typed {
	const typed = new Map<string, readonly string[]>();
	const put = (name: string, value: string | number | null) => typed.set(name, [value === null ? '' : String(value)]);
	put('name', rule.name);
	put('points', pointsText(rule.points));
	if ('when' in rule) {
		const { when } = rule;
		put('about', when.attribute);
		if (when.attribute === 'company') put('known', when.known ? 'known' : 'unknown');
		if (when.attribute === 'country') put('anyOf', when.anyOf.join(', '));
		else if ('anyOf' in when) typed.set('anyOf', when.anyOf);
	} else if ('kind' in rule) {
		put('about', rule.kind);
		put('days', rule.days);
		if (rule.kind === 'surge') put('people', rule.people);
	} else {
		for (const name of ['event', 'subject', 'topic', 'stageRole', 'path', 'capPer'] as const) put(name, rule[name]);
		put('prop', rule.atLeast?.prop ?? null);
		put('value', rule.atLeast?.value ?? null);
		put('cap', rule.cap === null ? null : pointsText(rule.cap));
		put('decay', rule.decay?.kind ?? null);
		put('days', rule.decay?.days ?? null);
	}
	return typed;
}

/** Codes by the form's field, of the errors of a whole model: the last name of each path is the field. */
export function errorsByField(fields: readonly FieldError[]): ReadonlyMap<string, string> {
	const known = new Map<string, string>();
	for (const { field, code } of fields) {
		const path = field.split('.');
		const anyOf = path.includes('anyOf') ? 'anyOf' : null;
		const name = anyOf ?? (path.at(-2) === 'grades' || path[0] === 'grades' || path[0] === 'mql' ? field : (path.at(-1) ?? ''));
		if (!known.has(name)) known.set(name, code);
	}
	return known;
}

/** What a post of the page of a rule does to the draft. */
export function editOf(part: Part, was: string | null, typed: Typed): ModelEdit {
	if (textOf(typed, 'action') === 'remove') return { kind: 'remove', part, name: was ?? '' };
	return { kind: 'rule', part, was, rule: ruleOf(part, typed) };
}
