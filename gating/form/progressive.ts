import type { FormField } from '#cms/content.ts';

import type { Profile } from '../identity/profile.ts';

/** Unknown fields that a later form may ask for. */
export const MOST_UNKNOWN_FIELDS = 2;

/** What is asked for first when there is more to learn than a form may ask; the editor's order decides among the others. */
const PRIORITY = ['name', 'company', 'jobTitle', 'region', 'industry', 'phone', 'need', 'budget'];

/**
 * The fields to ask now, in the editor's order. A stranger (`known` null) is asked what is required; of a verified person
 * what is known is not asked again, and of the rest two fields at most. What belongs to this one request, such as a
 * message, is always asked.
 */
export function fieldsToAsk(fields: readonly FormField[], known: Profile | null): readonly FormField[] {
	if (known === null) return fields.filter((field) => field.isRequired || isOfRequest(field));
	const unknown = fields.filter((field) => !isOfRequest(field) && field.name !== 'email' && !isKnown(known, field.name));
	const chosen = new Set([...unknown].sort((a, b) => rank(a) - rank(b)).slice(0, MOST_UNKNOWN_FIELDS));
	return fields.filter((field) => isOfRequest(field) || chosen.has(field));
}

/** True for what is said about this request and not about the person. */
function isOfRequest({ kind }: FormField): boolean {
	return kind === 'free-text' || kind === 'checkbox';
}

function isKnown(known: Profile, name: string): boolean {
	return Object.hasOwn(known, name) && Boolean(known[name as keyof Profile]);
}

/** Required before optional, then by priority. */
function rank({ isRequired, name }: FormField): number {
	const place = PRIORITY.indexOf(name);
	return (isRequired ? 0 : PRIORITY.length + 1) + (place === -1 ? PRIORITY.length : place);
}
