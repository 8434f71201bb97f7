import { eq } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import type { Random } from '#kernel/id.ts';

import type { PersonalDataSource } from '../privacy/source.ts';
import { invitation, invitationReview, referralProgramme, referralReward, submissionArrival } from '../schema.ts';
import { newInvitationCode } from './code.ts';
import { evidenceOf } from './evidence.ts';
import { judge } from './judge.ts';

/** What invitations, rewards and the ways of forms keep of persons. */
export function referralsData({ random, now }: { readonly random: Random; readonly now: () => Date }): PersonalDataSource {
	return Object.freeze<PersonalDataSource>({
		name: 'invitations',
		export: async (tx, personId) => ({
			invitations: await tx
				.select({ programme: referralProgramme.titleEn, code: invitation.code, namedAt: invitation.namedAt, createdAt: invitation.createdAt })
				.from(invitation)
				.innerJoin(referralProgramme, eq(referralProgramme.id, invitation.programmeId))
				.where(eq(invitation.personId, personId)),
			rewards: await tx
				.select({
					programme: referralProgramme.titleEn,
					number: referralReward.number,
					givenAt: referralReward.givenAt,
					withdrawnAt: referralReward.withdrawnAt,
				})
				.from(referralReward)
				.innerJoin(referralProgramme, eq(referralProgramme.id, referralReward.programmeId))
				.where(eq(referralReward.personId, personId)),
			arrivals: await tx
				.select({
					subject: submissionArrival.subject,
					channel: submissionArrival.channel,
					detail: submissionArrival.detail,
					at: submissionArrival.at,
				})
				.from(submissionArrival)
				.where(eq(submissionArrival.personId, personId)),
			decisions: await tx
				.select({ decision: invitationReview.decision, at: invitationReview.at })
				.from(invitationReview)
				.where(eq(invitationReview.personId, personId)),
		}),
		erase: async (tx, personId) => {
			await freezeCounts(tx, personId, now());
			// The link is a name of theirs on other people's phones: it opens nothing from here on.
			for (const { id } of await tx.select({ id: invitation.id }).from(invitation).where(eq(invitation.personId, personId)))
				await tx
					.update(invitation)
					.set({ code: newInvitationCode(random), namedAt: null })
					.where(eq(invitation.id, id));
			await tx
				.update(submissionArrival)
				.set({ detail: {}, network: '', visitorId: null, senderId: null })
				.where(eq(submissionArrival.personId, personId));
		},
	});
}

/** Without mail and phone nobody can tell any more why an invitation was held or refused: totals stay as they are. */
async function freezeCounts(tx: Handle, personId: string, at: Date): Promise<void> {
	const programmes = await tx
		.selectDistinct({ programme: referralProgramme })
		.from(submissionArrival)
		.innerJoin(invitation, eq(invitation.id, submissionArrival.sourceId))
		.innerJoin(referralProgramme, eq(referralProgramme.id, invitation.programmeId))
		.where(eq(submissionArrival.personId, personId));
	for (const { programme } of programmes) {
		const verdict = judge(await evidenceOf(tx, programme)).find((one) => one.personId === personId);
		if (!verdict || verdict.status === 'counted') continue;
		const row = { invitationId: verdict.invitationId, personId, decision: 'refuse' as const, by: 'system', at };
		await tx
			.insert(invitationReview)
			.values(row)
			.onConflictDoUpdate({ target: [invitationReview.invitationId, invitationReview.personId], set: row });
	}
}
