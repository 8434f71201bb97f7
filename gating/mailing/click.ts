import { eq } from 'drizzle-orm';

import type { Now } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import type { Keys } from '#kernel/keys.ts';
import { readToken } from '#kernel/signed-token.ts';

import { hasObjected } from '../consent/ledger.ts';
import { recordEvent } from '../event/record.ts';
import { livingPerson } from '../identity/person.ts';
import { mailClick, mailing, message } from '../schema.ts';

export interface ClickDeps {
	readonly keys: Keys;
	readonly now: Now;
	readonly timeZone: () => string;
}

/** Whose mail a landing came from, and as what it counts. */
export interface Clicked {
	readonly personId: string;
	readonly tacticId: string | null;
}

/**
 * Notes that somebody followed a link of a mail and then did something on its page: what loads pages by itself never gets here. Each link of a
 * mail counts once, for whom the mail was written to. Null for a landing without such a link, and for who is gone or objected to being profiled.
 */
export async function noteClick(tx: Handle, deps: ClickDeps, query: string, subject: string): Promise<Clicked | null> {
	const token = new URLSearchParams(query.slice(0, 2_000)).get('m');
	const read = token === null ? null : readToken(deps.keys, 'mail-click', token, deps.now());
	if (read?.status !== 'valid') return null;
	const [messageId = '', place = ''] = read.subject.split('~');
	const [sent] = await tx.select({ personId: message.personId, origin: message.origin }).from(message).where(eq(message.id, messageId));
	if (!sent || !(await livingPerson(tx, sent.personId)) || (await hasObjected(tx, sent.personId, 'profiling'))) return null;
	const { personId, origin } = sent;
	const at = deps.now();
	const added = await tx
		.insert(mailClick)
		.values({ messageId, place: Number(place) || 0, origin, personId, subject, at })
		.onConflictDoNothing()
		.returning({ id: mailClick.messageId });
	if (added.length > 0) {
		const event = { id: `mail-click:${messageId}:${place}`, type: 'mail.click' as const, at, personId, visitorId: null, subject: subject || 'mail' };
		await recordEvent(tx, { ...event, props: { origin } }, at, deps.timeZone());
	}
	const [from] = await tx
		.select({ tacticId: mailing.tacticId })
		.from(mailing)
		.where(eq(mailing.id, origin.slice(origin.indexOf(':') + 1)));
	return { personId, tacticId: from?.tacticId ?? null };
}
