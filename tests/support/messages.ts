import type { Composer, NewMessage } from '#gating';
import { HOUR_MS } from '#kernel/clock.ts';
import { systemRandom } from '#kernel/id.ts';
import { createLog } from '#kernel/log.ts';
import type { Mail } from '#kernel/mailer.ts';
import type { TextChannel } from '#kernel/messaging/text-channel.ts';
import { briefly } from '#tests/support/brief-mail.ts';
import { createScoredHub, engineer } from '#tests/support/scored.ts';

import { append } from '../../gating/consent/ledger.ts';
import { createMessages } from '../../gating/message/create-messages.ts';
import { message } from '../../gating/schema.ts';

/** A queue over people, with a clock to turn and mails to read. It is Monday, 8 o'clock UTC, and everybody's zone is UTC. */
export async function createQueuedHub({ composer = briefly, sms }: { readonly composer?: Composer; readonly sms?: TextChannel } = {}) {
	const hub = await createScoredHub();
	const sent: Mail[] = [];
	const refusals = new Map<string, Error>();
	const deps = { db: hub.db, keys: hub.keys, now: () => hub.clock.at, random: systemRandom, log: createLog('silent') };
	const messages = createMessages({
		...deps,
		sms,
		...{ origin: 'https://hub.example', timeZone: () => 'Europe/Zurich', composers: () => ({ test: composer }) },
		mailer: {
			send: async (mail) => {
				const refusal = refusals.get(mail.to);
				if (refusal) throw refusal;
				sent.push(mail);
			},
			check: async () => 'ok',
			close: async () => undefined,
		},
	});
	const consent = (personId: string, purpose: 'marketing.email' | 'marketing.sms' | 'reminders', given: boolean) =>
		hub.db.write((tx) =>
			append(tx, [{ visitorId: null, personId, purpose, given, textHash: '', how: 'preferences', channel: 'web' }], hub.clock.at, systemRandom),
		);
	const aMessage = (over: Partial<NewMessage> = {}): NewMessage => ({
		...{ key: 'k1', personId: 'p1', class: 'mailing', channel: 'mail', origin: 'mailing:m1', composer: 'test', params: {}, priority: 0 },
		...{ dueAt: hub.clock.at, latestAt: null },
		...over,
	});

	return {
		...hub,
		messages,
		/** What the mailer took. */
		sent,
		refuse: (address: string, error: Error) => void refusals.set(address, error),
		relent: () => refusals.clear(),
		consent,
		aMessage,
		/** Somebody who agreed to mail. Returns the lead. */
		aReader: async (id: string, over: Partial<typeof engineer> = {}): Promise<string> => {
			const leadId = await hub.aPerson(id, { ...engineer, email: `${id}@bottling.example`, ...over });
			await consent(id, 'marketing.email', true);
			return leadId;
		},
		post: (...posted: Partial<NewMessage>[]) => hub.db.write((tx) => messages.postMany(tx, posted.map(aMessage))),
		pass: (hours: number) => void (hub.clock.at = new Date(hub.clock.at.getTime() + hours * HOUR_MS)),
		/** State and reason by key. */
		states: async (): Promise<Record<string, string>> =>
			Object.fromEntries((await hub.db.read.select().from(message)).map(({ key, state, reason }) => [key, `${state}: ${reason}`])),
	};
}

export type QueuedHub = Awaited<ReturnType<typeof createQueuedHub>>;
