import type { Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import type { Log } from '#kernel/log.ts';

import type { PersonalDataSource } from '../privacy/source.ts';
import { contactOf, livingPerson } from '../identity/person.ts';
import { type Delivered, deliverMail, type DeliverDeps, type PersonalMail, sendMail } from './deliver.ts';
import { purposeOf } from './may-go.ts';
import type { Composers, MailPurpose, NewMessage, OutgoingMessage, Withdrawal } from './message.ts';
import { messagesData } from './personal-data.ts';
import { postMany, withdrawMessages } from './post.ts';
import { runQueue } from './queue.ts';

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
	readonly personalData: PersonalDataSource;
}

export interface MessagesDeps extends DeliverDeps {
	readonly log: Log;
	/** Read at each delivery. */
	readonly composers: () => Composers;
}

export function createMessages(deps: MessagesDeps): Messages {
	const send = (outgoing: OutgoingMessage) => sendOne(deps, outgoing);
	return Object.freeze<Messages>({
		deliver: (mail) => deliverMail(deps, mail),
		post: async (tx, message) => (await postMany(tx, deps, [message])) > 0,
		postMany: (tx, messages) => postMany(tx, deps, messages),
		withdraw: (tx, what) => withdrawMessages(tx, deps, what),
		runDue: (most = 2_000) => runQueue({ ...deps, send }, most),
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
	const { email } = contactOf(deps.keys, person);
	if (composed.channel !== 'mail') return { dropped: 'not-configured' };
	if (email === '') return { dropped: 'no-address' };
	const { locale, compose } = composed;
	return sendMail(deps, {
		...{ personId: outgoing.personId, locale, purpose: composed.purpose ?? (purposeOf(outgoing.class, 'mail') as MailPurpose) },
		compose: (preferences) => ({ ...compose(preferences), to: email, messageId: `<${outgoing.id}@${new URL(deps.origin).hostname}>` }),
	});
}
