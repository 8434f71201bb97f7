import { and, eq, sql } from 'drizzle-orm';

import { localDay } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import { idSequence } from '#kernel/id.ts';
import { locks } from '#kernel/schema.ts';
import { touch } from '#kernel/touched.ts';

import { placePeople, placePerson } from '../account/place.ts';
import type { Wording } from '../consent/text.ts';
import { markStale } from '../event/store.ts';
import { leadFactsOf } from '../identity/person.ts';
import { mailLock } from '../identity/resolve.ts';
import { quarantine } from '../identity/submission.ts';
import { importBatch, importRow, lead, person, personLookup } from '../schema.ts';
import { foldWords } from './attribute.ts';
import type { BatchRow, ImportDeps } from './create-imports.ts';
import { findKnown, type Known, type PersonRow } from './known.ts';
import type { PreparedGroup, PreparedRow, RowRefusal } from './prepare.ts';
import type { Batch, Resolved } from './reading.ts';
import { insertAgreed } from './agreed.ts';
import { presenceTold, sessionRows } from './sessions.ts';
import { markPeople } from './tag-marks.ts';
import { insertAttributes, insertHits, insertLeads, insertLookups, insertPersons, insertRows, insertTouches } from './store-rows.ts';

export interface StoreInput {
	readonly batch: BatchRow;
	readonly read: Batch;
	readonly known: Known;
	readonly resolved: ReadonlyMap<string, Resolved>;
	readonly taken: ReadonlySet<string>;
	readonly wordings: readonly Wording[];
	/** Rows stored before this batch. */
	readonly from: number;
}

/**
 * Stores a batch in one body. `changed` means that somebody else made or changed one of its people since they were looked for: look again.
 * `elsewhere`: another run of the import has stored it.
 */
export async function storeBatch(deps: ImportDeps, tx: Handle, input: StoreInput): Promise<'stored' | 'changed' | 'elsewhere'> {
	const { batch, read, known, from } = input;
	if (deps.db.dialect === 'postgres') await holdMails(tx, deps, read.groups);
	const present = await findKnown(tx, read.groups);
	const isSame = read.groups.every(({ hash }) => isSamePerson(present.get(hash), known.get(hash)));
	if (!isSame) return 'changed';
	const advanced = await tx
		.update(importBatch)
		.set({ done: read.done })
		.where(and(eq(importBatch.id, batch.id), eq(importBatch.done, from), eq(importBatch.state, 'running')))
		.returning({ id: importBatch.id });
	if (advanced.length === 0) return 'elsewhere';

	const at = batch.startedAt ?? deps.now();
	const nextId = idSequence(deps.now(), deps.random);
	const isKnownOnly = batch.reach === 'known';
	const met = isKnownOnly ? read.groups.filter(({ hash }) => present.has(hash)) : read.groups;
	const placed = met.map((group) => place(group, present.get(group.hash), nextId));
	if (isKnownOnly)
		await insertRows(
			tx,
			unmatchedRows(
				batch.id,
				read.groups.filter(({ hash }) => !present.has(hash)),
				input.taken,
			),
		);
	await insertNew(
		deps,
		tx,
		placed.filter(({ isNew }) => isNew),
		batch,
		at,
	);
	await addToKnown(
		deps,
		tx,
		placed.filter(({ isNew }) => !isNew),
		input,
	);
	await insertTraces(deps, tx, placed, input, at, nextId);
	const { id: importId, session, channel } = batch;
	if (session) for (const one of deps.sessions ?? []) await one.store(tx, { importId, session, channel, rows: sessionRows(placed) });
	return 'stored';
}

/** A row that names nobody: only its cells are kept, for the file of errors. */
export const refusedRow = (importId: string, { row, error, cells }: RowRefusal) => ({
	...{ importId, row, outcome: 'error', reasons: [error], match: '', personId: null },
	cells: Buffer.from(cells),
});

