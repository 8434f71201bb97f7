import type { FormField } from '#cms/content.ts';

import type { Profile } from '../identity/profile.ts';
import { holds, standingOf } from './rule.ts';

/** Unknown fields that a later form may ask for. */
export const MOST_UNKNOWN_FIELDS = 2;

/** What is asked for first when there is more to learn than a form may ask; the editor's order decides among the others. */
const PRIORITY = ['name', 'company', 'jobTitle', 'region', 'city', 'industry', 'phone', 'need', 'budget'];

/**
 * The fields to ask now, in the editor's order. A stranger (`known` null) is asked what is required; of a verified person
 * what is known is not asked again, and of the rest two fields at most. What belongs to this one request, such as a
 * message, is always asked. A field that hangs on another is asked along with it, or where what is known fits.
 */
export function fieldsToAsk(fields: readonly FormField[], known: Profile | null): readonly FormField[] {
	const asked = known === null ? strangersFields(fields) : knownFields(fields, known);
	return fields.filter((field) => asked.has(field));
}

/** True for what is said about this request and not about the person. */
function isOfRequest({ kind }: FormField): boolean {
	return kind === 'free-text' || kind === 'checkbox';
}

/** What no person is ever asked: the hub answers it. */
const isSilent = ({ kind }: FormField): boolean => kind === 'channel';

function strangersFields(fields: readonly FormField[]): ReadonlySet<FormField> {
	const asked = new Set<FormField>();
	for (const field of fields) {
		const { rule } = field;
		const other = rule && [...asked].find(({ name }) => name === rule.field);
		const isWanted = rule === null ? field.isRequired || isOfRequest(field) : Boolean(other) || (rule.effect === 'require' && isOfRequest(field));
		if (!isSilent(field) && (isWanted || field.name === 'email')) asked.add(field);
	}
	return asked;
}

function knownFields(fields: readonly FormField[], known: Profile): ReadonlySet<FormField> {
	const asked = new Set<FormField>();
	for (const field of fields) if (isOfRequest(field) && canBeAsked(field, asked, known)) asked.add(field);
	// What hangs on an answer to this request is part of the request, too.
	const ofRequest = [...asked];
	for (const field of fields) if (ofRequest.some(({ name }) => name === field.rule?.field) && !isSilent(field)) asked.add(field);

	const unknown = fields
		.filter((field) => !asked.has(field) && !isSilent(field) && field.name !== 'email' && !isKnown(known, field.name))
		.sort((a, b) => rank(a, known) - rank(b, known));
	for (let places = MOST_UNKNOWN_FIELDS; places > 0; places--) {
		const next = unknown.find((field) => !asked.has(field) && canBeAsked(field, asked, known));
		if (next) asked.add(next);
	}
	return asked;
}

function canBeAsked({ rule }: FormField, asked: ReadonlySet<FormField>, known: Profile): boolean {
	if (rule?.effect !== 'show') return true;
	return holds(rule, { ...known }) || [...asked].some(({ name }) => name === rule.field);
}

function isKnown(known: Profile, name: string): boolean {
	return Object.hasOwn(known, name) && Boolean(known[name as keyof Profile]);
}

/** Required before optional, then by priority. */
function rank(field: FormField, known: Profile): number {
	const place = PRIORITY.indexOf(field.name);
	return (standingOf(field, { ...known }).isRequired ? 0 : PRIORITY.length + 1) + (place === -1 ? PRIORITY.length : place);
}
