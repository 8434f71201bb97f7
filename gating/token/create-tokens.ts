import { and, desc, eq, isNull } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import { type Now, SECOND_MS } from '#kernel/clock.ts';
import type { Database } from '#kernel/database.ts';
import { DomainError, type FieldError } from '#kernel/errors.ts';
import { hashSecret, newId, newSecret, type Random } from '#kernel/id.ts';
import type { Log } from '#kernel/log.ts';

import { type Reader, whoOf } from '../lead/reader.ts';
import { apiToken } from '../schema.ts';
import { holderWith, isTokenRight, TOKEN_RIGHTS, type TokenHolder, type TokenRight } from './holder.ts';

/** Begins every secret, so that scanners of source code know one when somebody commits it. */
const PREFIX = 'foyer_';
const LONGEST_NAME = 60;
/** Another process may have revoked one: on PostgreSQL the list is read again after this. */
const FRESH_MS = 5 * SECOND_MS;

type Row = typeof apiToken.$inferSelect;

/** A token as staff sees it. */
export type TokenView = Omit<Row, 'hash'>;

export interface NewToken {
	readonly name: string;
	readonly rights: readonly string[];
	/** Null: until it is revoked. */
	readonly expiresAt: Date | null;
}

/** Tokens of other systems: each with a name, its own rights and an end. */
export interface Tokens {
	/** What a token may be allowed. */
	readonly rights: readonly TokenRight[];
	/** Reads the list. Call before anything else. */
	start(): Promise<void>;
	/** Who shows `secret`; null for one that is unknown, over or revoked. Answers from memory. */
	holder(secret: string): TokenHolder | null;
	/** Newest first, revoked ones included. */
	list(): Promise<readonly TokenView[]>;
	/** Returns the secret, which nobody can see again. @throws DomainError invalid with each field that cannot be used */
	create(token: NewToken, by: Reader): Promise<string>;
	/** From now on it opens nothing. @throws DomainError not-found */
	revoke(id: string, by: Reader): Promise<void>;
}

export interface TokenDeps {
	readonly db: Database;
	readonly now: Now;
	readonly random: Random;
	readonly log: Log;
}

export function createTokens({ db, now, random, log }: TokenDeps): Tokens {
	let known = new Map<string, Row>();
	let readAt = 0;
	const read = async (): Promise<void> => {
		readAt = now().getTime();
		const rows = await db.read.select().from(apiToken).where(isNull(apiToken.revokedAt));
		known = new Map(rows.map((row) => [row.hash, row]));
	};
	const complain = (error: unknown): void => log.error({ err: error }, 'the API tokens could not be read or marked');

	/** One write a day and token: enough to see which are used, and nothing of when. */
	const noteUse = (row: Row): void => {
		const usedDay = now().toISOString().slice(0, 10);
		if (row.usedDay === usedDay) return;
		known.set(row.hash, { ...row, usedDay });
		db.write(async (tx) => void (await tx.update(apiToken).set({ usedDay }).where(eq(apiToken.id, row.id)))).catch(complain);
	};

	return Object.freeze<Tokens>({
		rights: TOKEN_RIGHTS,
		start: read,
		holder: (secret) => {
			if (db.dialect === 'postgres' && now().getTime() - readAt > FRESH_MS) void read().catch(complain);
			const row = secret.startsWith(PREFIX) ? known.get(hashSecret(secret)) : undefined;
			if (!row || (row.expiresAt !== null && row.expiresAt <= now())) return null;
			noteUse(row);
			return holderWith(row.name, row.rights);
		},
		list: async () => {
			const rows = await db.read.select().from(apiToken).orderBy(desc(apiToken.createdAt), desc(apiToken.id));
			return rows.map(({ hash: _hash, ...row }) => row);
		},
		create: async (token, by) => {
			const at = now();
			const { name, rights, expiresAt } = checked(token, at);
			const secret = PREFIX + newSecret(random);
			const id = newId(at, random);
			await db.write(async (tx) => {
				const [same] = await tx
					.select({ id: apiToken.id })
					.from(apiToken)
					.where(and(eq(apiToken.name, name), isNull(apiToken.revokedAt)));
				if (same) throw new DomainError('invalid', 'The token cannot be made.', { fields: [{ field: 'name', code: 'taken' }] });
				await tx
					.insert(apiToken)
					.values({ id, name, hash: hashSecret(secret), rights, createdBy: by.actor, createdAt: at, expiresAt, usedDay: '', revokedAt: null });
				const detail = { name, rights, expiresAt: expiresAt?.toISOString() ?? null };
				await recordAudit(tx, { ...whoOf(by), action: 'token.create', subject: `token:${id}`, detail }, at, random);
			});
			await read();
			return secret;
		},
		revoke: async (id, by) => {
			const at = now();
			await db.write(async (tx) => {
				const [row] = await tx
					.update(apiToken)
					.set({ revokedAt: at })
					.where(and(eq(apiToken.id, id), isNull(apiToken.revokedAt)))
					.returning();
				if (!row) throw new DomainError('not-found', 'There is no such token, or it has been revoked.');
				const entry = { ...whoOf(by), action: 'token.revoke', subject: `token:${id}`, detail: { name: row.name } };
				await recordAudit(tx, entry, at, random);
			});
			await read();
		},
	});
}

function checked({ name, rights, expiresAt }: NewToken, now: Date): NewToken {
	const errors: FieldError[] = [];
	const plain = name.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();
	if (plain === '') errors.push({ field: 'name', code: 'required' });
	else if (plain.length > LONGEST_NAME) errors.push({ field: 'name', code: 'too-long' });
	else if (/\p{C}/u.test(plain) || !plain.isWellFormed()) errors.push({ field: 'name', code: 'characters' });
	if (rights.length === 0) errors.push({ field: 'rights', code: 'required' });
	else if (!rights.every(isTokenRight)) errors.push({ field: 'rights', code: 'choice' });
	if (expiresAt !== null && !(expiresAt > now)) errors.push({ field: 'expires', code: 'date-past' });
	if (errors.length > 0) throw new DomainError('invalid', 'The token cannot be made.', { fields: errors });
	return { name: plain, rights: [...new Set(rights)], expiresAt };
}
