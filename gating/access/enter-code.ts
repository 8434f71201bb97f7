import { eq, sql } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import type { Visitor } from '../identity/visitor.ts';
import { lockOf } from '../offer/offer.ts';
import { accessAsk, grant } from '../schema.ts';
import { type AskRow, asksOf, newestAsk, triesOf } from './ask.ts';
import { CODE_MS, CODE_TRIES, isCode, readCode } from './code.ts';
import type { ConfirmDeps } from './confirm.ts';
import { grantById } from './grant.ts';
import { prove, type Proved } from './prove.ts';

export interface CodeInput {
	/** As typed. */
	readonly code: string;
	/** The browser that asked. */
	readonly visitor: Visitor;
	/** Network prefix, for limits; null for a caller that has limits of its own. */
	readonly network: string | null;
}

export type CodeOutcome =
	| Extract<Proved, { readonly status: 'confirmed' }>
	/** `triesLeft` 0: this code is spent. */
	| { readonly status: 'wrong'; readonly triesLeft: number }
	/** Not six digits; does not count as a try. */
	| { readonly status: 'malformed' }
	/** This browser asked for nothing in the last fifteen minutes, or its code was used. */
	| { readonly status: 'expired' }
	| { readonly status: 'slow-down'; readonly retryAfterSeconds: number };

/**
 * Takes the six digits of a mail in the browser that asked for it: the same act as pressing the button behind its link. Only the
 * newest thing asked for counts. A wrong code looks the same whether anybody has the address or not.
 */
export async function enterCode(deps: ConfirmDeps, { code, visitor, network }: CodeInput): Promise<CodeOutcome> {
	const { db, checks, now } = deps;
	const typed = readCode(code);
	if (typed === null) return { status: 'malformed' };
	const wait = checks.code(network);
	if (wait > 0) return { status: 'slow-down', retryAfterSeconds: wait };
	const since = new Date(now().getTime() - CODE_MS);
	const asked = await newestAsk(db.read, visitor, since);
	if (!asked) return { status: 'expired' };
	const found = asked.grantId === null ? null : await grantById(db.read, asked.grantId);
	// All tries of one code come one after another, and an offer's stock is given out under its own lock.
	const locks = (found && lockOf(found.subject)) ?? `code:${asked.grantId ?? asked.id}`;
	return db.write(async (tx) => tryCode(deps, tx, asked, typed, visitor), { locks });
}

async function tryCode(deps: ConfirmDeps, tx: Handle, asked: AskRow, typed: string, visitor: Visitor): Promise<CodeOutcome> {
	const tries = await triesOf(tx, asked);
	if (tries >= CODE_TRIES) return { status: 'wrong', triesLeft: 0 };
	const row = asked.grantId === null ? null : await grantById(tx, asked.grantId);
	// Compared in any case, so that an address nobody has takes as long.
	const isRight = isCode(deps.keys, row?.id ?? asked.id, typed);
	if (!row || !isRight || row.revokedAt || row.codeUntil === null || row.codeUntil <= deps.now()) {
		if (row && isRight) return { status: 'expired' };
		await tx
			.update(accessAsk)
			.set({ tries: sql`${accessAsk.tries} + 1` })
			.where(eq(accessAsk.id, asked.id));
		return { status: 'wrong', triesLeft: CODE_TRIES - tries - 1 };
	}
	await tx.update(grant).set({ codeUntil: null }).where(eq(grant.id, row.id));
	const covers = (await asksOf(tx, [row.id])).flatMap(({ id }) => id ?? []);
	const proved = await prove(deps, tx, row, { visitor, covers, how: 'code' });
	return proved.status === 'confirmed' ? proved : { status: 'expired' };
}
