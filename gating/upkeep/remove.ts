import { inArray } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import { audit, job, mailbox, outbox } from '#kernel/schema.ts';
import { touch } from '#kernel/touched.ts';

import { markStale } from '../event/store.ts';
import { quoteRequest } from '../offer/schema.ts';
import {
	event,
	exportFile,
	formSubmission,
	grant,
	importBatch,
	importPart,
	importRow,
	pass,
	searchAsker,
	searchWords,
	slotImpression,
	staffSession,
	touchpoint,
	visitor,
} from '../schema.ts';
import { forgetMessages } from '../webhook/forget.ts';
import { GONE } from './due.ts';
import type { RuleName } from './rules.ts';

/** Removes rows of one rule, or cuts them loose so that counts stay. `ids` are of {@link dueIds}; so few that one body may hold them. */
export async function removeRows(
	tx: Handle,
	rule: Exclude<RuleName, 'unconfirmed' | 'quarantined' | 'inactive'>,
	given: readonly string[],
): Promise<void> {
	const ids = [...given];
	switch (rule) {
		case 'visitors':
			await tx.delete(slotImpression).where(inArray(slotImpression.visitorId, ids));
			touch(tx, ...ids);
			await tx.delete(visitor).where(inArray(visitor.id, ids));
			return;
		case 'events':
			return cutEvents(tx, ids);
		case 'touchpoints':
			await tx.update(touchpoint).set({ personId: null, visitorId: null, detail: {} }).where(inArray(touchpoint.id, ids));
			return;
		case 'answers':
			await tx.update(formSubmission).set({ answers: GONE }).where(inArray(formSubmission.id, ids));
			await tx.update(quoteRequest).set({ words: GONE }).where(inArray(quoteRequest.id, ids));
			return;
		case 'imports':
			await tx.update(importBatch).set({ dataKey: null, sample: null }).where(inArray(importBatch.id, ids));
			await tx.delete(importPart).where(inArray(importPart.importId, ids));
			await tx.update(importRow).set({ cells: null, hash: null }).where(inArray(importRow.importId, ids));
			return;
		case 'searches':
			await tx.delete(searchAsker).where(inArray(searchAsker.wordsId, ids));
			await tx.delete(searchWords).where(inArray(searchWords.id, ids));
			return;
		case 'mailbox':
			await tx.delete(mailbox).where(inArray(mailbox.id, ids));
			return;
		case 'deliveries':
			await tx.delete(outbox).where(inArray(outbox.id, ids));
			await forgetMessages(tx, ids);
			await tx.delete(exportFile).where(inArray(exportFile.id, ids));
			await tx.delete(job).where(inArray(job.key, ids));
			return;
		case 'passes':
			await tx.delete(pass).where(inArray(pass.id, ids));
			await tx.delete(grant).where(inArray(grant.id, ids));
			return;
		case 'sessions':
			await tx.delete(staffSession).where(inArray(staffSession.id, ids));
			return;
		case 'audit':
			await tx.delete(audit).where(inArray(audit.id, ids));
			return;
	}
}

/** What happened stays counted; to whom is no longer known. Scores go on without it. */
async function cutEvents(tx: Handle, ids: string[]): Promise<void> {
	const owners = await tx.selectDistinct({ personId: event.personId }).from(event).where(inArray(event.id, ids));
	const personIds = owners.flatMap(({ personId }) => (personId === null ? [] : [personId]));
	await tx.update(event).set({ personId: null, visitorId: null, props: {} }).where(inArray(event.id, ids));
	if (personIds.length > 0) await markStale(tx, personIds);
}
