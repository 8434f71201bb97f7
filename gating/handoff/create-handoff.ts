import { createDeals, type Deals } from '../deal/create-deals.ts';
import type { Work } from '../lifecycle/create-work.ts';
import type { WorkDeps } from '../lifecycle/log.ts';
import { createWebhooks, type Webhooks, type WebhooksDeps } from '../webhook/create-webhooks.ts';
import { webhookData } from '../webhook/personal-data.ts';

/** How leads reach sales and their systems, and what comes back. */
export interface HandOff {
	/** What a CRM writes back. */
	readonly deals: Deals;
	/** Other systems that are told of leads. */
	readonly webhooks: Webhooks;
}

export interface HandOffDeps extends WorkDeps, WebhooksDeps {
	readonly timeZone: () => string;
	readonly work: Pick<Work, 'dispose' | 'give'>;
}

/** The parts of hand-off, what they keep of persons, and what they deliver. */
export function createHandOff(deps: HandOffDeps) {
	const parts: HandOff = { deals: createDeals(deps), webhooks: createWebhooks(deps) };
	return { parts, data: [webhookData()], handlers: parts.webhooks.handlers, stop: () => parts.webhooks.stop() };
}
