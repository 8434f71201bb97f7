import type { AccountSize, AccountStatus } from '../account/account.ts';
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
	/** Of the account. */
	readonly size: AccountSize | null;
	readonly account: AccountStatus | null;
	/** A person of the lead ended our mails. */
	readonly isUnsubscribed: boolean;
}

export const NOTHING_KNOWN: Attributes = Object.freeze({
	jobTitle: null,
	industry: null,
	mail: null,
	company: null,
	country: null,
	size: null,
	account: null,
	isUnsubscribed: false,
});

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
			return among(attributes.mail, predicate.anyOf);
		case 'company':
			return (attributes.company !== null) === predicate.known ? (predicate.known ? 'known' : 'unknown') : null;
		case 'country':
			return among(attributes.country, predicate.anyOf);
		case 'size':
			return among(attributes.size, predicate.anyOf);
		case 'account':
			return among(attributes.account, predicate.anyOf);
		case 'unsubscribed':
			return attributes.isUnsubscribed ? 'unsubscribed' : null;
	}
}

const titles = new Map<string, ReturnType<typeof readJobTitle>>();
const MOST_TITLES = 5_000;

/** Of a few thousand titles that come again and again, each is read once. */
function titleOf(jobTitle: string): ReturnType<typeof readJobTitle> {
	let read = titles.get(jobTitle);
	if (!read) {
		if (titles.size >= MOST_TITLES) titles.clear();
		titles.set(jobTitle, (read = readJobTitle(jobTitle)));
	}
	return read;
}

function rolesOf({ jobTitle }: Attributes): readonly JobRole[] {
	return jobTitle === null ? [] : titleOf(jobTitle).roles;
}

function seniorityOf({ jobTitle }: Attributes): Seniority | null {
	return jobTitle === null ? null : titleOf(jobTitle).seniority;
}

function among(value: string | null, anyOf: readonly string[]): string | null {
	return value !== null && (anyOf.includes(value) || anyOf.includes('*')) ? value : null;
}
