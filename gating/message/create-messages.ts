import type { Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import type { Log } from '#kernel/log.ts';
import type { TextChannel } from '#kernel/messaging/text-channel.ts';
import { textsFor } from '#kernel/texts/index.ts';

import type { PersonalDataSource } from '../privacy/source.ts';
import { stopLink } from '../consent/link.ts';
import { contactOf, livingPerson } from '../identity/person.ts';
import type { Contact } from '../identity/profile.ts';
import type { Reader } from '../lead/reader.ts';
import { type Delivered, deliverMail, type DeliverDeps, type PersonalMail, sendMail } from './deliver.ts';
import { purposeOf } from './may-go.ts';
import {
	type ComposedMessage,
	type Composers,
	type MailPurpose,
	MESSAGE_CHANNELS,
	MESSAGE_CLASSES,
	MESSAGE_STATES,
	type MessageChannel,
	type NewMessage,
	type OutgoingMessage,
	type Withdrawal,
} from './message.ts';
import { messagesData } from './personal-data.ts';
import { postMany, takeBack, withdrawMessages } from './post.ts';
import { runQueue } from './queue.ts';
import { type LeadMessages, listMessages, listSuppressions, type MessageCount, messageCounts, type MessageQuery, messagesOfLead } from './reading.ts';
import { changeSettings, type LiveSettings, liveSettings } from './settings.ts';
import { settleStrays } from './strays.ts';
import { liftSuppression, suppressByHand } from './suppress.ts';
import { type Answered, takeMailAnswer } from './take-answer.ts';

/** What is sent to people: a queue that asks, at the moment a message goes, whether it still may. */
export interface Messages {
	/** For handlers of the outbox. See {@link deliverMail}. */
	deliver(mail: PersonalMail): Promise<Delivered>;
	/** See {@link postMany}. Returns false when the key is known. */
	post(tx: Handle, message: NewMessage): Promise<boolean>;
	postMany(tx: Handle, messages: readonly NewMessage[]): Promise<number>;
	/** See {@link withdrawMessages}. */
	withdraw(tx: Handle, what: Withdrawal): Promise<number>;
	/** Judges and sends what is due, `most` at most; the worker loop calls it. Returns how many were judged. */
	runDue(most?: number): Promise<number>;
	/** See {@link takeMailAnswer}: a bounce or complaint, as the mailbox has it. */
	take(raw: Buffer): Promise<Answered>;
	/** How many stand where, and why. */
	counts(): Promise<readonly MessageCount[]>;
	/** See {@link listMessages}. */
	list(query: MessageQuery): ReturnType<typeof listMessages>;
	/** See {@link messagesOfLead}. */
	ofLead(leadId: string): Promise<LeadMessages>;
	/** Takes one back that has not gone. Returns false when there is nothing to take back. */
	takeBack(id: string, by: Reader): Promise<boolean>;
	/** See {@link listSuppressions}. */
	suppressions(cursor?: string): ReturnType<typeof listSuppressions>;
	/** See {@link suppressByHand}. */
	suppress(whom: { readonly personId: string; readonly channel: MessageChannel }, by: Reader): Promise<void>;
	/** See {@link liftSuppression}. */
	lift(suppressionId: string, by: Reader): Promise<void>;
	settings(): Promise<LiveSettings>;
	/** See {@link changeSettings}. */
	changeSettings(input: unknown, seen: number, by: Reader): Promise<number>;
	/** Channels that can send; the others drop what is posted, as not configured. */
	readonly channels: readonly MessageChannel[];
	readonly choices: {
		readonly states: typeof MESSAGE_STATES;
		readonly classes: typeof MESSAGE_CLASSES;
		readonly channels: typeof MESSAGE_CHANNELS;
	};
	readonly personalData: PersonalDataSource;
}

export interface MessagesDeps extends DeliverDeps {
	readonly log: Log;
	/** Null, or left out: there is no SMS gateway. */
	readonly sms?: TextChannel | null | undefined;
	/** Read at each delivery. */
	readonly composers: () => Composers;
}

export function createMessages(deps: MessagesDeps): Messages {
	const { db } = deps;
	const send = (outgoing: OutgoingMessage) => sendOne(deps, outgoing);
	return Object.freeze<Messages>({
		deliver: (mail) => deliverMail(deps, mail),
		post: async (tx, message) => (await postMany(tx, deps, [message])) > 0,
		postMany: (tx, messages) => postMany(tx, deps, messages),
		withdraw: (tx, what) => withdrawMessages(tx, deps, what),
		runDue: async (most = 2_000) => {
			const judged = await runQueue({ ...deps, send }, most);
			return judged + (await settleStrays(deps));
		},
		take: (raw) => takeMailAnswer(deps, raw),
		counts: () => messageCounts(db),
		list: (query) => listMessages(db.read, query),
		ofLead: (leadId) => messagesOfLead(db.read, leadId),
		takeBack: (id, by) => db.write((tx) => takeBack(tx, deps, id, by)),
		suppressions: (cursor) => listSuppressions(db.read, cursor),
		suppress: (whom, by) => db.write((tx) => suppressByHand(tx, deps, whom, by)),
		lift: (id, by) => db.write((tx) => liftSuppression(tx, deps, id, by)),
		settings: () => liveSettings(db.read),
		changeSettings: (input, seen, by) => changeSettings(deps, input, seen, by),
		channels: deps.sms ? ['mail', 'sms'] : ['mail'],
		choices: { states: MESSAGE_STATES, classes: MESSAGE_CLASSES, channels: MESSAGE_CHANNELS },
		personalData: messagesData(deps),
	});
}

/** Has the words made and hands them over. */
async function sendOne(deps: MessagesDeps, outgoing: OutgoingMessage): Promise<void | { readonly dropped: string }> {
	const composer = deps.composers()[outgoing.composer];
	if (!composer) throw new DomainError('invalid', `no composer "${outgoing.composer}"`);
	const composed = await composer(outgoing);
	if ('dropped' in composed) return composed;
	const person = await livingPerson(deps.db.read, outgoing.personId);
	if (!person) return { dropped: 'erased' };
	const contact = contactOf(deps.keys, person);
	const { email } = contact;
	if (composed.channel === 'sms') return sendText(deps, outgoing, composed, contact);
	if (email === '') return { dropped: 'no-address' };
	const { locale, compose } = composed;
	return sendMail(deps, {
		...{ personId: outgoing.personId, locale, purpose: composed.purpose ?? (purposeOf(outgoing.class, 'mail') as MailPurpose) },
		compose: (preferences) => ({ ...compose(preferences), to: email, messageId: `<${outgoing.id}@${new URL(deps.origin).hostname}>` }),
	});
}

/** The same by SMS; what may be stopped says how. */
async function sendText(
	deps: MessagesDeps,
	{ id, personId, class: kind }: OutgoingMessage,
	{ text, url, locale }: Exclude<ComposedMessage, { readonly channel: 'mail' }>,
	{ phone }: Contact,
): Promise<void | { readonly dropped: string }> {
	if (!deps.sms) return { dropped: 'not-configured' };
	if (!phone) return { dropped: 'no-address' };
	const purpose = purposeOf(kind, 'sms');
	const stop = purpose === 'necessary' ? null : `${textsFor(locale).delivery.stop} ${stopLink(deps, { personId, purpose }, locale)}`;
	await deps.sms.send({ id, to: phone, text: [text, url, stop].filter(Boolean).join(' ') });
}
