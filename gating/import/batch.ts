import type { Purpose } from '../consent/purpose.ts';
import type { PresenceTarget } from './presence.ts';

/** Where an import stands. A crash leaves `running` and `undoing` as they are: the job goes on. */
export type ImportState = 'uploaded' | 'checking' | 'checked' | 'running' | 'done' | 'failed' | 'undoing' | 'undone';

/** What a column may become: a field of the profile, a part of the name, consent, tags, an attribute under the column's own heading, or nothing. */
export const TARGETS = [
	'ignore',
	'name',
	'familyName',
	'givenName',
	'email',
	'phone',
	'company',
	'jobTitle',
	'region',
	'industry',
	'consent',
	'tag',
	'attribute',
] as const;
/** In a list of a session a column may also say who was there. */
export type ImportTarget = (typeof TARGETS)[number] | PresenceTarget;

/** Target per column, in the file's order. */
export type ImportMapping = readonly ImportTarget[];

/** On what ground the people of a list may be kept and written to. */
export interface ImportBasis {
	/** `request`: they asked for contact; `consent`: they agreed to purposes; `interest`: legitimate interest, nothing agreed. */
	readonly kind: 'request' | 'consent' | 'interest';
	/** Purposes they agreed to; empty unless `consent`. */
	readonly purposes: readonly Purpose[];
	/** How and where they agreed, in staff's words, as it stood on the form or was said. */
	readonly statement: string;
}

/** Whom a list adds to: everybody in it, or only who is on record already. */
export const REACHES = ['people', 'known'] as const;
export type ImportReach = (typeof REACHES)[number];

export const BASIS_KINDS = ['request', 'consent', 'interest'] as const satisfies readonly ImportBasis['kind'][];

/** What may be agreed to at a stand or on the phone. What a browser is recognised by can only be agreed to in it. */
export const IMPORT_PURPOSES = [
	'profiling',
	'marketing.email',
	'marketing.sms',
	'marketing.phone',
	'dealers',
	'abroad',
] as const satisfies readonly Purpose[];

/** The largest file and the longest list taken. */
export const MOST_BYTES = 32 * 1_048_576;
export const MOST_ROWS = 200_000;
export const MOST_COLUMNS = 100;
