/** What another system can be told. Each message holds ids and codes; the words for each are in `kernel/texts`, section webhook. */
export const WEBHOOK_EVENTS = [
	'lead.created',
	'lead.stage.changed',
	'lead.handed_over',
	'lead.owner.changed',
	'lead.score.grade_changed',
	'lead.disposition',
	'lead.merged',
	'deal.changed',
	'form.submitted',
	'content.downloaded',
	'registration.created',
	'webinar.attended',
	'material.opened',
	'consent.withdrawn',
	'person.erased',
	'journey.step',
] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** Sent on demand, to whatever endpoint. */
export const TEST_EVENT = 'webhook.test';

/**
 * How much of a lead an endpoint is told: `thin` ids and codes only; `company` the company's name and mail domain too; `contact` names, mail
 * addresses, phones and job titles of its people as well. Levels of personal data as in privacy/levels.ts.
 */
export const WEBHOOK_LEVELS = ['thin', 'company', 'contact'] as const;
export type WebhookLevel = (typeof WEBHOOK_LEVELS)[number];

/** `failing`: switched off after days without success; `gone`: the receiver answered 410. What happens meanwhile is kept for a replay; for `off` it is not. */
export const ENDPOINT_STATES = ['on', 'off', 'failing', 'gone'] as const;
export type EndpointState = (typeof ENDPOINT_STATES)[number];

/** `waiting` to be sent; `done`; `dead` after the last attempt; `missed` while the endpoint was switched off by failure; `dropped` with an erased person. */
export const DELIVERY_STATES = ['waiting', 'done', 'dead', 'missed', 'dropped'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export const isWebhookEvent = (text: string): text is WebhookEvent => (WEBHOOK_EVENTS as readonly string[]).includes(text);
export const isWebhookLevel = (text: string): text is WebhookLevel => (WEBHOOK_LEVELS as readonly string[]).includes(text);
