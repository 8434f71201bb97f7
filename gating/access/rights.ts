import { and, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import type { Now } from '#kernel/clock.ts';
import { type Database, type Handle, prepared } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import type { Random } from '#kernel/id.ts';

import { fileOpening, grant } from '../schema.ts';
import type { By } from './pass.ts';

export interface RightsDeps {
	readonly db: Database;
	readonly now: Now;
	readonly random: Random;
}

/** A right to one thing, as staff and the person see it. */
export interface GrantView {
	readonly id: string;
	/** `white_papers:<id>`, `quote`, … */
	readonly subject: string;
	readonly createdAt: Date;
	/** `waiting`: nobody has proved the address for it. `revoked`: its links are closed, and so is its subject for this person. */
	readonly state: 'waiting' | 'open' | 'expired' | 'revoked';
	/** Up to when its links work. */
	readonly expiresAt: Date;
	readonly revokedAt: Date | null;
	/** Links to its files that were asked for. */
	readonly downloads: number;
}

/** A gated file that was opened: once for each link, however often its bytes were fetched. */
export interface Opening {
	readonly id: string;
	readonly grantId: string;
	readonly subject: string;
	/** Id of the product's document; '' for a paper. */
	readonly documentId: string;
	readonly locale: string;
	readonly at: Date;
}

const denied = prepared((handle) =>
	handle
		.select({ id: grant.id })
		.from(grant)
		.where(and(eq(grant.personId, sql.placeholder('personId')), eq(grant.subject, sql.placeholder('subject')), isNotNull(grant.revokedAt)))
		.limit(1)
		.prepare('grant.denied'),
);

/** Everything a person may open or asked to, newest first. */
export async function grantsOf({ db, now }: RightsDeps, personId: string): Promise<GrantView[]> {
	const rows = await db.read.select().from(grant).where(eq(grant.personId, personId)).orderBy(desc(grant.createdAt), desc(grant.id));
	const at = now();
	return rows.map(({ id, subject, createdAt, confirmedAt, expiresAt, revokedAt, downloads }) => ({
		...{ id, subject, createdAt, expiresAt, revokedAt, downloads },
		state: revokedAt ? 'revoked' : expiresAt <= at ? 'expired' : confirmedAt ? 'open' : 'waiting',
	}));
}

/** True when somebody of the staff closed `subject` to this person. */
export async function isRevoked(handle: Handle, personId: string, subject: string): Promise<boolean> {
	const rows = await denied(handle).execute({ personId, subject });
	return rows.length > 0;
}

/**
 * Closes the links of a grant at once and its subject to the person; `isRevoked` false opens both again. Doing it twice changes
 * nothing more.
 *
 * @throws DomainError not-found
 */
export async function setRevoked({ db, now, random }: RightsDeps, grantId: string, revoke: boolean, by: By): Promise<void> {
	await db.write(async (tx) => {
		const at = now();
		const [row] = await tx.select({ personId: grant.personId, subject: grant.subject }).from(grant).where(eq(grant.id, grantId));
		if (!row) throw new DomainError('not-found', 'There is no such grant.');
		const changed = await tx
			.update(grant)
			.set({ revokedAt: revoke ? at : null })
			.where(and(eq(grant.id, grantId), revoke ? isNull(grant.revokedAt) : isNotNull(grant.revokedAt)))
			.returning({ id: grant.id });
		if (changed.length === 0) return;
		const action = revoke ? 'grant.revoke' : 'grant.restore';
		await recordAudit(tx, { ...by, action, subject: `person:${row.personId}`, detail: { grantId, subject: row.subject } }, at, random);
	});
}

/** Gated files that a person opened, newest first. */
export async function openingsOf(handle: Handle, personId: string): Promise<Opening[]> {
	const rows = await handle.select().from(fileOpening).where(eq(fileOpening.personId, personId)).orderBy(desc(fileOpening.at), desc(fileOpening.id));
	return rows.map(({ id, grantId, subject, documentId, locale, at }) => ({ id, grantId, subject, documentId, locale, at }));
}

/** Writes an opening down, once for each link. */
export async function recordOpening({ db, now }: RightsDeps, opening: Omit<Opening, 'at'> & { readonly personId: string }): Promise<void> {
	await db.write(
		async (tx) =>
			void (await tx
				.insert(fileOpening)
				.values({ ...opening, at: now() })
				.onConflictDoNothing()),
	);
}
