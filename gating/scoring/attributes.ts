import { readJobTitle, type JobRole, type Seniority } from './job-title.ts';
import type { MailKind, Predicate } from './model.ts';

/** What a lead is, as far as fit rules ask. Null is unknown. */
export interface Attributes {
	readonly jobTitle: string | null;
	/** Slug of an industry term. */
	readonly industry: string | null;
	readonly mail: MailKind | null;
	readonly company: string | null;
	/** ISO 3166 code. */
	readonly country: string | null;
}

export const NOTHING_KNOWN: Attributes = Object.freeze({ jobTitle: null, industry: null, mail: null, company: null, country: null });

/** What a predicate found: the value that made it true, as a code for the receipt; null when it does not apply. */
export function evidenceOf(predicate: Predicate, attributes: Attributes): string | null {
	switch (predicate.attribute) {
		case 'job-role': {
			const roles = rolesOf(attributes);
			return predicate.anyOf.find((role) => roles.includes(role)) ?? null;
		}
		case 'seniority': {
			const seniority = seniorityOf(attributes);
			return seniority !== null && predicate.anyOf.includes(seniority) ? seniority : null;
		}
		case 'industry':
			return among(attributes.industry, predicate.anyOf);
		case 'mail':
			return attributes.mail !== null && predicate.anyOf.includes(attributes.mail) ? attributes.mail : null;
		case 'company':
			return (attributes.company !== null) === predicate.known ? (predicate.known ? 'known' : 'unknown') : null;
		case 'country':
			return among(attributes.country, predicate.anyOf);
	}
}

function rolesOf({ jobTitle }: Attributes): readonly JobRole[] {
	return jobTitle === null ? [] : readJobTitle(jobTitle).roles;
}

function seniorityOf({ jobTitle }: Attributes): Seniority | null {
	return jobTitle === null ? null : readJobTitle(jobTitle).seniority;
}

function among(value: string | null, anyOf: readonly string[]): string | null {
	return value !== null && (anyOf.includes(value) || anyOf.includes('*')) ? value : null;
}
