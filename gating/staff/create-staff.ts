import { and, eq, gt, lte } from 'drizzle-orm';

import { HOUR_MS, MINUTE_MS, type Now, SECOND_MS } from '#kernel/clock.ts';
import { recordAudit } from '#kernel/audit.ts';
import type { Database } from '#kernel/database.ts';
import { hashSecret, newId, newSecret, type Random } from '#kernel/id.ts';

import type { SetCookie } from '../identity/cookies.ts';
import { staffMember, staffSession } from '../schema.ts';
import { createAttempts } from './attempts.ts';
import { can, STAFF_ROLES, type StaffAction, type StaffRole } from './can.ts';

export const STAFF_COOKIE = 'foyer_staff';
const SESSION_MS = 8 * HOUR_MS;
const CHECKED_MS = MINUTE_MS;
const BY_ACCOUNT = { most: 5, windowMs: 15 * MINUTE_MS };
const BY_NETWORK = { most: 20, windowMs: 15 * MINUTE_MS };

/** Who works in the console. */
export interface Staff {
	readonly id: string;
	readonly name: string;
	readonly role: StaffRole;
}

/** Port: where staff accounts live. `unavailable` says nothing about the account. */
export interface StaffDirectory {
	signIn(
		email: string,
		password: string,
	): Promise<{ readonly status: 'signed-in'; readonly staff: Staff } | { readonly status: 'refused' | 'no-role' | 'unavailable' }>;
	check(staffId: string): Promise<
		| {
				readonly status: 'active';
				readonly role: StaffRole;
				readonly name: string;
				/** '' without one. */
				readonly email: string;
				/** As the directory names it, such as `zh-CN`; null: its own. */
				readonly language: string | null;
		  }
		| { readonly status: 'gone' | 'unavailable' }
	>;
}

export type SignIn =
	| { readonly status: 'signed-in'; readonly staff: Staff; readonly cookie: SetCookie }
	/** `unavailable`: the directory is down; sessions that are open go on. */
	| { readonly status: 'refused' | 'no-role' | 'unavailable' }
	| { readonly status: 'slow-down'; readonly retryAfterSeconds: number };

export interface StaffDoor {
	/** `network` is the address prefix the attempt came from. */
	signIn(email: string, password: string, network: string): Promise<SignIn>;
	/** Whose session the cookie is; null when it is unknown, over, or its account is gone. */
	session(cookie: string | undefined): Promise<Staff | null>;
	signOut(cookie: string | undefined): Promise<{ readonly setCookies: readonly SetCookie[] }>;
	/** Whether a role may do something. */
	can(role: StaffRole, action: StaffAction): boolean;
}

export interface StaffDeps {
	readonly db: Database;
	readonly now: Now;
	readonly random: Random;
	readonly directory: StaffDirectory;
}

/** Sessions of the console as rows. Role and account are asked for again at most once a minute. */
export function createStaff(deps: StaffDeps): StaffDoor {
	const { db, now, random, directory } = deps;
	const byAccount = createAttempts(BY_ACCOUNT);
	const byNetwork = createAttempts(BY_NETWORK);
	const recheck = createRecheck(deps);

	return Object.freeze<StaffDoor>({
		can,
		signIn: async (email, password, network) => {
			const account = email.normalize('NFKC').trim().toLowerCase();
			const waitMs = byNetwork.note(network, now()) ?? byAccount.note(account, now());
			if (waitMs !== null) return { status: 'slow-down', retryAfterSeconds: Math.ceil(waitMs / SECOND_MS) };
			const answer = await directory.signIn(account, password);
			if (answer.status !== 'signed-in') return answer;
			byAccount.forget(account);
			return { status: 'signed-in', staff: answer.staff, cookie: await openSession(deps, answer.staff, network) };
		},
		session: async (cookie) => {
			if (!cookie) return null;
			const [row] = await db.read
				.select()
				.from(staffSession)
				.where(and(eq(staffSession.hash, hashSecret(cookie)), gt(staffSession.expiresAt, now())));
			return row && isRole(row.role) ? recheck({ ...row, role: row.role }) : null;
		},
		signOut: async (cookie) => {
			if (cookie) {
				await db.write(async (tx) => {
					const ended = await tx
						.delete(staffSession)
						.where(eq(staffSession.hash, hashSecret(cookie)))
						.returning();
					for (const { staffId } of ended)
						await recordAudit(
							tx,
							{ actor: `staff:${staffId}`, action: 'staff.sign-out', subject: `staff:${staffId}`, origin: '', detail: {} },
							now(),
							random,
						);
				});
			}
			return { setCookies: [{ name: STAFF_COOKIE, value: '', maxAgeSeconds: 0, httpOnly: true }] };
		},
	});
}

async function openSession({ db, now, random }: StaffDeps, { id, name, role }: Staff, network: string): Promise<SetCookie> {
	const secret = newSecret(random);
	const at = now();
	await db.write(async (tx) => {
		await tx.delete(staffSession).where(lte(staffSession.expiresAt, at));
		const known = { name, role, seenAt: at, leftAt: null };
		await tx
			.insert(staffMember)
			.values({ id, ...known })
			.onConflictDoUpdate({ target: staffMember.id, set: known });
		await tx.insert(staffSession).values({
			id: newId(at, random),
			hash: hashSecret(secret),
			staffId: id,
			name,
			role,
			createdAt: at,
			checkedAt: at,
			expiresAt: new Date(at.getTime() + SESSION_MS),
		});
		await recordAudit(tx, { actor: `staff:${id}`, action: 'staff.sign-in', subject: `staff:${id}`, origin: network, detail: { role } }, at, random);
	});
	return { name: STAFF_COOKIE, value: secret, maxAgeSeconds: SESSION_MS / SECOND_MS, httpOnly: true };
}

type Session = typeof staffSession.$inferSelect & { readonly role: StaffRole };

/**
 * Asks the directory whether a session's account still holds. Requests of one session share a question, an account that is
 * gone loses all its sessions, and a directory that cannot be reached is asked again only after a minute.
 */
function createRecheck({ db, now, directory }: StaffDeps): (session: Session) => Promise<Staff | null> {
	const asking = new Map<string, Promise<Staff | null>>();
	const unreachable = new Map<string, number>();

	const ask = async ({ staffId, name, role }: Session): Promise<Staff | null> => {
		const answer = await directory.check(staffId);
		switch (answer.status) {
			case 'unavailable':
				unreachable.set(staffId, now().getTime());
				return { id: staffId, name, role };
			case 'gone':
				await db.write((tx) => tx.delete(staffSession).where(eq(staffSession.staffId, staffId)));
				return null;
			case 'active':
				unreachable.delete(staffId);
				await db.write((tx) =>
					tx.update(staffSession).set({ role: answer.role, name: answer.name, checkedAt: now() }).where(eq(staffSession.staffId, staffId)),
				);
				return { id: staffId, name: answer.name, role: answer.role };
		}
	};

	return (session) => {
		const { staffId: id, name, role, checkedAt } = session;
		const lastAsked = Math.max(checkedAt.getTime(), unreachable.get(id) ?? 0);
		if (now().getTime() - lastAsked < CHECKED_MS) return Promise.resolve({ id, name, role });
		const running = asking.get(id) ?? ask(session).finally(() => asking.delete(id));
		asking.set(id, running);
		return running;
	};
}

const isRole = (role: string): role is StaffRole => (STAFF_ROLES as readonly string[]).includes(role);
