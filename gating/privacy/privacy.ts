import { and, eq, isNotNull, isNull, ne, or } from 'drizzle-orm';

import type { Locale, Snapshot } from '#cms/content.ts';
import { recordAudit } from '#kernel/audit.ts';
import type { Now } from '#kernel/clock.ts';
import type { Database, Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import type { Random } from '#kernel/id.ts';
import type { Keys } from '#kernel/keys.ts';

import { markStale } from '../event/store.ts';
import { ensureLead } from '../identity/lead.ts';
import { contactOf, livingPerson } from '../identity/person.ts';
import { grant, merge, person } from '../schema.ts';
import { announce } from '../webhook/announce.ts';
import { readableRecord } from './readable.ts';
import type { PersonalDataSource } from './source.ts';

export interface PrivacyDeps {
	readonly db: Database;
	readonly now: Now;
	readonly random: Random;
	/** Every folder that keeps personal data; gating's own comes last, since it destroys the key that the others need. */
	readonly sources: () => readonly PersonalDataSource[];
}

/** Everything kept of a person, by part. The reading is audited. @throws DomainError not-found */
export async function exportPerson(
	{ db, now, random, sources }: PrivacyDeps,
	personId: string,
	actor: string,
): Promise<Readonly<Record<string, unknown>>> {
	return db.write(async (tx) => {
		await requirePerson(tx, personId);
		const parts: Record<string, unknown> = {};
		for (const source of sources()) parts[source.name] = await source.export(tx, personId);
		await recordAudit(tx, { actor, action: 'person.export', subject: `person:${personId}`, origin: '', detail: {} }, now(), random);
		return parts;
	});
}

/** The same as a page to read, in one file. @throws DomainError not-found */
export async function readablePerson(
	deps: PrivacyDeps & { readonly keys: Keys; readonly content: () => Snapshot },
	personId: string,
	actor: string,
	locale: Locale,
): Promise<string> {
	const { site } = deps.content();
	const row = await livingPerson(deps.db.read, personId);
	const parts = await exportPerson(deps, personId, actor);
	const mail = row === null ? '' : contactOf(deps.keys, row).email;
	return readableRecord({ locale, brand: site.brand, timeZone: row?.timeZone ?? site.timeZone, madeAt: deps.now(), mail, parts });
}

/** Forgets a person for good: without their key nothing sealed can be opened. Counts and sums stay as they were. @throws DomainError not-found */
export async function erasePerson({ db, now, random, sources }: PrivacyDeps, personId: string, actor: string): Promise<void> {
	await db.write(async (tx) => {
		const at = now();
		const { leadId, firstLeadId } = await requirePerson(tx, personId);
		for (const source of sources()) await source.erase(tx, personId);
		await tx.update(person).set({ dataKey: null, profile: null, imported: null, erasedAt: at }).where(eq(person.id, personId));
		await tx
			.update(grant)
			.set({ revokedAt: at })
			.where(and(eq(grant.personId, personId), isNull(grant.revokedAt)));
		for (const id of new Set([leadId, firstLeadId])) if (!(await hasOthers(tx, id, personId))) await forgetCompany(tx, id, at, random);
		await markStale(tx, [personId]);
		await announce(tx, { type: 'person.erased', personId, leadId }, at, random);
		await recordAudit(tx, { actor, action: 'person.erase', subject: `person:${personId}`, origin: '', detail: {} }, at, random);
	});
}

async function requirePerson(tx: Handle, personId: string) {
	const row = await livingPerson(tx, personId);
	if (!row) throw new DomainError('not-found', 'There is no such person, or they were erased.');
	return row;
}

/** A company of one person names them: it goes from the lead, and from what merges would put back. */
async function forgetCompany(tx: Handle, leadId: string, at: Date, random: Random): Promise<void> {
	await ensureLead(tx, leadId, { company: '', mailDomain: '' }, at, random);
	const journal = await tx.select({ id: merge.id, before: merge.before }).from(merge).where(eq(merge.intoLeadId, leadId));
	for (const { id, before } of journal)
		await tx
			.update(merge)
			.set({ before: { ...before, company: '', mailDomain: '' } })
			.where(eq(merge.id, id));
}

/** True while the lead has other persons whose company it names. */
async function hasOthers(tx: Handle, leadId: string, personId: string): Promise<boolean> {
	const [other] = await tx
		.select({ id: person.id })
		.from(person)
		.where(and(or(eq(person.leadId, leadId), eq(person.firstLeadId, leadId)), ne(person.id, personId), isNotNull(person.dataKey)))
		.limit(1);
	return other !== undefined;
}
