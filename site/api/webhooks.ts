import { z } from '@hono/zod-openapi';

import type { WebhookEvent } from '#gating';

import type { AddRoutes } from './api.ts';
import { instant } from './schema.ts';

const id = z.string();
const cause = z.string().openapi({ description: 'Who did it: `rule:<name>`, `staff:<id>`, `import`, `api:<token name>`, `merge:<id>`' });
const content = { personId: id, subject: z.string().openapi({ description: '`<type>:<content id>`' }) };

/** What each message holds beside its type and time: ids and codes. */
const DATA: Readonly<Record<WebhookEvent, readonly [summary: string, data: Readonly<Record<string, z.ZodType>>]>> = {
	'lead.created': ['A lead is new', { leadId: id }],
	'lead.stage.changed': ['A lead reaches another stage', { leadId: id, from: z.string(), to: z.string(), cause }],
	'lead.handed_over': ['A lead is handed over to sales', { leadId: id, cause }],
	'lead.owner.changed': ['A lead gets another owner', { leadId: id, from: id.nullable(), to: id.nullable() }],
	'lead.score.grade_changed': [
		'A lead’s grade changes, but for a new version of the model, which changes everybody’s at once',
		{ leadId: id, from: z.string(), to: z.string(), total: z.int().openapi({ description: 'Hundredths of a point' }) },
	],
	'lead.disposition': [
		'Something is decided about a lead',
		{ leadId: id, dispositionId: id, kind: z.string(), reason: z.string(), stage: z.string() },
	],
	'lead.merged': ['Two leads become one', { leadId: id, fromLeadId: id, mergeId: id }],
	'deal.changed': [
		'A deal changes',
		{
			...{ leadId: id, dealId: id, externalId: z.string(), state: z.string(), reason: z.string() },
			amount: z.int().nullable().openapi({ description: 'In the currency’s smallest unit' }),
			currency: z.string(),
		},
	],
	'form.submitted': ['A form is sent and its address proved', { ...content, form: z.string() }],
	'content.downloaded': ['A paper or document is downloaded', content],
	'registration.created': ['Somebody registers for a webinar', { ...content, occurrenceId: id }],
	'webinar.attended': ['Somebody attended a webinar; minutes as known at first', { ...content, occurrenceId: id, minutes: z.int() }],
	'material.opened': [
		'A shared link is opened by a person; whose it is says nothing of who that was',
		{ leadId: id, shareId: id, subject: z.string() },
	],
	'consent.withdrawn': ['A consent is withdrawn', { personId: id, purpose: z.string(), how: z.string() }],
	'person.erased': ['A person is erased: forget them too', { personId: id, leadId: id }],
	'journey.step': [
		'Somebody comes to a step of a journey that tells other systems',
		{ personId: id, leadId: id, journeyId: id, step: id, name: z.string().openapi({ description: 'As the journey’s step is named' }) },
	],
};

const lead = z
	.object({
		company: z.string(),
		mailDomain: z.string(),
		people: z
			.array(
				z.object({
					...{ personId: id, name: z.string().nullable(), email: z.string().nullable() },
					...{ phone: z.string().nullable(), jobTitle: z.string().nullable() },
				}),
			)
			.optional(),
	})
	.openapi('WebhookLead', {
		description: 'At the levels company and contact only; people at contact. As known when it is sent, never of who was erased.',
	});

const DESCRIPTION =
	'By Standard Webhooks. `webhook-id` stays the same over retries: do nothing twice. `webhook-signature` is over `<id>.<timestamp>.<body>`; for a day after a new secret it holds two. Only 2xx is success; redirects are not followed; 410 switches the endpoint off. Tries go on for three days. Order is best effort: go by `timestamp`.';

/** The messages that other systems are sent, in the `webhooks` part of the description. */
export const addWebhookDocs: AddRoutes = (api) => {
	const header = (description: string) => z.string().openapi({ description });
	const headers = z.object({
		'webhook-id': header('Names the message'),
		'webhook-timestamp': header('Seconds since 1970 of this attempt'),
		'webhook-signature': header('`v1,<base64>`, several separated by spaces'),
	});
	for (const [type, [summary, data]] of Object.entries(DATA)) {
		const schema = z.object({ type: z.literal(type), timestamp: instant, data: z.object({ ...data, lead: lead.optional() }) });
		api.openAPIRegistry.registerWebhook({
			...{ method: 'post', path: type, tags: ['Webhooks'], summary, description: DESCRIPTION },
			request: { headers, body: { required: true, content: { 'application/json': { schema } } } },
			responses: { '2XX': { description: 'Taken' }, 410: { description: 'Send no more' } },
		});
	}
};
