import type { Handle } from '#kernel/database.ts';
import type { Random } from '#kernel/id.ts';
import type { Dropped } from '#kernel/outbox.ts';

import type { PersonalDataSource } from '../privacy/source.ts';
import { deliverMail, type DeliverDeps, type PersonalMail } from './deliver.ts';
import type { Composers, NewMessage, Withdrawal } from './message.ts';
import { messagesData } from './personal-data.ts';
import { postMany, withdrawMessages } from './post.ts';

/** What is sent to people: a queue that asks, at the moment a message goes, whether it still may. */
export interface Messages {
	/** For handlers of the outbox. See {@link deliverMail}. */
	deliver(mail: PersonalMail): Promise<void | Dropped>;
	/** See {@link postMany}. Returns false when the key is known. */
	post(tx: Handle, message: NewMessage): Promise<boolean>;
	postMany(tx: Handle, messages: readonly NewMessage[]): Promise<number>;
	/** See {@link withdrawMessages}. */
	withdraw(tx: Handle, what: Withdrawal): Promise<number>;
	readonly personalData: PersonalDataSource;
}

export interface MessagesDeps extends DeliverDeps {
	readonly random: Random;
	/** Read at each delivery. */
	readonly composers: () => Composers;
}

export function createMessages(deps: MessagesDeps): Messages {
	return Object.freeze<Messages>({
		deliver: (mail) => deliverMail(deps, mail),
		post: async (tx, message) => (await postMany(tx, deps, [message])) > 0,
		postMany: (tx, messages) => postMany(tx, deps, messages),
		withdraw: (tx, what) => withdrawMessages(tx, deps, what),
		personalData: messagesData(deps),
	});
}
