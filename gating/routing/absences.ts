import { eq } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import { DAY_MS, isDay } from '#kernel/clock.ts';
import { DomainError, type FieldError } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';

import type { Reader } from '../lead/reader.ts';
import { staffAbsence, staffMember } from '../schema.ts';
import type { RulesDeps } from './rules.ts';

export interface AbsenceInput {
	readonly staffId: string;
	/** First and last day, `2026-03-02`. */
	readonly from: string;
	readonly until: string;
	/** '' for the next rule. */
	readonly deputy: string;
}

const LONGEST_DAYS = 400;

/** Keeps days on which somebody takes no leads. Returns its id. @throws DomainError invalid */
export async function addAbsence({ db, now, random }: RulesDeps, input: AbsenceInput, { actor, origin }: Reader): Promise<string> {
	return db.write(async (tx) => {
		const known = new Set((await tx.select({ id: staffMember.id }).from(staffMember)).map(({ id }) => id));
		const fields = wrongIn(input, known);
		if (fields.length > 0) throw new DomainError('invalid', 'The absence cannot be kept like this.', { fields });
		const id = newId(now(), random);
		await tx.insert(staffAbsence).values({ id, ...input, by: actor, at: now() });
		const detail = { from: input.from, until: input.until };
		await recordAudit(tx, { actor, action: 'staff.absence', subject: `staff:${input.staffId}`, origin, detail }, now(), random);
		return id;
	});
}

/** Takes an absence back; nothing where there is none. */
export async function removeAbsence({ db, now, random }: RulesDeps, id: string, { actor, origin }: Reader): Promise<void> {
	await db.write(async (tx) => {
		const [gone] = await tx.delete(staffAbsence).where(eq(staffAbsence.id, id)).returning();
		if (!gone) return;
		const detail = { from: gone.from, until: gone.until };
		await recordAudit(tx, { actor, action: 'staff.absence-removed', subject: `staff:${gone.staffId}`, origin, detail }, now(), random);
	});
}

function wrongIn({ staffId, from, until, deputy }: AbsenceInput, known: ReadonlySet<string>): FieldError[] {
	const wrong: FieldError[] = [];
	if (!known.has(staffId)) wrong.push({ field: 'staffId', code: 'choice' });
	if (deputy !== '' && (!known.has(deputy) || deputy === staffId)) wrong.push({ field: 'deputy', code: 'choice' });
	if (!isDay(from)) wrong.push({ field: 'from', code: 'format' });
	if (!isDay(until)) wrong.push({ field: 'until', code: 'format' });
	else if (until < from) wrong.push({ field: 'until', code: 'before' });
	else if (Date.parse(until) - Date.parse(from) > LONGEST_DAYS * DAY_MS) wrong.push({ field: 'until', code: 'too-long' });
	return wrong;
}
