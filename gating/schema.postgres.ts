import { postgresColumns } from '#kernel/columns.ts';

import { define } from './schema.ts';

/** The same tables for drizzle-kit's PostgreSQL migrations; queries import `schema.ts` in both dialects. */
export const {
	visitor,
	person,
	personLookup,
	lead,
	consent,
	consentText,
	formSubmission,
	grant,
	pass,
	event,
	scoringModel,
	move,
	merge,
	staffSession,
} = define(postgresColumns);
