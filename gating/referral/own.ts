import { and, asc, eq, inArray } from 'drizzle-orm';

import { openCode } from '../offer/give.ts';
import { offerClaim } from '../offer/schema.ts';
import { isLiving, livingPerson, openProfile } from '../identity/person.ts';
import { givenNameOf } from '../identity/profile.ts';
import type { Visitor } from '../identity/visitor.ts';
import { person, referralReward } from '../schema.ts';
import type { ReferralDeps } from './create-referrals.ts';
import { evidenceOf } from './evidence.ts';
import { type Invitation, invitationOf, requirePerson } from './invitation.ts';
import { judge } from './judge.ts';
import type { ProgrammeRow } from './programme.ts';
import { maskedName, rewardsFor, standingsOf } from './standing.ts';

/** Places that participants see. */
const SHOWN_PLACES = 5;

/** One line of the list that participants see: nobody but themselves can be recognised in it. */
export interface Place {
	readonly rank: number;
	readonly name: string;
	readonly counted: number;
	readonly isOwn: boolean;
}

export interface OwnReward {
	readonly number: number;
	readonly givenAt: Date;
	readonly isWithdrawn: boolean;
	/** Of the offer that went with it; null without one, or while none is in stock. */
	readonly code: string | null;
}

/** What a person has in a programme. */
export interface OwnInvitation {
	readonly invitation: Invitation;
	/** For the poster, if they agreed to it. */
	readonly givenName: string | null;
	readonly registered: number;
	readonly counted: number;
	/** Being looked at. */
	readonly held: number;
	readonly rank: number | null;
	/** Who takes part with something counted. */
	readonly ranked: number;
	/** Counted invitations to the next reward; null when all are earned, or there are none. */
	readonly missing: number | null;
	readonly places: readonly Place[];
	readonly rewards: readonly OwnReward[];
}

/** Null before they made an invitation. @throws DomainError forbidden */
export async function ownInvitation(deps: ReferralDeps, programme: ProgrammeRow, visitor: Visitor): Promise<OwnInvitation | null> {
	const { db, keys } = deps;
	const row = await livingPerson(db.read, requirePerson(visitor));
	const own = row ? await invitationOf(db.read, programme.id, row.id) : null;
	if (!row || !own) return null;
	const evidence = await evidenceOf(db.read, programme);
	const verdicts = judge(evidence);
	const leads = new Map(evidence.parties.map(({ personId, leadId }) => [personId, leadId]));
	const standings = standingsOf(
		evidence.invitations.map(({ id, personId }) => ({ id, leadId: leads.get(personId) ?? personId })),
		verdicts,
	);
	const mine = standings.find(({ invitationIds }) => invitationIds.includes(own.id));
	const came = verdicts.filter(({ invitationId }) => mine?.invitationIds.includes(invitationId));
	const counted = mine?.counted ?? 0;
	const best = standings.filter((standing) => standing.rank !== null);
	const shown = best.filter((standing, index) => index < SHOWN_PLACES || standing === mine);
	const names = await initialsOf(
		deps,
		shown.map(({ invitationIds }) => evidence.invitations.find(({ id }) => id === invitationIds[0])?.personId ?? ''),
	);
	const hasNext = programme.rewardEn !== '' && rewardsFor(counted, programme) < programme.most;
	return {
		invitation: own,
		givenName: own.namedAt === null ? null : givenNameOf(openProfile(keys, row)),
		registered: came.filter(({ status }) => status !== 'refused').length,
		counted,
		held: came.filter(({ status }) => status === 'held').length,
		rank: mine?.rank ?? null,
		ranked: best.length,
		missing: hasNext ? programme.every - (counted % programme.every) : null,
		places: shown.map((standing, index) => ({
			rank: standing.rank ?? 0,
			name: names[index] ?? '·',
			counted: standing.counted,
			isOwn: standing === mine,
		})),
		rewards: await rewardsOf(deps, programme, row.id, row.dataKey),
	};
}

async function initialsOf({ db, keys }: ReferralDeps, personIds: readonly string[]): Promise<string[]> {
	const rows = await db.read
		.select()
		.from(person)
		.where(inArray(person.id, [...personIds]));
	return personIds.map((id) => {
		const row = rows.find((candidate) => candidate.id === id);
		return maskedName(row && isLiving(row) ? (openProfile(keys, row).name ?? '') : '');
	});
}

async function rewardsOf({ db, keys }: ReferralDeps, programme: ProgrammeRow, personId: string, dataKey: string): Promise<OwnReward[]> {
	const rows = await db.read
		.select({ reward: referralReward, claim: offerClaim })
		.from(referralReward)
		.leftJoin(offerClaim, eq(offerClaim.id, referralReward.claimId))
		.where(and(eq(referralReward.programmeId, programme.id), eq(referralReward.personId, personId)))
		.orderBy(asc(referralReward.number));
	return rows.map(({ reward: { number, givenAt, withdrawnAt }, claim }) => ({
		...{ number, givenAt, isWithdrawn: withdrawnAt !== null },
		code: claim === null || withdrawnAt !== null ? null : openCode(keys, dataKey, claim),
	}));
}