/** Rows of a list for known people that is about nobody on record. A phone that somebody has does not stand for an address that nobody has. */
export function unmatchedRows(importId: string, groups: readonly PreparedGroup[], taken: ReadonlySet<string>) {
	return groups.flatMap(({ hash, rows }) =>
		rows.map(({ row, cells }) => ({
			...{ importId, row, outcome: 'unmatched', reasons: [taken.has(hash) ? 'unmatched-phone' : 'unmatched'], match: '', personId: null },
			cells: cells && Buffer.from(cells),
			hash,
		})),
	);
}

/** What of a row goes on record. A phone that somebody else has is told with the rest, and presence that cannot be counted. */
export function findingsOf({ outcome, reasons, hits, presence }: PreparedRow, isTaken: boolean): Pick<PreparedRow, 'outcome' | 'reasons' | 'hits'> {
	const uncounted = presence?.kind === 'outside' || presence?.kind === 'unknown' ? [`presence-${presence.kind}`] : [];
	if (!isTaken && uncounted.length === 0) return { outcome, reasons, hits };
	return {
		outcome: outcome === 'accept' ? 'flag' : outcome,
		reasons: [...reasons, ...(isTaken ? ['duplicate'] : []), ...uncounted],
		hits: isTaken ? [...hits, { rule: 'duplicate', field: 'phone', outcome: 'flag' }] : hits,
	};
}

export interface Placed {
	readonly group: PreparedGroup;
	readonly personId: string;
	readonly leadId: string;
	readonly isNew: boolean;
}

function place(group: PreparedGroup, row: PersonRow | undefined, nextId: () => string): Placed {
	return row ? { group, personId: row.id, leadId: row.leadId, isNew: false } : { group, personId: nextId(), leadId: nextId(), isNew: true };
}

function isSamePerson(one: PersonRow | undefined, other: PersonRow | undefined): boolean {
	if (!one || !other) return one === other;
	return one.id === other.id && sameBytes(one.profile, other.profile) && sameBytes(one.imported, other.imported);
}

const sameBytes = (one: Buffer | null, other: Buffer | null): boolean =>
	one === null || other === null ? one === other : Buffer.compare(one, other) === 0;

async function insertNew({ random, timeZone }: ImportDeps, tx: Handle, placed: readonly Placed[], { locale }: BatchRow, at: Date): Promise<void> {
	const fresh = placed.flatMap(({ group, ...ids }) => (group.fresh ? [{ ...ids, group, ...group.fresh }] : []));
	await insertLeads(
		tx,
		fresh.map(({ leadId, company, mailDomain, group }) => ({
			...{ id: leadId, stage: 'suspect', workingState: isDoubtful(group) ? 'quarantine' : 'open', company, mailDomain },
			...{ fit: 0, engagement: 0, total: 0, grade: 'D4', modelVersion: 0, scoredDay: '', hasDecay: false, lastActivityAt: at, createdAt: at },
		})),
	);
	await insertPersons(
		tx,
		fresh.map(({ personId, leadId, dataKey, imported }) => ({
			...{ id: personId, leadId, firstLeadId: leadId, dataKey, imported: Buffer.from(imported) },
			...{ locale, timeZone: timeZone(), createdAt: at },
		})),
	);
	await insertLookups(
		tx,
		fresh.flatMap(({ personId, lookups }) => lookups.map((one) => ({ ...one, personId }))),
	);
	await placePeople(
		tx,
		fresh.map(({ personId, group }) => ({ personId, profile: foldWords(group.rows.map(({ words }) => ({ ...words, at: 0, importId: '' }))) })),
		at,
		random,
	);
}

/** Their own words stay as they are; what lists say is put together anew. Leads of several people keep their company. */
async function addToKnown({ keys, now, random }: ImportDeps, tx: Handle, placed: readonly Placed[], { resolved, batch }: StoreInput): Promise<void> {
	for (const { group, personId, leadId } of placed) {
		const worked = resolved.get(group.hash);
		if (!worked) continue;
		await applyResolved(tx, personId, leadId, worked);
		await placePerson(tx, keys, personId, now(), random);
		if (isDoubtful(group) && (await isOfImport(tx, batch.id, personId))) await quarantine(tx, leadId, 'import', now(), random);
	}
}

