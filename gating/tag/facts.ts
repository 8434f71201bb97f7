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
	const words = await consentsOf(
		handle,
		living.map(({ id }) => id),
	);
	const objected = await objectedOf(handle, ids);
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
		consents: words,
		events: events.filter(({ personId }) => !objected.has(personId ?? '')),
		channels: new Set(touches.map(({ channel }) => channel)),
		imports: new Set(imports.map(({ id }) => id)),
	};
}

async function consentsOf(handle: Handle, ids: readonly string[]): Promise<ReadonlySet<string>> {
	return new Set([...(await lastWords(handle, ids))].flatMap(([key, isGiven]) => (isGiven ? [key.slice(key.indexOf('\n') + 1)] : [])));
}

async function objectedOf(handle: Handle, ids: readonly string[]): Promise<ReadonlySet<string>> {
	return new Set(
		[...(await lastWords(handle, ids))].flatMap(([key, isGiven]) =>
			!isGiven && key.endsWith('\nprofiling') ? [key.slice(0, key.indexOf('\n'))] : [],
		),
	);
}

/** Person and purpose → whether their last word was yes; no wins where both came at once. */
async function lastWords(handle: Handle, ids: readonly string[]): Promise<ReadonlyMap<string, boolean>> {
	const rows = await handle
		.select()
		.from(consent)
		.where(inArray(consent.personId, [...ids]));
	const last = new Map<string, { readonly at: number; readonly given: boolean }>();
	for (const { personId, purpose, given, at } of rows) {
		const key = `${personId ?? ''}\n${purpose}`;
		const known = last.get(key);
		if (!known || at.getTime() > known.at || (at.getTime() === known.at && !given)) last.set(key, { at: at.getTime(), given });
	}
	return new Map([...last].map(([key, { given }]) => [key, given]));
}
