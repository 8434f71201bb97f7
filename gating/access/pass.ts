import { and, desc, eq, gt, isNull } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import { DAY_MS, localDay, type Now } from '#kernel/clock.ts';
import type { Database, Handle } from '#kernel/database.ts';
import { hashSecret, newId, newSecret, type Random } from '#kernel/id.ts';
import { touch } from '#kernel/touched.ts';

import { PASS_DAYS } from '../identity/cookies.ts';
import { pass } from '../schema.ts';

/** By what a browser got its pass; `elsewhere`: a link opened in another browser than the one that asked, with the address typed. */
export type PassHow = 'link' | 'code' | 'elsewhere';

/** A browser that opens gated content for a person, as they or the staff see it. */
export interface PassView {
	readonly id: string;
	readonly since: Date;
	readonly until: Date;
	/** Local day, as `2026-03-01`. */
	readonly lastSeenDay: string;
	/** Family of the browser, as `Firefox`; '' when unknown. */
	readonly agent: string;
	readonly how: PassHow;
}

/** Who takes a right back: the person or somebody of the staff, and from where. */
export interface By {
	readonly actor: string;
	readonly origin: string;
}

export interface PassDeps {
	readonly db: Database;
	readonly now: Now;
	readonly random: Random;
	readonly timeZone: () => string;
}

/** Passes that still open something, newest first. */
export async function passesOf({ db, now }: PassDeps, personId: string): Promise<PassView[]> {
	const rows = await db.read
		.select()
		.from(pass)
		.where(and(eq(pass.personId, personId), isNull(pass.revokedAt), gt(pass.expiresAt, now())))
		.orderBy(desc(pass.createdAt), desc(pass.id));
	return rows.map(({ id, createdAt, expiresAt, lastSeenDay, agent, how }) => ({
		id,
		since: createdAt,
		until: expiresAt,
		lastSeenDay,
		agent,
		how: how as PassHow,
	}));
}

/** Ends a pass of this person, or all of them without `passId`; acts at the next request of its browser. Returns how many ended. */
export async function revokePasses({ db, now, random }: PassDeps, personId: string, passId: string | null, by: By): Promise<number> {
	return db.write(async (tx) => {
		const at = now();
		const ended = await tx
			.update(pass)
			.set({ revokedAt: at })
			.where(and(eq(pass.personId, personId), passId === null ? undefined : eq(pass.id, passId), isNull(pass.revokedAt), gt(pass.expiresAt, at)))
			.returning({ id: pass.id });
		touch(tx, personId);
		if (ended.length > 0) {
			await recordAudit(tx, { ...by, action: 'pass.revoke', subject: `person:${personId}`, detail: { passes: ended.length } }, at, random);
		}
		return ended.length;
	});
}

/** A pass for this browser. Returns its secret, for the cookie; only the hash is stored. */
export async function insertPass(
	tx: Handle,
	{ personId, how, agent, day }: { readonly personId: string; readonly how: PassHow; readonly agent: string; readonly day: string },
	at: Date,
	random: Random,
): Promise<string> {
	const secret = newSecret(random);
	await tx.insert(pass).values({
		id: newId(at, random),
		hash: hashSecret(secret),
		personId,
		createdAt: at,
		expiresAt: new Date(at.getTime() + PASS_DAYS * DAY_MS),
		revokedAt: null,
		how,
		agent,
		lastSeenDay: day,
	});
	return secret;
}

/** Notes the local day on which a pass was used: once a day, beside the request and not in its way. */
export function createSeen({ db, now, timeZone }: PassDeps): (passId: string, lastSeenDay: string) => void {
	const noting = new Set<string>();
	return (passId, lastSeenDay) => {
		const today = localDay(now(), timeZone());
		if (lastSeenDay === today || noting.has(passId)) return;
		noting.add(passId);
		const note = db.write(async (tx) => void (await tx.update(pass).set({ lastSeenDay: today }).where(eq(pass.id, passId))));
		// A day that could not be noted is noted at the next request.
		void note.catch(() => undefined).finally(() => noting.delete(passId));
	};
}