/** Puts what lists say into a person's row, look-ups and lead. */
export async function applyResolved(tx: Handle, personId: string, leadId: string, { imported, lookups, profile }: Resolved): Promise<void> {
	touch(tx, personId);
	await tx
		.update(person)
		.set({ imported: imported && Buffer.from(imported) })
		.where(eq(person.id, personId));
	await tx.delete(personLookup).where(eq(personLookup.personId, personId));
	await insertLookups(
		tx,
		lookups.map((one) => ({ ...one, personId })),
	);
	if ((await tx.$count(person, eq(person.leadId, leadId))) === 1) await tx.update(lead).set(leadFactsOf(profile)).where(eq(lead.id, leadId));
	await markStale(tx, [personId]);
}

async function isOfImport(tx: Handle, importId: string, personId: string): Promise<boolean> {
	const [row] = await tx
		.select({ row: importRow.row })
		.from(importRow)
		.where(and(eq(importRow.personId, personId), eq(importRow.importId, importId), eq(importRow.match, 'new')))
		.limit(1);
	return row !== undefined;
}

async function insertTraces(
	deps: ImportDeps,
	tx: Handle,
	placed: readonly Placed[],
	{ batch, read, taken, resolved, wordings }: StoreInput,
	at: Date,
	nextId: () => string,
): Promise<void> {
	const { id: importId, contactedAt } = batch;
	const rows = placed.flatMap(({ group, personId, isNew }) =>
		group.rows.map((one, index) => ({
			personId,
			isNew,
			one,
			findings: findingsOf(one, taken.has(group.hash)),
			sealed: isNew ? one.sealed : (resolved.get(group.hash)?.sealed[index] ?? one.sealed),
		})),
	);
	await insertAttributes(
		tx,
		rows.map(({ personId, one, sealed }) => ({ personId, importId, row: one.row, at: contactedAt, sealed: Buffer.from(sealed) })),
	);
	await insertRows(tx, [
		...rows.map(({ personId, isNew, one, findings: { outcome, reasons } }) => ({
			importId,
			row: one.row,
			outcome,
			reasons,
			match: isNew ? 'new' : 'known',
			presence: one.presence && presenceTold(one.presence),
			personId,
			cells: null,
		})),
		...read.refused.map((refusal) => refusedRow(importId, refusal)),
	]);
	await insertHits(
		tx,
		rows.flatMap(({ personId, findings }) => findings.hits.map((hit) => ({ id: nextId(), personId, origin: `import:${importId}`, ...hit, at }))),
	);
	// Who is merely known better has not come by anything.
	await insertTouches(
		tx,
		(batch.reach === 'known' ? [] : placed).map(({ personId }) => ({
			...{ id: nextId(), at: contactedAt, localDay: localDay(contactedAt, deps.timeZone()), visitorId: null, personId, kind: 'import' },
			...{ channel: batch.channel, sourceId: batch.sourceId, subject: '', detail: {}, importId },
		})),
	);
	await insertAgreed(tx, placed, batch, wordings, nextId);
	await markPeople(
		tx,
		deps.content(),
		batch,
		placed.map(({ personId, group }) => ({ personId, words: group.rows.flatMap(({ tags }) => tags) })),
		nextId,
	);
}

const isDoubtful = ({ rows }: PreparedGroup): boolean => rows.some(({ outcome }) => outcome === 'quarantine');

/** Holds the locks that forms about the same addresses take, in one order. */
async function holdMails(tx: Handle, { keys }: ImportDeps, groups: readonly PreparedGroup[]): Promise<void> {
	const mails = groups.flatMap(({ rows }) => rows[0]?.words.fields.email ?? []);
	const held = [...new Set(mails.map((email) => mailLock(keys, email)))].sort();
	for (const key of held)
		await tx
			.insert(locks)
			.values({ key, taken: 1 })
			.onConflictDoUpdate({ target: locks.key, set: { taken: sql`${locks.taken} + 1` } });
}
