import { and, eq, isNull } from 'drizzle-orm';

import type { Now } from '#kernel/clock.ts';
import type { Database } from '#kernel/database.ts';
import { hashSecret } from '#kernel/id.ts';
import { touch } from '#kernel/touched.ts';

import { pass } from '../schema.ts';
import { CONSENT_COOKIE, PASS_COOKIE, removedCookie, type SetCookie, VISITOR_COOKIE } from './cookies.ts';
import type { VisitorCookies } from './visitor.ts';

/**
 * "Not you?": ends this browser's pass and makes it a stranger. Whoever sits there next is asked for consent anew, and
 * nothing they do reaches the person before.
 */
export async function signOut(
	{ db, now }: { readonly db: Database; readonly now: Now },
	cookies: VisitorCookies,
): Promise<{ readonly setCookies: readonly SetCookie[] }> {
	const secret = cookies.pass;
	if (secret) {
		await db.write(async (tx) => {
			const ended = await tx
				.update(pass)
				.set({ revokedAt: now() })
				.where(and(eq(pass.hash, hashSecret(secret)), isNull(pass.revokedAt)))
				.returning({ personId: pass.personId });
			touch(tx, ...ended.map(({ personId }) => personId));
		});
	}
	return { setCookies: [PASS_COOKIE, VISITOR_COOKIE, CONSENT_COOKIE].map(removedCookie) };
}
