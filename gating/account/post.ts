import { and, asc, eq, inArray, isNotNull, isNull } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import type { Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import { stableId } from '#kernel/id.ts';

import { markAccountsStale, markStale } from '../event/store.ts';
import { type Reader, whoOf } from '../lead/reader.ts';
import { accountMember, accountPost, person, postHolder } from '../schema.ts';
import type { AccountsDeps } from './edit.ts';

/** A post that somebody left, with everybody who had it, in their order. */
export interface Post {
	readonly id: string;
	/** See {@link ROLES}; '' where the title did not say. */
	readonly jobRole: string;
	readonly committeeRole: string;
	readonly holders: readonly {
		readonly personId: string;
		readonly leadId: string;
		readonly cause: string;
		readonly from: Date;
		readonly until: Date | null;
	}[];
	/** Nobody has it now. */
	readonly isVacant: boolean;
	/** People of the account of the same job role who came after it fell vacant and have no post: one of them may be the successor. */
	readonly candidates: readonly { readonly personId: string; readonly leadId: string }[];
}

/**
 * Says that a person no longer works where they did: their post falls vacant and outlives them, and they count for the account no more. What
 * they did stays there; at a new company, under a new address, they start anew. Nothing happens for who has no account or has left before.
 */
export async function vacate(tx: Handle, personId: string, cause: string, at: Date): Promise<string | null> {
	const [member] = await tx
		.select()
		.from(accountMember)
		.where(and(eq(accountMember.personId, personId), isNotNull(accountMember.accountId), isNull(accountMember.leftAt)));
	if (!member || member.accountId === null) return null;
	const { accountId, firstAccountId, jobRole, committeeRole } = member;
	await tx.update(accountMember).set({ leftAt: at, leftCause: cause }).where(eq(accountMember.personId, personId));
	const held = await tx
		.update(postHolder)
		.set({ until: at })
		.where(and(eq(postHolder.personId, personId), isNull(postHolder.until)))
		.returning({ postId: postHolder.postId });
	if (held.length === 0) {
		const id = stableId(`post:${firstAccountId ?? accountId}:${personId}`);
		const post = { id, accountId, firstAccountId: firstAccountId ?? accountId, jobRole, committeeRole, createdAt: at };
		await tx.insert(accountPost).values(post).onConflictDoNothing();
		await tx
			.insert(postHolder)
			.values({ postId: id, personId, cause, from: member.at, until: at })
			.onConflictDoUpdate({ target: [postHolder.postId, postHolder.personId], set: { until: at } });
	}
	await markStale(tx, [personId]);
	await markAccountsStale(tx, [accountId]);
	return accountId;
}

/** The same by hand, for everybody of a lead who works at the account. @throws DomainError not-found */
export async function vacateByHand({ db, now, random }: AccountsDeps, accountId: string, leadId: string, by: Reader): Promise<void> {
	await db.write(async (tx) => {
		const people = await peopleAt(tx, accountId, leadId);
		if (people.length === 0) throw new DomainError('not-found', 'Nobody of this lead works there.');
		for (const personId of people) await vacate(tx, personId, by.actor, now());
		const entry = { ...whoOf(by), action: 'account.left', subject: `lead:${leadId}`, detail: { accountId } };
		await recordAudit(tx, entry, now(), random);
	});
}

/** Takes that back: they work there, and have the post they had. @throws DomainError not-found */
export async function comeBack({ db, now, random }: AccountsDeps, accountId: string, leadId: string, by: Reader): Promise<void> {
	await db.write(async (tx) => {
		const back = await tx
			.update(accountMember)
			.set({ leftAt: null, leftCause: '' })
			.where(
				and(
					eq(accountMember.accountId, accountId),
					isNotNull(accountMember.leftAt),
					inArray(accountMember.personId, tx.select({ id: person.id }).from(person).where(eq(person.leadId, leadId))),
				),
			)
			.returning({ personId: accountMember.personId });
		const ids = back.map(({ personId }) => personId);
		if (ids.length === 0) throw new DomainError('not-found', 'Nobody of this lead has left.');
		await dropLonelyPosts(tx, ids);
		await markStale(tx, ids);
		const entry = { ...whoOf(by), action: 'account.back', subject: `lead:${leadId}`, detail: { accountId } };
		await recordAudit(tx, entry, now(), random);
	});
}

/** Links the successor to a vacant post. @throws DomainError not-found, conflict (somebody has it) */
export async function succeed({ db, now, random }: AccountsDeps, postId: string, personId: string, by: Reader): Promise<void> {
	await db.write(async (tx) => {
		const [post] = await tx.select().from(accountPost).where(eq(accountPost.id, postId));
		const [member] = await tx
			.select()
			.from(accountMember)
			.where(and(eq(accountMember.personId, personId), isNull(accountMember.leftAt)));
		if (!post || member?.accountId !== post.accountId) throw new DomainError('not-found', 'There is no such post, or they do not work there.');
		if ((await tx.$count(postHolder, and(eq(postHolder.postId, postId), isNull(postHolder.until)))) > 0)
			throw new DomainError('conflict', 'Somebody has this post already.');
		const set = { cause: by.actor, from: now(), until: null };
		await tx
			.insert(postHolder)
			.values({ postId, personId, ...set })
			.onConflictDoUpdate({ target: [postHolder.postId, postHolder.personId], set });
		const entry = { ...whoOf(by), action: 'account.successor', subject: `account:${post.accountId}`, detail: { postId, personId } };
		await recordAudit(tx, entry, now(), random);
	});
}

/** Posts of an account, in the order they first fell vacant. */
export async function postsOf(handle: Handle, accountId: string): Promise<readonly Post[]> {
	const posts = await handle
		.select()
		.from(accountPost)
		.where(eq(accountPost.accountId, accountId))
		.orderBy(asc(accountPost.createdAt), asc(accountPost.id));
	if (posts.length === 0) return [];
	const holders = await handle
		.select({ holder: postHolder, leadId: person.leadId })
		.from(postHolder)
		.innerJoin(person, eq(person.id, postHolder.personId))
		.where(
			inArray(
				postHolder.postId,
				posts.map(({ id }) => id),
			),
		)
		.orderBy(asc(postHolder.from), asc(postHolder.personId));
	const members = await handle
		.select({ member: accountMember, leadId: person.leadId })
		.from(accountMember)
		.innerJoin(person, eq(person.id, accountMember.personId))
		.where(and(eq(accountMember.accountId, accountId), isNull(accountMember.leftAt), isNotNull(person.dataKey)))
		.orderBy(asc(accountMember.at), asc(accountMember.personId));
	const seated = new Set(holders.filter(({ holder }) => holder.until === null).map(({ holder }) => holder.personId));
	return posts.map(({ id, jobRole, committeeRole }): Post => {
		const own = holders.filter(({ holder }) => holder.postId === id);
		const isVacant = own.every(({ holder }) => holder.until !== null);
		const since = Math.max(0, ...own.map(({ holder }) => holder.until?.getTime() ?? 0));
		const fits = ({ member }: (typeof members)[number]) =>
			member.jobRole === jobRole && jobRole !== '' && !seated.has(member.personId) && member.at.getTime() >= since;
		return {
			...{ id, jobRole, committeeRole, isVacant },
			holders: own.map(({ holder: { personId, cause, from, until }, leadId }) => ({ personId, leadId, cause, from, until })),
			candidates: isVacant ? members.filter(fits).map(({ member, leadId }) => ({ personId: member.personId, leadId })) : [],
		};
	});
}

async function peopleAt(tx: Handle, accountId: string, leadId: string): Promise<string[]> {
	const rows = await tx
		.select({ id: person.id })
		.from(person)
		.innerJoin(accountMember, eq(accountMember.personId, person.id))
		.where(and(eq(person.leadId, leadId), eq(accountMember.accountId, accountId), isNull(accountMember.leftAt)));
	return rows.map(({ id }) => id);
}

/** Who came back has their post again; a post that nobody else ever had was none. */
async function dropLonelyPosts(tx: Handle, personIds: readonly string[]): Promise<void> {
	const held = await tx
		.select()
		.from(postHolder)
		.where(inArray(postHolder.personId, [...personIds]));
	for (const { postId, personId } of held) {
		if ((await tx.$count(postHolder, eq(postHolder.postId, postId))) > 1) {
			const isTaken = (await tx.$count(postHolder, and(eq(postHolder.postId, postId), isNull(postHolder.until)))) > 0;
			const own = and(eq(postHolder.postId, postId), eq(postHolder.personId, personId));
			if (!isTaken) await tx.update(postHolder).set({ until: null }).where(own);
			continue;
		}
		await tx.delete(postHolder).where(eq(postHolder.postId, postId));
		await tx.delete(accountPost).where(eq(accountPost.id, postId));
	}
}
