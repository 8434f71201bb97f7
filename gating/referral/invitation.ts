import { and, count, countDistinct, eq, inArray, isNotNull } from 'drizzle-orm';

import type { Locale } from '#cms/content.ts';
import type { Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { addresses } from '#kernel/texts/addresses.ts';

import { livingPerson } from '../identity/person.ts';
import type { Visitor } from '../identity/visitor.ts';
import { invitation, referralProgramme, submissionArrival, touchpoint } from '../schema.ts';
import { invitationByCode, linkName, newInvitationCode } from './code.ts';
import type { ReferralDeps } from './create-referrals.ts';
import { itemOf, programmeByCode, type ProgrammeRow, stateOf } from './programme.ts';

export type Invitation = typeof invitation.$inferSelect;

/** Where an invitation leads, or why nowhere. */
export type OpenedInvitation =
	| { readonly status: 'open'; readonly location: string; readonly subject: string }
	/** The programme is over: what it invited to may still help. */
	| { readonly status: 'over'; readonly location: string | null; readonly subject: string }
	| { readonly status: 'unknown' };

/** What the link of a code opens, in a language. Changes and counts nothing: scanners and previews open links, too. */
export async function openInvitation({ db, now, content }: ReferralDeps, code: string, locale: Locale): Promise<OpenedInvitation> {
	const found = await invitationByCode(db.read, code);
	const [programme] = found ? await db.read.select().from(referralProgramme).where(eq(referralProgramme.id, found.programmeId)) : [];
	if (!found || !programme) return { status: 'unknown' };
	const { subject } = programme;
	const item = itemOf(content(), subject);
	const language = item?.languages.includes(locale) ? locale : item?.languages[0];
	const path = item && language ? addresses(language).item(item) : null;
	if (path === null || stateOf(programme, now()) !== 'running') return { status: 'over', location: path, subject };
	const tags = new URLSearchParams({ utm_source: 'invitation', utm_medium: 'invitation', utm_id: linkName(code) });
	return { status: 'open', location: `${path}?${tags.toString()}`, subject };
}

/**
 * The person's own invitation of a programme, made if there is none. `isNamed`: whether the poster may show their given name.
 *
 * @throws DomainError not-found (no such programme), forbidden (nobody proved), conflict (it does not run)
 */
export async function makeInvitation({ db, now, random }: ReferralDeps, code: string, visitor: Visitor, isNamed: boolean): Promise<Invitation> {
	const personId = requirePerson(visitor);
	return db.write(async (tx) => {
		const at = now();
		const programme = await programmeByCode(tx, code);
		if (!programme || !(await livingPerson(tx, personId))) throw new DomainError('not-found', 'There is no such programme.');
		const known = await invitationOf(tx, programme.id, personId);
		if (!known && stateOf(programme, at) !== 'running') throw new DomainError('conflict', 'The programme does not run.');
		if (known) {
			const namedAt = isNamed ? (known.namedAt ?? at) : null;
			await tx.update(invitation).set({ namedAt }).where(eq(invitation.id, known.id));
			return { ...known, namedAt };
		}
		const row: Invitation = {
			...{ id: newId(at, random), code: newInvitationCode(random), programmeId: programme.id, personId },
			...{ namedAt: isNamed ? at : null, createdAt: at },
		};
		await tx.insert(invitation).values(row);
		return row;
	});
}

export function requirePerson(visitor: Visitor): string {
	if (!visitor.isVerified || visitor.personId === null) throw new DomainError('forbidden', 'Only who proved an address can invite.');
	return visitor.personId;
}

export async function invitationOf(handle: Handle, programmeId: string, personId: string): Promise<Invitation | null> {
	const [row] = await handle
		.select()
		.from(invitation)
		.where(and(eq(invitation.programmeId, programmeId), eq(invitation.personId, personId)));
	return row ?? null;
}

/** By invitation: browsers that agreed to be recognised and did something on the page it led to, and those who sent a form without that. */
export async function visitsOf(handle: Handle, { id }: Pick<ProgrammeRow, 'id'>): Promise<ReadonlyMap<string, number>> {
	const own = handle.select({ id: invitation.id }).from(invitation).where(eq(invitation.programmeId, id));
	const browsers = await handle
		.select({ id: touchpoint.sourceId, n: countDistinct(touchpoint.visitorId) })
		.from(touchpoint)
		.where(and(inArray(touchpoint.sourceId, own), eq(touchpoint.kind, 'visit'), isNotNull(touchpoint.visitorId)))
		.groupBy(touchpoint.sourceId);
	const unseen = await handle
		.select({ id: submissionArrival.sourceId, visitorId: submissionArrival.visitorId, n: count() })
		.from(submissionArrival)
		.where(inArray(submissionArrival.sourceId, own))
		.groupBy(submissionArrival.sourceId, submissionArrival.personId, submissionArrival.visitorId);
	const visits = new Map(browsers.flatMap((row) => (row.id === null ? [] : [[row.id, row.n] as const])));
	for (const row of unseen) if (row.id !== null && row.visitorId === null) visits.set(row.id, (visits.get(row.id) ?? 0) + 1);
	return visits;
}
