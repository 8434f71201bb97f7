import type { Dropped } from '#kernel/outbox.ts';

import { deliverMail, type DeliverDeps, type PersonalMail } from './deliver.ts';

/** What handlers of the outbox send to people with. */
export interface Messages {
	/** See {@link deliverMail}. */
	deliver(mail: PersonalMail): Promise<void | Dropped>;
}

export function createMessages(deps: DeliverDeps): Messages {
	return Object.freeze<Messages>({ deliver: (mail) => deliverMail(deps, mail) });
}
