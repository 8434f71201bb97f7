import { z } from '@hono/zod-openapi';

import type { Agent, CrmStage, DealState, DealView } from '#gating';

import { type AddRoutes, type ApiApp, type ApiContext, problem, reply, type Reply } from './api.ts';
import { asAgent, holderOf } from './auth.ts';
import { repeated } from './repeated.ts';
import { instant, json, jsonBody, problems, repeatable, routesUnder, text } from './schema.ts';

const params = z.object({ id: text(64) });
const reason = text(40).default('').openapi({ description: 'Why it was lost, as a code; for nothing else', example: 'price' });

const stageBody = z.strictObject({
	stage: z.enum(['opportunity', 'won', 'lost'] satisfies CrmStage[]),
	reason,
});
const ownerBody = z.strictObject({
	owner: text(64).nullable().openapi({ description: 'Id of a member of staff who has signed in once; null: nobody' }),
});
const dealBody = z.strictObject({
	state: z.enum(['open', 'won', 'lost'] satisfies DealState[]),
	reason,
	amount: z
		.int()
		.min(0)
		.nullable()
		.default(null)
		.openapi({ description: 'In the currency’s smallest unit: 125000 EUR is €1,250.00', example: 125_000 }),
	currency: text(3).default('').openapi({ description: 'ISO 4217; left out without an amount', example: 'EUR' }),
	closedOn: text(10).nullable().default(null).openapi({ description: 'Day it was won or lost; left out: today', example: '2026-11-30' }),
	changedAt: instant.optional().openapi({ description: 'When it changed in the CRM: what is older than what is known changes nothing' }),
});
const dealDocument = z
	.object({
		id: z.string(),
		externalId: z.string(),
		state: z.string(),
		reason: z.string(),
		amount: z.int().nullable(),
		currency: z.string(),
		closedOn: z.string().nullable(),
		changedAt: instant,
		createdAt: instant,
		by: z.string(),
	})
	.openapi('Deal');
const dealAnswer = z.object({ outcome: z.enum(['created', 'changed', 'same', 'stale']), deal: dealDocument });
const changed = z.object({ changed: z.boolean().openapi({ description: 'False: it was so already' }) });

const crm = routesUnder('CRM');
const RIGHT = 'For a token with the right `crm.write`, or sales signed in. An SQL is made by a sales person, never here: before that, 409.';

const routes = {
	stage: crm({
		method: 'put',
		path: '/leads/{id}/stage',
		summary: 'Say where the CRM has a lead: opportunity, won, lost',
		description: `Goes by the allowed moves, each logged; the lead is judged again at once. May be repeated. ${RIGHT}`,
		request: { params, ...repeatable, ...jsonBody(stageBody) },
		responses: { 200: { description: 'It is there', ...json(changed) }, ...problems(401, 403, 404, 409, 422) },
	}),
	owner: crm({
		method: 'put',
		path: '/leads/{id}/owner',
		summary: 'Say who works a lead',
		description: `May be repeated. ${RIGHT}`,
		request: { params, ...repeatable, ...jsonBody(ownerBody) },
		responses: { 200: { description: 'It is so', ...json(changed) }, ...problems(401, 403, 404, 422) },
	}),
	deals: crm({
		method: 'get',
		path: '/leads/{id}/deals',
		summary: 'Deals of a lead, newest first',
		request: { params },
		responses: { 200: { description: 'The deals', ...json(z.object({ items: z.array(dealDocument) })) }, ...problems(401, 403, 404) },
	}),
	deal: crm({
		method: 'put',
		path: '/leads/{id}/deals/{externalId}',
		summary: 'Keep a deal under the CRM’s own id: state, value, day it closed',
		description: `A deal that is new, or whose state changed, moves the lead: open to opportunity, won to customer, lost back to nurture unless another deal is open. The same again changes nothing; the same id for another lead is refused. ${RIGHT}`,
		request: { params: z.object({ id: text(64), externalId: text(120) }), ...repeatable, ...jsonBody(dealBody) },
		responses: { 200: { description: 'Kept', ...json(dealAnswer) }, ...problems(401, 403, 404, 409, 422) },
	}),
};

export const addCrmRoutes: AddRoutes = (api, app) => {
	const { deals, leads } = app.gating;

	api.openapi(routes.stage, (c) =>
		asCrm(app, c, (agent) =>
			repeated(app, c, agent, async () => {
				const { stage, reason: why } = c.req.valid('json');
				return { status: 200, value: { changed: await deals.move(c.req.valid('param').id, stage, why, agent) } };
			}),
		),
	);
	api.openapi(routes.owner, (c) =>
		asCrm(app, c, (agent) =>
			repeated(app, c, agent, async () => {
				const { owner } = c.req.valid('json');
				return { status: 200, value: { changed: await deals.own(c.req.valid('param').id, owner, agent) } };
			}),
		),
	);
	api.openapi(routes.deals, (c) =>
		asAgent(app, c, 'leads.receipt', async () => {
			const leadId = await leads.standing(c.req.valid('param').id);
			return leadId === null ? problem(c, 'not-found') : reply(c, 200, { items: (await deals.ofLead(leadId)).map(answerOf) });
		}),
	);
	api.openapi(routes.deal, (c) =>
		asCrm(app, c, (agent) =>
			repeated(app, c, agent, async () => {
				const { id, externalId } = c.req.valid('param');
				const { changedAt, ...told } = c.req.valid('json');
				const { outcome, deal } = await deals.set(id, externalId, { ...told, ...(changedAt && { changedAt: new Date(changedAt) }) }, agent);
				return { status: 200, value: { outcome, deal: answerOf(deal) } };
			}),
		),
	);
};

/** For a token that may write back, or who sells. */
async function asCrm(app: ApiApp, c: ApiContext, act: (agent: Agent) => Promise<Reply>): Promise<Reply> {
	const authorization = c.req.header('authorization');
	if (authorization === undefined) return asAgent(app, c, 'leads.sell', act);
	const holder = holderOf(app, authorization);
	if (!holder) return problem(c, 'not-signed-in');
	if (!holder.may('crm.write')) return problem(c, 'forbidden');
	return act(app.gating.work.systemAgent({ actor: holder.actor, origin: c.env.network, seesPeople: false }, true));
}

const answerOf = ({ changedAt, createdAt, ...deal }: DealView) => ({
	...deal,
	changedAt: changedAt.toISOString(),
	createdAt: createdAt.toISOString(),
});
