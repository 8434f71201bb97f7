import { and, count, eq, gt, inArray } from 'drizzle-orm';

import { DAY_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import { newId } from '#kernel/id.ts';

import { livingPerson, openProfile } from '../identity/person.ts';
import { message, messageDecision, person } from '../schema.ts';
import { closeMailbox, type DeliverDeps } from './deliver.ts';
import { type MailAnswer, readMailAnswer } from './mail-answer.ts';
import type { MessageRow } from './may-go.ts';
import { liveSettings } from './settings.ts';
import { suppressPerson } from './suppress.ts';

/** What became of a mail that came back: counted, said before, about no mail of ours, or no report at all. */
export type Answered = { readonly status: 'counted'; readonly kind: MailAnswer['kind'] } | { readonly status: 'known' | 'not-ours' | 'no-report' };

type Deps = Pick<DeliverDeps, 'db' | 'keys' | 'now' | 'random'>;

/** What weighs more takes the place of what weighs less. */
const WEIGHT: Readonly<Record<string, number>> = { '': 0, soft: 1, hard: 2, complaint: 3 };

/**
 * Takes a report of a mail server or mailbox provider. A mailbox that is not there and a complaint suppress the address; failures that may
 * pass do when they repeat. Reports of an address that the person no longer has are counted and suppress nothing.
 */
export async function takeMailAnswer(deps: Deps, raw: Buffer): Promise<Answered> {
	const answer = await readMailAnswer(raw);
	if (answer === null) return { status: 'no-report' };
	const { messageId, kind } = answer;
	if (messageId === null) return { status: 'not-ours' };
	return deps.db.write(async (tx) => {
		const [row] = await tx.select().from(message).where(eq(message.id, messageId));
		if (!row) return { status: 'not-ours' };
		if ((WEIGHT[row.answer] ?? 0) >= (WEIGHT[kind] ?? 0)) return { status: 'known' };
		const at = deps.now();
		await tx.update(message).set({ answer: kind }).where(eq(message.id, row.id));
		const line = { id: newId(at, deps.random), messageId: row.id, at, verdict: 'answered', reason: kind, until: null };
		await tx.insert(messageDecision).values(line);
		if (await isTheirs(tx, deps, row, answer)) await act(tx, deps, row, kind);
		return { status: 'counted', kind };
	});
}

/** Whether the report speaks of the address that the person has now; where it names none, it does. */
async function isTheirs(tx: Handle, { keys }: Deps, { personId }: MessageRow, { recipients }: MailAnswer): Promise<boolean> {
	const living = await livingPerson(tx, personId);
	if (!living) return false;
	const { email = '' } = openProfile(keys, living);
	return recipients.length === 0 || recipients.includes(email.toLowerCase());
}

async function act(tx: Handle, deps: Deps, { personId }: MessageRow, kind: MailAnswer['kind']): Promise<void> {
	switch (kind) {
		case 'hard':
			return closeMailbox(tx, deps, personId);
		case 'complaint':
			await suppressPerson(tx, deps, { personId, channel: 'mail', reason: 'complaint', actor: 'system' });
			return;
		case 'soft': {
			const { body } = await liveSettings(tx);
			if ((await softFailures(tx, personId, new Date(deps.now().getTime() - body.bounces.days * DAY_MS))) < body.bounces.soft) return;
			await suppressPerson(tx, deps, { personId, channel: 'mail', reason: 'soft-bounces', actor: 'system' });
		}
	}
}

/** Mails since then to anybody of the lead that came back for the time being. */
async function softFailures(tx: Handle, personId: string, since: Date): Promise<number> {
	const leadId = tx.select({ leadId: person.leadId }).from(person).where(eq(person.id, personId));
	const all = tx.select({ id: person.id }).from(person).where(inArray(person.leadId, leadId));
	const [row] = await tx
		.select({ n: count() })
		.from(message)
		.where(and(inArray(message.personId, all), eq(message.answer, 'soft'), gt(message.createdAt, since)));
	return row?.n ?? 0;
}
