import { and, asc, eq, inArray, isNotNull, isNull } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import type { Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import type { Keys } from '#kernel/keys.ts';

import { markStale } from '../event/store.ts';
import { isLiving, openProfile } from '../identity/person.ts';
import { type Reader, whoOf } from '../lead/reader.ts';
import { accountMember, lead, person } from '../schema.ts';
import { COMMITTEE_ROLES, type CommitteeRole, isCommitteeRole, seatOf } from './committee.ts';
import type { AccountsDeps } from './edit.ts';
import { type AccountReceipt, accountReceipt, type Contributor } from './score.ts';

/** Somebody of an account as a member of its buying committee. */
export interface CommitteeMember {
	readonly personId: string;
	readonly leadId: string;
	/** Null when they gave none, or not for the reader's eyes; the same of the job title. */
	readonly name: string | null;
	readonly jobTitle: string | null;
	readonly grade: string;
	/** Score of their lead, in hundredths of a point. */
	readonly total: number;
	readonly lastActivityAt: Date;
	/** '' for none. */
	readonly committeeRole: CommitteeRole | '';
	/** What the job title suggests, and who says otherwise: null when nobody does. */
	readonly suggested: CommitteeRole | '';
	readonly seatedBy: string | null;
	readonly leftAt: Date | null;
	/** `bounce` or who said so; '' while they work there. */
	readonly leftCause: string;
}

/** The buying committee of an account. */
export interface Committee {
	/** Who works there, best score first; then who left, latest first. At most 500. */
	readonly members: readonly CommitteeMember[];
	/** Everybody with each role, and how many of them do something. */
	readonly coverage: readonly { readonly role: CommitteeRole; readonly people: number; readonly active: number }[];
	readonly missing: readonly CommitteeRole[];
	readonly receipt: AccountReceipt;
}

const MOST = 500;
/** Leads that count for nobody. */
export const SILENT: readonly string[] = ['quarantine', 'disqualified'];

/** People of an account with their committee roles, which roles nobody has, and the account's score line by line. */
export async function committeeOf(handle: Handle, keys: Keys, accountId: string, seesPeople: boolean): Promise<Committee> {
	const rows = await handle
		.select({ member: accountMember, person, lead })
		.from(accountMember)
		.innerJoin(person, eq(person.id, accountMember.personId))
		.innerJoin(lead, eq(lead.id, person.leadId))
		.where(and(eq(accountMember.accountId, accountId), isNotNull(person.dataKey)))
		.orderBy(asc(person.createdAt), asc(person.id))
		.limit(MOST);
	const members = rows.map((row): CommitteeMember => memberOf(row, keys, seesPeople));
	const present = rows.filter(({ member, lead: one }) => member.leftAt === null && !SILENT.includes(one.workingState));
	const contributors = Map.groupBy(present, ({ lead: one }) => one.id);
	const people = [...contributors.values()].map((own): Contributor => {
		const { id, total, engagement } = own[0]!.lead;
		return { leadId: id, total, engagement, roles: own.map(({ member }) => member.committeeRole).filter(isCommitteeRole) };
	});
	const coverage = COMMITTEE_ROLES.map((role) => {
		const all = present.filter(({ member }) => member.committeeRole === role);
		return { role, people: all.length, active: all.filter(({ lead: one }) => one.engagement > 0).length };
	});
	return {
		members: members.sort((a, b) => Number(a.leftAt ?? 0) - Number(b.leftAt ?? 0) || b.total - a.total),
		coverage,
		missing: coverage.filter((one) => one.people === 0).map(({ role }) => role),
		receipt: accountReceipt(people),
	};
}

function memberOf(
	row: { readonly member: typeof accountMember.$inferSelect; readonly person: typeof person.$inferSelect; readonly lead: typeof lead.$inferSelect },
	keys: Keys,
	seesPeople: boolean,
): CommitteeMember {
	const { member } = row;
	const profile = isLiving(row.person) ? openProfile(keys, row.person) : {};
	const { committeeRole: role, committeeCause: cause } = member;
	return {
		...{ personId: row.person.id, leadId: row.lead.id, grade: row.lead.grade, total: row.lead.total, lastActivityAt: row.lead.lastActivityAt },
		...{ name: seesPeople ? (profile.name ?? null) : null, jobTitle: seesPeople ? (profile.jobTitle ?? null) : null },
		committeeRole: isCommitteeRole(role) ? role : '',
		suggested: seatOf(profile.jobTitle ?? '').committeeRole,
		seatedBy: cause.startsWith('staff:') || cause.startsWith('api:') ? cause : null,
		...{ leftAt: member.leftAt, leftCause: member.leftCause },
	};
}

/** Says what somebody is to a purchase ('' nothing), or leaves it to their job title again (null). @throws DomainError not-found, invalid */
export async function seat({ db, keys, now, random }: AccountsDeps, personId: string, role: string | null, by: Reader): Promise<void> {
	if (role !== null && role !== '' && !isCommitteeRole(role))
		throw new DomainError('invalid', 'There is no such committee role.', { fields: [{ field: 'role', code: 'choice' }] });
	await db.write(async (tx) => {
		const [row] = await tx.select().from(person).where(eq(person.id, personId));
		const title = row && isLiving(row) ? (openProfile(keys, row).jobTitle ?? '') : '';
		const set =
			role === null
				? { committeeRole: seatOf(title).committeeRole, committeeCause: 'rule' }
				: { committeeRole: role, committeeCause: staffCause(by) };
		const done = await tx
			.update(accountMember)
			.set(set)
			.where(and(inArray(accountMember.personId, [personId]), isNull(accountMember.leftAt)))
			.returning({ accountId: accountMember.accountId });
		if (!row || done.length === 0) throw new DomainError('not-found', 'They work at no account.');
		await markStale(tx, [personId]);
		const entry = { ...whoOf(by), action: 'account.seat', subject: `lead:${row.leadId}`, detail: { role: role ?? 'rule' } };
		await recordAudit(tx, entry, now(), random);
	});
}

const staffCause = ({ actor }: Reader): string => (actor.startsWith('staff:') ? actor : `staff:${actor}`);
