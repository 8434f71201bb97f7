import { and, asc, eq, gt, inArray, isNotNull, isNull } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { consentsHeld } from '../consent/purpose.ts';
import { consent, lead, mailingRecipient, person, personLookup, suppression } from '../schema.ts';
import { matching } from '../tag/compile.ts';
import type { Plan } from '../tag/plan.ts';
import { NO_SKIPS, type Skip, type SkipCounts } from './mailing.ts';

const BATCH = 200;

/** One person of a lead, or why none. */
export type Chosen =
	{ readonly leadId: string; readonly personId: string; readonly timeZone: string } | { readonly leadId: string; readonly skip: Skip };

/** Leads of a plan by id, after one. */
export async function leadsAfter(handle: Handle, plan: Plan, after: string, limit = BATCH): Promise<readonly string[]> {
	const rows = await handle
		.select({ id: lead.id })
		.from(lead)
		.where(and(matching(handle, plan), gt(lead.id, after)))
		.orderBy(asc(lead.id))
		.limit(limit);
	return rows.map(({ id }) => id);
}

/**
 * Who of each lead gets a mail: somebody with an address that is not suppressed who agreed to news by mail, a proved one first. A lead of
 * which anybody is in the run already gets none.
 */
export async function choosePeople(handle: Handle, leadIds: readonly string[], runId: string | null): Promise<readonly Chosen[]> {
	const people = await handle
		.select({ id: person.id, leadId: person.leadId, timeZone: person.timeZone, verifiedAt: person.verifiedAt })
		.from(person)
		.where(and(inArray(person.leadId, [...leadIds]), isNotNull(person.dataKey)))
		.orderBy(asc(person.createdAt), asc(person.id));
	const ids = people.map(({ id }) => id);
	const addressed = new Set(
		(
			await handle
				.select({ id: personLookup.personId })
				.from(personLookup)
				.where(and(inArray(personLookup.personId, ids), eq(personLookup.kind, 'mail')))
		).map(({ id }) => id),
	);
	const stopped = new Set(
		(
			await handle
				.select({ id: personLookup.personId })
				.from(personLookup)
				.innerJoin(suppression, and(eq(suppression.hash, personLookup.hash), eq(suppression.channel, 'mail'), isNull(suppression.liftedAt)))
				.where(and(inArray(personLookup.personId, ids), eq(personLookup.kind, 'mail')))
		).map(({ id }) => id),
	);
	const agreed = await agreedOf(handle, ids);
	const inRun = new Set(
		runId === null
			? []
			: (
					await handle
						.select({ id: mailingRecipient.personId })
						.from(mailingRecipient)
						.where(and(eq(mailingRecipient.runId, runId), inArray(mailingRecipient.personId, ids)))
				).map(({ id }) => id),
	);
	const byLead = Map.groupBy(people, ({ leadId }) => leadId);
	return leadIds.map((leadId): Chosen => {
		const own = byLead.get(leadId) ?? [];
		const left = (skip: Skip): Chosen => ({ leadId, skip });
		if (own.some(({ id }) => inRun.has(id))) return left('already');
		const reachable = own.filter(({ id }) => addressed.has(id));
		if (reachable.length === 0) return left('no-address');
		const willing = reachable.filter(({ id }) => agreed.has(id));
		if (willing.length === 0) return left('no-consent');
		const open = willing.filter(({ id }) => !stopped.has(id));
		const best = open.find(({ verifiedAt }) => verifiedAt !== null) ?? open[0];
		return best ? { leadId, personId: best.id, timeZone: best.timeZone } : left('suppressed');
	});
}

async function agreedOf(handle: Handle, ids: readonly string[]): Promise<ReadonlySet<string>> {
	const rows = await handle
		.select({ id: consent.id, personId: consent.personId, purpose: consent.purpose, given: consent.given, at: consent.at })
		.from(consent)
		.where(and(inArray(consent.personId, [...ids]), eq(consent.purpose, 'marketing.email')));
	const byPerson = Map.groupBy(rows, ({ personId }) => personId ?? '');
	return new Set([...byPerson].flatMap(([id, answers]) => (consentsHeld(answers).has('marketing.email') ? [id] : [])));
}

/** What a run would come to at this moment. */
export interface Count {
	readonly leads: number;
	readonly recipients: number;
	readonly skipped: SkipCounts;
}

/** Counts without writing anything; for a thread. */
export async function countRecipients(handle: Handle, plan: Plan): Promise<Count> {
	let [leads, recipients, after] = [0, 0, ''];
	const skipped: Record<Skip, number> = { ...NO_SKIPS };
	for (;;) {
		const ids = await leadsAfter(handle, plan, after);
		for (const one of await choosePeople(handle, ids, null)) {
			if ('skip' in one) skipped[one.skip]++;
			else recipients++;
		}
		leads += ids.length;
		const last = ids.at(-1);
		if (last === undefined || ids.length < BATCH) return { leads, recipients, skipped };
		after = last;
	}
}
