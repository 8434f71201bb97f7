import { and, desc, eq, inArray, isNotNull, isNull, or } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import type { Keys } from '#kernel/keys.ts';

import { consentsOf } from '../consent/ledger.ts';
import type { Purpose } from '../consent/purpose.ts';
import { isLiving, type PersonRow } from '../identity/person.ts';
import { cleaningHit, disposition, type lead, screeningAnswer } from '../schema.ts';
import { openCore } from '../screening/answer.ts';
import { type HandOverStandard, type StandardFacts, type StandardPart, unmetOf } from './standard.ts';

type LeadRow = typeof lead.$inferSelect;

/** States from which a lead may be handed over. */
export const UNWORKED: readonly string[] = ['open', 'screening', 'nurture'];

const CONTACT: readonly Purpose[] = ['marketing.email', 'marketing.sms', 'marketing.phone'];
/** After one of these, a lead waits for something new. */
const WAITS: readonly string[] = ['returned', 'lost', 'nurture'];

/** The parts of the standard that a lead does not meet. What is dear to ask is asked only of leads that meet what is cheap. */
export async function missingOf(
	handle: Handle,
	keys: Keys,
	standard: HandOverStandard,
	row: Pick<LeadRow, 'stage' | 'mqlCause' | 'grade'>,
	people: readonly PersonRow[],
): Promise<StandardPart[]> {
	const base: StandardFacts = { ...row, isCoreCredible: true, mayContact: true, isClean: true };
	const cheap = unmetOf(standard, base);
	if (cheap.length > 0) return cheap;
	const ids = people.map(({ id }) => id);
	return unmetOf(standard, {
		...base,
		isCoreCredible: !standard.needsCore || (await openCore(handle, keys, people)).length === 0,
		mayContact: !standard.needsConsent || (await mayContact(handle, people)),
		isClean: !standard.needsClean || (await isClean(handle, ids)),
	});
}

/** When somebody last put the lead back or aside; null: never. What came before counts for no new hand-over. */
export async function releasedAt(handle: Handle, ids: readonly string[]): Promise<Date | null> {
	const { kind, at, undoneAt } = disposition;
	const rows = await handle
		.select({ kind, at, undoneAt })
		.from(disposition)
		.where(
			and(
				inArray(disposition.personId, [...ids]),
				or(and(inArray(kind, [...WAITS]), isNull(undoneAt)), and(eq(kind, 'handed-over'), isNotNull(undoneAt))),
			),
		);
	const moments = rows.map((one) => (one.undoneAt ?? one.at).getTime());
	return moments.length === 0 ? null : new Date(Math.max(...moments));
}

/** When staff last learnt something of these persons: an answer, or a mark after a call. */
export async function learntAt(handle: Handle, ids: readonly string[]): Promise<Date | null> {
	const [answered] = await handle
		.select({ at: screeningAnswer.at })
		.from(screeningAnswer)
		.where(inArray(screeningAnswer.personId, [...ids]))
		.orderBy(desc(screeningAnswer.at))
		.limit(1);
	const [marked] = await handle
		.select({ at: disposition.at })
		.from(disposition)
		.where(and(inArray(disposition.personId, [...ids]), eq(disposition.kind, 'marked'), isNull(disposition.undoneAt)))
		.orderBy(desc(disposition.at))
		.limit(1);
	const moments = [answered, marked].flatMap((one) => (one ? [one.at.getTime()] : []));
	return moments.length === 0 ? null : new Date(Math.max(...moments));
}

async function mayContact(handle: Handle, people: readonly PersonRow[]): Promise<boolean> {
	for (const { id } of people.filter(isLiving)) {
		const given = await consentsOf(handle, { visitorId: null, personId: id });
		if (CONTACT.some((purpose) => given.has(purpose))) return true;
	}
	return false;
}

async function isClean(handle: Handle, ids: readonly string[]): Promise<boolean> {
	const open = and(inArray(cleaningHit.personId, [...ids]), eq(cleaningHit.outcome, 'quarantine'), isNull(cleaningHit.releasedAt));
	return (await handle.$count(cleaningHit, open)) === 0;
}
