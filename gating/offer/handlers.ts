import type { OutboxHandler } from '#kernel/outbox.ts';

import type { MailDeps } from '../access/confirmation-mail.ts';
import { QUOTE_MAILS } from '../quote/confirmed.ts';
import { quoteDealerHandler, quoteMailHandler, quoteSalesHandler } from '../quote/mail.ts';
import { OFFER_MAIL } from './give.ts';
import { offerMailHandler } from './mail.ts';

/** Deliveries of offers and requests for a quote, by outbox kind. */
export function offerHandlers(deps: MailDeps): Readonly<Record<string, OutboxHandler>> {
	return {
		[OFFER_MAIL]: offerMailHandler(deps),
		[QUOTE_MAILS.person]: quoteMailHandler(deps),
		[QUOTE_MAILS.sales]: quoteSalesHandler(deps),
		[QUOTE_MAILS.dealer]: quoteDealerHandler(deps),
	};
}
