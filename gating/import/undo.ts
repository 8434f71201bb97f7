import { and, asc, eq, inArray, isNotNull, isNull, or } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import { touch } from '#kernel/touched.ts';

import { forgetMembers } from '../account/forget.ts';
import { placePerson } from '../account/place.ts';
import { isLiving } from '../identity/person.ts';
import {
	cleaningAllow,
	cleaningHit,
	consent,
	consentText,
	disposition,
	event,
	formSubmission,
	grant,
	importBatch,
	importPart,
	importRow,
	interaction,
	lead,
	merge,
	move,
	pass,
	person,
	personAttribute,
	personLookup,
	screeningAnswer,
	tagMark,
	touchpoint,
	visitor,
} from '../schema.ts';
import type { BatchRow, ImportDeps } from './create-imports.ts';
import { resolveOne } from './reading.ts';
import { type Progress, wordingsOf } from './run.ts';
import { applyResolved } from './store.ts';
import { forgetTags, unmarkPeople } from './tag-marks.ts';

const PEOPLE_A_BODY = 25;

/**
 * Takes an import back: what it said, its tags, where people came from by it and what they agreed to. People it made go, unless they have done or said something
 * since, or another list names them; all others are as they would be without it. Goes on where a run before it ended.
 */
export async function undoImport(deps: ImportDeps, id: string, progress: Progress): Promise<void> {
	const { db } = deps;
	const [batch] = await db.read.select().from(importBatch).where(eq(importBatch.id, id));
	if (batch?.state !== 'undoing') return;
	const total = await db.read.$count(personAttribute, eq(personAttribute.importId, id));
	for (let done = 0; ;) {
		const undone = await db.write((tx) => undoSome(deps, tx, batch), { locks: `import:${id}` });
		done += undone;
		if (undone === 0) break;
		if (!(await progress(Math.min(done, total), total))) return;
		await new Promise((resolve) => setImmediate(resolve));
	}
	await db.write((tx) => finishUndo(deps, tx, batch));
}

async function undoSome(deps: ImportDeps, tx: Handle, batch: BatchRow): Promise<number> {
	const rows = await tx
		.selectDistinct({ personId: importRow.personId })
		.from(importRow)
		.where(and(eq(importRow.importId, batch.id), isNotNull(importRow.personId)))
		.orderBy(asc(importRow.personId))
		.limit(PEOPLE_A_BODY);
	const ids = rows.flatMap(({ personId }) => personId ?? []);
	if (ids.length === 0) return 0;
	const made = await tx
		.selectDistinct({ personId: importRow.personId })
		.from(importRow)
		.where(and(eq(importRow.importId, batch.id), eq(importRow.match, 'new'), inArray(importRow.personId, ids)));
	// Who has no word of their own was made by lists: by one that went before, where this one has only added to them.
	const silent = await tx
		.select({ personId: person.id })
		.from(person)
		.where(and(inArray(person.id, ids), isNull(person.profile), isNull(person.verifiedAt)));
	const own = new Set([...made, ...silent].map(({ personId }) => personId));
	if (batch.session) for (const one of deps.sessions ?? []) await one.undo(tx, { importId: batch.id, session: batch.session, personIds: ids });
	await removeTraces(tx, batch.id, ids);
	const kept = await withTraces(tx, ids);
	const gone = ids.filter((personId) => own.has(personId) && !kept.has(personId));
	await forgetMembers(tx, deps.keys, gone);
	await removePeople(tx, gone);
	for (const personId of ids) if (!gone.includes(personId)) await restore(deps, tx, personId, batch);
	await tx
		.update(importRow)
		.set({ personId: null })
		.where(and(eq(importRow.importId, batch.id), inArray(importRow.personId, ids)));
	return ids.length;
}

async function removeTraces(tx: Handle, importId: string, ids: readonly string[]): Promise<void> {
	const people = [...ids];
	await tx.delete(personAttribute).where(and(eq(personAttribute.importId, importId), inArray(personAttribute.personId, people)));
	await tx.delete(touchpoint).where(and(eq(touchpoint.importId, importId), inArray(touchpoint.personId, people)));
	await unmarkPeople(tx, importId, ids);
	touch(tx, ...people);
	await tx.delete(consent).where(and(eq(consent.how, `import:${importId}`), inArray(consent.personId, people)));
	await tx.delete(cleaningHit).where(and(eq(cleaningHit.origin, `import:${importId}`), inArray(cleaningHit.personId, people)));
}

