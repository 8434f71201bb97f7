import { desc, eq, lt } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import { type Keys, openAlone } from '#kernel/keys.ts';
import type { Mail } from '#kernel/mailer.ts';
import { mailbox } from '#kernel/schema.ts';

import { person } from '../schema.ts';

/** What the mailbox was sealed for: see `mailboxMailer`. */
const CONTEXT = 'mailbox';

export interface KeptMail {
	readonly id: string;
	readonly personId: string | null;
	readonly madeAt: Date;
	/** Null once the receiver was erased: nobody can open it. */
	readonly mail: Mail | null;
}

export interface MailPage {
	readonly mails: readonly KeptMail[];
	/** Pass it on for the next older mails; null at the end. */
	readonly nextCursor: string | null;
}

/** Mails that were kept instead of sent, newest first. */
export async function listMails(
	handle: Handle,
	keys: Keys,
	{ cursor, limit }: { readonly cursor: string | null; readonly limit: number },
): Promise<MailPage> {
	const rows = await withKey(handle)
		.where(cursor === null ? undefined : lt(mailbox.id, cursor))
		.orderBy(desc(mailbox.id))
		.limit(limit + 1);
	const mails = rows.slice(0, limit).map((row) => open(keys, row));
	return { mails, nextCursor: rows.length > limit ? (mails.at(-1)?.id ?? null) : null };
}

/** One kept mail; null when there is none of this id. */
export async function openMail(handle: Handle, keys: Keys, id: string): Promise<KeptMail | null> {
	const [row] = await withKey(handle).where(eq(mailbox.id, id)).limit(1);
	return row ? open(keys, row) : null;
}

function withKey(handle: Handle) {
	const { id, personId, sealed, createdAt } = mailbox;
	return handle
		.select({ id, personId, sealed, createdAt, dataKey: person.dataKey })
		.from(mailbox)
		.leftJoin(person, eq(person.id, mailbox.personId))
		.$dynamic();
}

type Row = Awaited<ReturnType<typeof withKey>>[number];

function open(keys: Keys, { id, personId, sealed, createdAt, dataKey }: Row): KeptMail {
	const text = personId === null ? openAlone(keys, CONTEXT, sealed) : dataKey && keys.unseal(dataKey, CONTEXT, sealed);
	return { id, personId, madeAt: createdAt, mail: text === null ? null : (JSON.parse(text) as Mail) };
}
