import { and, eq, inArray } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import { DomainError } from '#kernel/errors.ts';

import { isLiving, openProfile, type PersonRow } from '../identity/person.ts';
import { type Reader, whoOf } from '../lead/reader.ts';
import { invitation, invitationReview, lead, person, referralReward } from '../schema.ts';
import type { ReferralDeps } from './create-referrals.ts';
import { evidenceOf } from './evidence.ts';
import { visitsOf } from './invitation.ts';
import { judge, type Verdict } from './judge.ts';
import { type ProgrammeRow } from './programme.ts';
import { type Standing, standingsOf } from './standing.ts';

/** Somebody in a table of results. */
export interface ResultPerson {
	readonly personId: string;
	readonly leadId: string;
	/** '' where the reader may not see it, and for erased persons. */
	readonly name: string;
	readonly company: string;
	readonly isErased: boolean;
}

/** One invitation with what came of it. */
export interface ResultRow extends ResultPerson {
	readonly invitationId: string;
	readonly visited: number;
	/** Who sent a form, each once. */
	readonly registered: number;
	/** Of these, whose address is proved. */
	readonly verified: number;
	readonly counted: number;
	readonly held: number;
	readonly rank: Standing['rank'];
	readonly reachedAt: Date | null;
	/** Rewards that stand. */
	readonly rewards: number;
}

/** Somebody who came, with why they do or do not count. */
export interface ResultGuest extends ResultPerson, Pick<Verdict, 'at' | 'provedAt' | 'status' | 'reasons' | 'isAccepted'> {
	readonly invitationId: string;
	readonly invitedBy: ResultPerson;
}

export interface ReferralResults {
	/** Best first. */
	readonly rows: readonly ResultRow[];
	/** In the order of time. */
	readonly guests: readonly ResultGuest[];
}

export async function resultsOf({ db, keys }: ReferralDeps, programme: ProgrammeRow, reader: Reader): Promise<ReferralResults> {
	const evidence = await evidenceOf(db.read, programme);
	const verdicts = judge(evidence);
	const ids = [...new Set([...evidence.invitations, ...verdicts].map(({ personId }) => personId))];
	const people = new Map<string, ResultPerson>();
	for (let from = 0; from < ids.length; from += 500) {
		const rows = await db.read
			.select({ person, company: lead.company })
			.from(person)
			.innerJoin(lead, eq(lead.id, person.leadId))
			.where(inArray(person.id, ids.slice(from, from + 500)));
		for (const row of rows) people.set(row.person.id, { ...shown(row.person), company: row.company });
	}
	function shown(row: PersonRow): Omit<ResultPerson, 'company'> {
		const name = isLiving(row) && reader.seesPeople ? (openProfile(keys, row).name ?? '') : '';
		return { personId: row.id, leadId: row.leadId, name, isErased: !isLiving(row) };
	}
	const personOf = (personId: string): ResultPerson => people.get(personId) ?? { personId, leadId: '', name: '', company: '', isErased: true };
	const visits = await visitsOf(db.read, programme);
	const rewards = await db.read.select().from(referralReward).where(eq(referralReward.programmeId, programme.id));
	const standings = standingsOf(
		evidence.invitations.map(({ id, personId }) => ({ id, leadId: personOf(personId).leadId })),
		verdicts,
	);
	const rows = standings.flatMap(({ invitationIds, rank, reachedAt }) =>
		invitationIds.map((invitationId): ResultRow => {
			const inviter = personOf(evidence.invitations.find(({ id }) => id === invitationId)?.personId ?? '');
			const own = verdicts.filter((verdict) => verdict.invitationId === invitationId);
			const of = (status: Verdict['status']): number => own.filter((verdict) => verdict.status === status).length;
			return {
				...inviter,
				...{ invitationId, rank, reachedAt, visited: visits.get(invitationId) ?? 0, registered: own.length },
				...{ verified: own.filter(({ provedAt }) => provedAt !== null).length, counted: of('counted'), held: of('held') },
				rewards: rewards.filter(({ personId, withdrawnAt }) => personId === inviter.personId && withdrawnAt === null).length,
			};
		}),
	);
	const inviterOf = new Map(evidence.invitations.map(({ id, personId }) => [id, personId]));
	const guests = verdicts.map(({ invitationId, personId, at, provedAt, status, reasons, isAccepted }) => ({
		...personOf(personId),
		...{ invitationId, at, provedAt, status, reasons, isAccepted, invitedBy: personOf(inviterOf.get(invitationId) ?? '') },
	}));
	return { rows, guests };
}

/** Decides on somebody who came by an invitation; a later decision replaces it. @throws DomainError not-found, conflict (no decision changes it) */
export async function reviewInvitation(
	{ db, now, random }: ReferralDeps,
	programme: ProgrammeRow,
	{ invitationId, personId, decision }: { readonly invitationId: string; readonly personId: string; readonly decision: 'accept' | 'refuse' },
	by: Reader,
): Promise<void> {
	const verdict = judge(await evidenceOf(db.read, programme)).find((one) => one.invitationId === invitationId && one.personId === personId);
	if (!verdict) throw new DomainError('not-found', 'Nobody came by this invitation.');
	if (verdict.status === 'refused' && !verdict.reasons.includes('staff'))
		throw new DomainError('conflict', 'They were known before, or invited themselves: no decision makes them new.');
	await db.write(async (tx) => {
		const row = { invitationId, personId, decision, by: by.actor, at: now() };
		const [held] = await tx
			.select({ id: invitation.id })
			.from(invitation)
			.where(and(eq(invitation.id, invitationId), eq(invitation.programmeId, programme.id)));
		if (!held) throw new DomainError('not-found', 'There is no such invitation.');
		await tx
			.insert(invitationReview)
			.values(row)
			.onConflictDoUpdate({ target: [invitationReview.invitationId, invitationReview.personId], set: row });
		const detail = { invitation: invitationId, decision, reasons: verdict.reasons };
		await recordAudit(tx, { ...whoOf(by), action: 'referral.review', subject: `person:${personId}`, detail }, now(), random);
	});
}