/** Those of them of whom something else is on record. */
async function withTraces(tx: Handle, ids: readonly string[]): Promise<ReadonlySet<string>> {
	const people = [...ids];
	const found = new Set<string | null>();
	const note = (rows: readonly { readonly id: string | null }[]): void => rows.forEach(({ id }) => found.add(id));
	note(await tx.selectDistinct({ id: formSubmission.personId }).from(formSubmission).where(inArray(formSubmission.personId, people)));
	note(await tx.selectDistinct({ id: event.personId }).from(event).where(inArray(event.personId, people)));
	note(await tx.selectDistinct({ id: pass.personId }).from(pass).where(inArray(pass.personId, people)));
	note(await tx.selectDistinct({ id: grant.personId }).from(grant).where(inArray(grant.personId, people)));
	note(await tx.selectDistinct({ id: visitor.personId }).from(visitor).where(inArray(visitor.personId, people)));
	note(await tx.selectDistinct({ id: consent.personId }).from(consent).where(inArray(consent.personId, people)));
	note(await tx.selectDistinct({ id: touchpoint.personId }).from(touchpoint).where(inArray(touchpoint.personId, people)));
	note(await tx.selectDistinct({ id: personAttribute.personId }).from(personAttribute).where(inArray(personAttribute.personId, people)));
	note(await tx.selectDistinct({ id: interaction.personId }).from(interaction).where(inArray(interaction.personId, people)));
	note(await tx.selectDistinct({ id: disposition.personId }).from(disposition).where(inArray(disposition.personId, people)));
	note(await tx.selectDistinct({ id: screeningAnswer.personId }).from(screeningAnswer).where(inArray(screeningAnswer.personId, people)));
	const merged = or(eq(merge.intoLeadId, person.leadId), eq(merge.fromLeadId, person.leadId));
	note(
		await tx
			.selectDistinct({ id: person.id })
			.from(person)
			.innerJoin(merge, merged)
			.where(and(inArray(person.id, people), isNull(merge.undoneAt))),
	);
	// Erased people stay as the numbers they are.
	note(
		await tx
			.select({ id: person.id })
			.from(person)
			.where(and(inArray(person.id, people), isNull(person.dataKey))),
	);
	return found as ReadonlySet<string>;
}

async function removePeople(tx: Handle, gone: readonly string[]): Promise<void> {
	if (gone.length === 0) return;
	const people = [...gone];
	const leads = await tx.selectDistinct({ id: person.leadId }).from(person).where(inArray(person.id, people));
	await tx.delete(personLookup).where(inArray(personLookup.personId, people));
	await tx.delete(cleaningAllow).where(inArray(cleaningAllow.personId, people));
	await tx.delete(tagMark).where(inArray(tagMark.personId, people));
	touch(tx, ...people);
	await tx.delete(person).where(inArray(person.id, people));
	const ids = leads.map(({ id }) => id);
	const others = await tx.selectDistinct({ id: person.leadId }).from(person).where(inArray(person.leadId, ids));
	const empty = ids.filter((id) => !others.some((other) => other.id === id));
	if (empty.length === 0) return;
	await tx.delete(move).where(inArray(move.leadId, empty));
	await tx.delete(lead).where(inArray(lead.id, empty));
}

/** Puts together anew what is left of a person. */
async function restore({ keys, now, random }: ImportDeps, tx: Handle, personId: string, { id, contactedAt }: BatchRow): Promise<void> {
	const [row] = await tx.select().from(person).where(eq(person.id, personId));
	if (!row || !isLiving(row)) return;
	const attributes = await tx.select().from(personAttribute).where(eq(personAttribute.personId, personId));
	const known = {
		dataKey: row.dataKey,
		profile: row.profile,
		attributes: attributes.map(({ sealed, at, importId }) => ({ sealed, at: at.getTime(), importId })),
		words: [],
	};
	await applyResolved(tx, personId, row.leadId, resolveOne(keys, { contactedAt: contactedAt.getTime(), importId: id }, known));
	if (row.verifiedAt === null && attributes.length === 0) await forgetMembers(tx, keys, [personId]);
	else await placePerson(tx, keys, personId, now(), random);
}

async function finishUndo({ now }: ImportDeps, tx: Handle, batch: BatchRow): Promise<void> {
	const hashes = wordingsOf(batch).map(({ hash }) => hash);
	for (const hash of hashes)
		if ((await tx.$count(consent, eq(consent.textHash, hash))) === 0) await tx.delete(consentText).where(eq(consentText.hash, hash));
	await forgetTags(tx, batch.id);
	await tx.delete(importPart).where(eq(importPart.importId, batch.id));
	await tx.update(importRow).set({ cells: null, hash: null }).where(eq(importRow.importId, batch.id));
	await tx
		.update(importBatch)
		.set({ state: 'undone', finishedAt: now(), dataKey: null, sample: null })
		.where(and(eq(importBatch.id, batch.id), eq(importBatch.state, 'undoing')));
}
