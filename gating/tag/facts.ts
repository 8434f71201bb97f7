import { and, eq, gt, inArray, isNull, or } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import type { Keys } from '#kernel/keys.ts';

import { termsOf } from '../identity/lookup.ts';
import { isLiving, openProfile } from '../identity/person.ts';
import { account, accountMember, consent, event, importRow, lead, person, tagMark, touchpoint } from '../schema.ts';
import type { LeadFacts } from './holds.ts';

/** What a lead is judged by at a moment; null when there is no such lead. */
export async function factsOf(handle: Handle, keys: Keys, leadId: string, now: Date): Promise<LeadFacts | null> {
	const [row] = await handle.select().from(lead).where(eq(lead.id, leadId));
	if (!row) return null;
	const persons = await handle.select().from(person).where(eq(person.leadId, leadId));
	const ids = persons.map(({ id }) => id);
	const living = persons.filter(isLiving);
	const words = await lastWords(handle, ids);
	const objected = new Set(words.filter(({ purpose, isGiven }) => purpose === 'profiling' && !isGiven).map(({ personId }) => personId));
	const events = await handle
		.select({ id: event.id, type: event.type, subject: event.subject, at: event.at, personId: event.personId })
		.from(event)
		.where(inArray(event.personId, ids));
	const accounts = await handle
		.select({ id: account.id, status: account.status, industry: account.industry, size: account.size, country: account.country })
		.from(accountMember)
		.innerJoin(account, eq(account.id, accountMember.accountId))
		.where(inArray(accountMember.personId, ids));
	const marks = await handle
		.select({ tag: tagMark.tag })
		.from(tagMark)
		.where(
			and(
				isNull(tagMark.removedAt),
				or(isNull(tagMark.expiresAt), gt(tagMark.expiresAt, now)),
				or(
					inArray(tagMark.personId, ids),
					inArray(
						tagMark.accountId,
						accounts.map(({ id }) => id),
					),
				),
			),
		);
	const touches = await handle.selectDistinct({ channel: touchpoint.channel }).from(touchpoint).where(inArray(touchpoint.personId, ids));
	const imports = await handle.selectDistinct({ id: importRow.importId }).from(importRow).where(inArray(importRow.personId, ids));
	const { stage, grade, workingState, total, lastActivityAt, createdAt } = row;
	return {
		...{ stage, grade, workingState, total, lastActivityAt, createdAt, accounts },
		marks: new Set(marks.map(({ tag }) => tag)),
		terms: new Set(living.flatMap((one) => termsOf(openProfile(keys, one)).map(({ kind, value }) => `${kind}:${value}`))),
		consents: new Set(words.filter(({ personId, isGiven }) => isGiven && living.some(({ id }) => id === personId)).map(({ purpose }) => purpose)),
		events: events.filter(({ personId }) => !objected.has(personId ?? '')),
		channels: new Set(touches.map(({ channel }) => channel)),
		imports: new Set(imports.map(({ id }) => id)),
	};
}

/** Each person's last word on each purpose; no wins where both came at once. */
async function lastWords(handle: Handle, ids: readonly string[]) {
	const rows = await handle
		.select()
		.from(consent)
		.where(inArray(consent.personId, [...ids]));
	const last = new Map<string, (typeof rows)[number]>();
	for (const row of rows) {
		const key = `${row.personId ?? ''}\n${row.purpose}`;
		const known = last.get(key);
		if (!known || row.at > known.at || (row.at.getTime() === known.at.getTime() && !row.given)) last.set(key, row);
	}
	return [...last.values()].map(({ personId, purpose, given }) => ({ personId: personId ?? '', purpose, isGiven: given }));
}
