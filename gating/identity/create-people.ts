import { and, inArray, isNull } from 'drizzle-orm';

import type { Database, Handle } from '#kernel/database.ts';

import { person } from '../schema.ts';
import { contactOf, livingPerson } from './person.ts';
import type { Contact } from './profile.ts';
import { type IdentityDeps, type ResolveInput, type ResolveOutcome, resolvePerson } from './resolve.ts';
import { submissionsOf, type SubmissionView } from './submission.ts';
import { type VerifiedAct, type VerifiedActInput, verifiedAct } from './verify.ts';

/** What other folders may know of a person, and do for them. */
export interface People {
	/** Inside a body of the caller: the person of these answers, made if new. Answers of strangers wait for a verified act. */
	resolve(tx: Handle, input: ResolveInput): Promise<ResolveOutcome>;
	/** Inside a body of the caller: a link from the person's own mail was used in this browser. */
	verifiedAct(tx: Handle, input: VerifiedActInput): Promise<VerifiedAct>;
	/** Null when unknown or erased. */
	contact(personId: string): Promise<Contact | null>;
	/** Living persons of these leads. */
	ofLeads(leadIds: readonly string[]): Promise<readonly string[]>;
	/** Everything the person asked for, newest first; empty when unknown or erased. */
	submissions(personId: string): Promise<readonly SubmissionView[]>;
	/** Encrypts with the person's key; null when erased. Pass `tx` inside a body. */
	seal(personId: string, context: string, text: string, tx?: Handle): Promise<Buffer | null>;
	/** 32 bytes of the person's own, to encrypt files that name them; null when erased. */
	fileKey(personId: string, context: string): Promise<Buffer | null>;
	/** Opens what `seal` made; null when erased. */
	unseal(personId: string, context: string, sealed: Buffer, tx?: Handle): Promise<string | null>;
}

export function createPeople(deps: IdentityDeps & { readonly db: Database }): People {
	const { db, keys } = deps;
	return Object.freeze<People>({
		resolve: (tx, input) => resolvePerson(deps, tx, input),
		verifiedAct: (tx, input) => verifiedAct(deps, tx, input),
		contact: async (personId) => {
			const row = await livingPerson(db.read, personId);
			return row ? contactOf(keys, row) : null;
		},
		ofLeads: async (leadIds) => {
			const rows = await db.read
				.select({ id: person.id })
				.from(person)
				.where(and(inArray(person.leadId, [...leadIds]), isNull(person.erasedAt)));
			return rows.map(({ id }) => id);
		},
		submissions: async (personId) => {
			const row = await livingPerson(db.read, personId);
			return row ? submissionsOf(db.read, keys, row) : [];
		},
		seal: async (personId, context, text, tx = db.read) => {
			const row = await livingPerson(tx, personId);
			return row ? keys.seal(row.dataKey, context, text) : null;
		},
		fileKey: async (personId, context) => {
			const row = await livingPerson(db.read, personId);
			return row ? keys.derive(row.dataKey, context) : null;
		},
		unseal: async (personId, context, sealed, tx = db.read) => {
			const row = await livingPerson(tx, personId);
			return row ? keys.unseal(row.dataKey, context, sealed) : null;
		},
	});
}
