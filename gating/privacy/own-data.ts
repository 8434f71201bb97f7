import { and, eq, inArray, or } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import { hashSecret, newSecret, type Random } from '#kernel/id.ts';
import type { Keys } from '#kernel/keys.ts';
import { mailbox } from '#kernel/schema.ts';
import { touch } from '#kernel/touched.ts';

import { openingsOf } from '../access/rights.ts';
import { forgetArrivals } from '../channel/forget.ts';
import { consentStates } from '../consent/ledger.ts';
import { WORDED_TYPES } from '../event/catalog.ts';
import { contactOf, livingPerson } from '../identity/person.ts';
import { submissionsOf } from '../identity/submission.ts';
import {
	accessAsk,
	cleaningAllow,
	cleaningHit,
	consentText,
	event,
	fileOpening,
	formSubmission,
	grant,
	importBatch,
	importPart,
	importRow,
	pass,
	person,
	personAttribute,
	personLookup,
	touchpoint,
	visitor,
} from '../schema.ts';
import { importedOf } from '../import/attribute.ts';
import type { PersonalDataSource } from './source.ts';

/** What gating itself keeps of a person. */
export function gatingData({ keys, random }: { readonly keys: Keys; readonly random: Random }): PersonalDataSource {
	return Object.freeze<PersonalDataSource>({
		name: 'gating',
		export: (tx, personId) => exportOwn(tx, keys, personId),
		erase: (tx, personId) => eraseOwn(tx, personId, random),
	});
}

async function exportOwn(tx: Handle, keys: Keys, personId: string): Promise<unknown> {
	const row = await livingPerson(tx, personId);
	if (!row) return null;
	const consents = await consentStates(tx, personId);
	const hashes = consents.map(({ textHash }) => textHash);
	return {
		profile: contactOf(keys, row),
		consents,
		consentTexts: await tx.select().from(consentText).where(inArray(consentText.hash, hashes)),
		submissions: await submissionsOf(tx, keys, row),
		grants: await tx.select().from(grant).where(eq(grant.personId, personId)).orderBy(grant.createdAt),
		openings: await openingsOf(tx, personId),
		passes: await tx
			.select({
				createdAt: pass.createdAt,
				expiresAt: pass.expiresAt,
				revokedAt: pass.revokedAt,
				lastSeenDay: pass.lastSeenDay,
				agent: pass.agent,
				how: pass.how,
			})
			.from(pass)
			.where(eq(pass.personId, personId)),
		touchpoints: await tx.select().from(touchpoint).where(eq(touchpoint.personId, personId)).orderBy(touchpoint.at),
		imported: await importedOf(tx, keys, row),
		events: await tx.select().from(event).where(eq(event.personId, personId)).orderBy(event.at),
	};
}

/** Destroys the key, look-ups, passes and mails; events and consents stay as numbers of nobody. */
async function eraseOwn(tx: Handle, personId: string, random: Random): Promise<void> {
	const browsers = await tx.select({ id: visitor.id }).from(visitor).where(eq(visitor.personId, personId));
	for (const { id } of browsers) {
		await tx
			.update(visitor)
			.set({ hash: hashSecret(newSecret(random)), firstTouch: {} })
			.where(eq(visitor.id, id));
	}
	touch(tx, personId, ...browsers.map(({ id }) => id));
	await tx.update(person).set({ dataKey: null, profile: null, imported: null }).where(eq(person.id, personId));
	await tx
		.update(formSubmission)
		.set({ answers: Buffer.alloc(0) })
		.where(eq(formSubmission.personId, personId));
	const owned = browsers.map(({ id }) => id);
	await tx
		.update(event)
		.set({ props: {} })
		.where(and(or(eq(event.personId, personId), inArray(event.visitorId, owned)), inArray(event.type, [...WORDED_TYPES])));
	await forgetArrivals(tx, personId, owned);
	await eraseUnmatched(tx, personId);
	await tx.delete(personLookup).where(eq(personLookup.personId, personId));
	await eraseImported(tx, personId);
	await tx.delete(cleaningHit).where(eq(cleaningHit.personId, personId));
	await tx.delete(cleaningAllow).where(eq(cleaningAllow.personId, personId));
	await eraseAccess(tx, personId);
	await tx.delete(mailbox).where(eq(mailbox.personId, personId));
}

/** Which files they opened goes with its person, as do the browsers that asked for them; how often each was asked for stays with the events. */
async function eraseAccess(tx: Handle, personId: string): Promise<void> {
	const grants = tx.select({ id: grant.id }).from(grant).where(eq(grant.personId, personId));
	await tx.delete(accessAsk).where(inArray(accessAsk.grantId, grants));
	await tx.delete(fileOpening).where(eq(fileOpening.personId, personId));
	await tx.delete(pass).where(eq(pass.personId, personId));
}

/** Rows of lists that named them before they were known. */
async function eraseUnmatched(tx: Handle, personId: string): Promise<void> {
	const own = tx.select({ hash: personLookup.hash }).from(personLookup).where(eq(personLookup.personId, personId));
	await tx.update(importRow).set({ cells: null, hash: null }).where(inArray(importRow.hash, own));
}

/** What lists said goes with their key; so do the files they were in and the rows kept of these. */
async function eraseImported(tx: Handle, personId: string): Promise<void> {
	const rows = await tx.selectDistinct({ importId: importRow.importId }).from(importRow).where(eq(importRow.personId, personId));
	for (const { importId } of rows) {
		await tx.update(importBatch).set({ dataKey: null, sample: null }).where(eq(importBatch.id, importId));
		await tx.delete(importPart).where(eq(importPart.importId, importId));
		await tx.update(importRow).set({ cells: null, hash: null }).where(eq(importRow.importId, importId));
	}
	await tx.delete(personAttribute).where(eq(personAttribute.personId, personId));
}
