import { and, asc, desc, eq, inArray } from 'drizzle-orm';

import { DAY_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import { newId } from '#kernel/id.ts';
import { enqueue } from '#kernel/outbox.ts';

import { livingPerson } from '../identity/person.ts';
import { give } from '../offer/give.ts';
import { offerClaim } from '../offer/schema.ts';
import { invitation, person, referralReward } from '../schema.ts';
import type { ReferralDeps } from './create-referrals.ts';
import { evidenceOf } from './evidence.ts';
import { judge } from './judge.ts';
import { listProgrammes, type ProgrammeRow } from './programme.ts';
import { rewardsFor, standingsOf } from './standing.ts';

/** Kind of the outbox rows that tell of a reward given or withdrawn. */
export const REFERRAL_MAIL = 'gating.referral-mail';
/** Addresses may be proved for a week, merges undone later; then a programme is settled for good. */
const SETTLED_FOR_MS = 60 * DAY_MS;

export type RewardRow = typeof referralReward.$inferSelect;

/** What one participant is owed. */
interface Due {
	readonly personIds: readonly string[];
	readonly due: number;
	readonly rewards: readonly RewardRow[];
}

/** Gives what was earned and takes back what no longer is, each once. Returns how many rewards changed. */
export async function settleRewards(deps: ReferralDeps): Promise<number> {
	const at = deps.now();
	let changed = 0;
	for (const programme of await listProgrammes(deps.db.read)) {
		const isLive = programme.startsAt <= at && (programme.endsAt === null || at.getTime() - programme.endsAt.getTime() < SETTLED_FOR_MS);
		if (isLive && programme.rewardEn !== '') changed += await settleProgramme(deps, programme);
	}
	return changed;
}

async function settleProgramme(deps: ReferralDeps, programme: ProgrammeRow): Promise<number> {
	const isOpen = (dues: readonly Due[]): boolean => dues.some(({ due, rewards }) => due !== rewards.filter(isGiven).length);
	if (!isOpen(await duesOf(deps.db.read, programme))) return 0;
	const locks = programme.offerId === null ? `referral:${programme.id}` : `offer:${programme.offerId}`;
	return deps.db.write(
		async (tx) => {
			let changed = 0;
			for (const { personIds, due, rewards } of await duesOf(tx, programme)) {
				const given = rewards.filter(isGiven);
				for (let missing = due - given.length; missing > 0; missing--) {
					const withdrawn = rewards.filter((reward) => !isGiven(reward))[due - given.length - missing] ?? null;
					if (await giveOne(deps, tx, programme, personIds, withdrawn)) changed++;
				}
				for (const reward of given.slice(due)) {
					await withdrawOne(deps, tx, reward);
					changed++;
				}
			}
			return changed;
		},
		{ locks },
	);
}

async function duesOf(handle: Handle, programme: ProgrammeRow): Promise<Due[]> {
	const evidence = await evidenceOf(handle, programme);
	const owners = await handle
		.select({ id: invitation.id, personId: invitation.personId, leadId: person.leadId })
		.from(invitation)
		.innerJoin(person, eq(person.id, invitation.personId))
		.where(eq(invitation.programmeId, programme.id))
		.orderBy(asc(invitation.createdAt), asc(invitation.id));
	const rewards = await handle
		.select()
		.from(referralReward)
		.where(eq(referralReward.programmeId, programme.id))
		.orderBy(asc(referralReward.number), asc(referralReward.id));
	return standingsOf(owners, judge(evidence)).map(({ invitationIds, counted }) => {
		const personIds = owners.filter(({ id }) => invitationIds.includes(id)).map(({ personId }) => personId);
		return { personIds, due: rewardsFor(counted, programme), rewards: rewards.filter((reward) => personIds.includes(reward.personId)) };
	});
}

/** False when nobody is left to give it to. */
async function giveOne(
	deps: ReferralDeps,
	tx: Handle,
	programme: ProgrammeRow,
	personIds: readonly string[],
	withdrawn: RewardRow | null,
): Promise<boolean> {
	const at = deps.now();
	const personId = withdrawn?.personId ?? (await firstLiving(tx, personIds));
	if (personId === null || !(await livingPerson(tx, personId))) return false;
	const offer = deps.content().offers.find(({ id }) => id === programme.offerId);
	const given = offer ? await give(deps, tx, offer, { personId, visitorId: null, channel: 'invitation' }) : null;
	const claimId = given && 'claim' in given ? given.claim.id : null;
	const [last] = await tx
		.select({ number: referralReward.number })
		.from(referralReward)
		.where(and(eq(referralReward.programmeId, programme.id), eq(referralReward.personId, personId)))
		.orderBy(desc(referralReward.number))
		.limit(1);
	const row: RewardRow = {
		...(withdrawn ?? { id: newId(at, deps.random), programmeId: programme.id, personId, number: (last?.number ?? 0) + 1, changes: 0 }),
		...{ claimId, givenAt: at, withdrawnAt: null },
	};
	await keep(deps, tx, row);
	return true;
}

/** A code that was not redeemed goes back into stock; one that was stays spent. */
async function withdrawOne(deps: ReferralDeps, tx: Handle, reward: RewardRow): Promise<void> {
	if (reward.claimId !== null)
		await tx
			.update(offerClaim)
			.set({ state: 'void', code: null, codeHash: null })
			.where(and(eq(offerClaim.id, reward.claimId), inArray(offerClaim.state, ['claimed', 'waiting'])));
	await keep(deps, tx, { ...reward, withdrawnAt: deps.now() });
}

async function keep({ now, random }: ReferralDeps, tx: Handle, reward: RewardRow): Promise<void> {
	const row = { ...reward, changes: reward.changes + 1 };
	await tx.insert(referralReward).values(row).onConflictDoUpdate({ target: referralReward.id, set: row });
	const payload = { rewardId: row.id, change: row.changes };
	await enqueue(tx, { kind: REFERRAL_MAIL, key: `referral:${row.id}:${row.changes}`, payload, personId: row.personId, dueAt: now() }, now(), random);
}

async function firstLiving(tx: Handle, personIds: readonly string[]): Promise<string | null> {
	for (const personId of personIds) if (await livingPerson(tx, personId)) return personId;
	return null;
}

const isGiven = ({ withdrawnAt }: RewardRow): boolean => withdrawnAt === null;
