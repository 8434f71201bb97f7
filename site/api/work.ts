import { z } from '@hono/zod-openapi';

import { type AddRoutes, problem, reply } from './api.ts';
import { asAgent } from './auth.ts';
import { repeated } from './repeated.ts';
import { instant, json, jsonBody, problems, repeatable, routesUnder, text } from './schema.ts';

const params = z.object({ id: text(64) });

const interactionBody = z.strictObject({
	kind: z.enum(['call', 'mail', 'message', 'meeting']),
	outcome: z.enum(['reached', 'real-need', 'callback', 'no-answer', 'wrong-contact', 'declined']),
	at: instant,
	note: text(4_000).default(''),
	nextActionAt: instant.nullable().default(null).openapi({ description: 'Null: what was planned is done' }),
	personId: text(64).optional().openapi({ description: 'Left out: the person known longest' }),
});
const dispositionBody = z.strictObject({
	kind: text(40).openapi({ description: 'What is decided', example: 'returned' }),
	reason: text(40).default('').openapi({ description: 'A reason code, for lost, returned and disqualified', example: 'no-budget' }),
	feedback: text(4_000).default(''),
	interactionId: text(64).optional().openapi({ description: 'The logged contact it rests on' }),
	owner: text(64).nullable().optional().openapi({ description: 'Whom a lead is handed over to' }),
});
const answersBody = z.strictObject({
	sheet: text(80).default('default'),
	answers: z
		.array(
			z.strictObject({
				question: text(40),
				verdict: z.enum(['credible', 'unclear', 'not-obtained']),
				choice: text(40).default(''),
				words: text(4_000).default(''),
			}),
		)
		.min(1)
		.max(60),
	personId: text(64).optional(),
});
const made = z.object({ id: z.string() });
const standing = z
	.object({
		leadId: z.string(),
		stage: z.string(),
		workingState: z.string(),
		queue: z.string(),
		owner: z.string().nullable(),
		nextActionAt: instant.nullable(),
	})
	.loose()
	.openapi('LeadWork');

const lead = routesUnder('Leads');
const REPEAT = 'With `Idempotency-Key`, a repeat within a day gets the first answer.';

const routes = {
	read: lead({
		method: 'get',
		path: '/leads/{id}/work',
		summary: 'Where a lead stands: queue, contacts, decisions, what can be decided now',
		request: { params },
		responses: { 200: { description: 'The lead', ...json(standing) }, ...problems(401, 403, 404) },
	}),
	log: lead({
		method: 'post',
		path: '/leads/{id}/interactions',
		summary: 'Log a call, mail, message or meeting',
		description: REPEAT,
		request: { params, ...repeatable, ...jsonBody(interactionBody) },
		responses: { 201: { description: 'Logged', ...json(made) }, ...problems(401, 403, 404, 409, 422) },
	}),
	dispose: lead({
		method: 'post',
		path: '/leads/{id}/dispositions',
		summary: 'Decide about a lead: accept, return, win, lose, hand over, …',
		description: `The lead is judged again at once. An SQL is made by a sales person signed in, never by a token. ${REPEAT}`,
		request: { params, ...repeatable, ...jsonBody(dispositionBody) },
		responses: { 201: { description: 'Decided', ...json(made) }, ...problems(401, 403, 404, 409, 422) },
	}),
	undo: lead({
		method: 'post',
		path: '/dispositions/{id}/undo',
		summary: 'Take the newest decision about a lead back',
		request: { params },
		responses: { 200: { description: 'The lead is what it was', ...json(z.object({ leadId: z.string() })) }, ...problems(401, 403, 404, 409) },
	}),
	screening: lead({
		method: 'get',
		path: '/leads/{id}/screening',
		summary: 'The lead’s sheet of questions with the newest answers',
		request: { params, query: z.object({ sheet: text(80).optional() }) },
		responses: {
			200: { description: 'Questions, answers, and core questions still open', ...json(z.object({ sheet: z.string() }).loose()) },
			...problems(401, 403, 404),
		},
	}),
	answer: lead({
		method: 'post',
		path: '/leads/{id}/screening',
		summary: 'Keep answers of a call',
		description: `Credible answers to need, budget and ability make an MQL. ${REPEAT}`,
		request: { params, ...repeatable, ...jsonBody(answersBody) },
		responses: { 200: { description: 'Kept', ...json(z.object({ missing: z.array(z.string()) })) }, ...problems(401, 403, 404, 409, 422) },
	}),
};

export const addWorkRoutes: AddRoutes = (api, app) => {
	const { work } = app.gating;

	api.openapi(routes.read, (c) =>
		asAgent(app, c, 'leads.receipt', async (agent) => {
			const view = await work.view(c.req.valid('param').id, agent, agent);
			return view ? reply(c, 200, view) : problem(c, 'not-found');
		}),
	);
	api.openapi(routes.log, (c) =>
		asAgent(app, c, 'leads.work', (agent) =>
			repeated(app, c, agent, async () => {
				const { at, nextActionAt, ...rest } = c.req.valid('json');
				const input = { ...rest, at: new Date(at), nextActionAt: nextActionAt === null ? null : new Date(nextActionAt) };
				return { status: 201, value: { id: await work.log(c.req.valid('param').id, input, agent) } };
			}),
		),
	);
	api.openapi(routes.dispose, (c) =>
		asAgent(app, c, 'leads.work', async (agent) => {
			const { kind: asked, ...rest } = c.req.valid('json');
			const kind = work.choices.dispositions.find((one) => one === asked);
			if (!kind) return problem(c, 'invalid', [{ field: 'kind', code: 'unknown' }]);
			return repeated(app, c, agent, async () => ({
				status: 201,
				value: { id: await work.dispose(c.req.valid('param').id, { kind, ...rest }, agent) },
			}));
		}),
	);
	api.openapi(routes.undo, (c) =>
		asAgent(app, c, 'leads.work', async (agent) => reply(c, 200, { leadId: await work.undo(c.req.valid('param').id, agent) })),
	);
	api.openapi(routes.screening, (c) =>
		asAgent(app, c, 'leads.work', async (agent) => {
			const view = await work.screening.view(c.req.valid('param').id, agent, c.req.valid('query').sheet);
			if (!view) return problem(c, 'not-found');
			const { live, asked, answers, missing } = view;
			return reply(c, 200, { sheet: live.key, version: live.version, questions: asked, answers: [...answers.values()], missing });
		}),
	);
	api.openapi(routes.answer, (c) =>
		asAgent(app, c, 'leads.work', (agent) =>
			repeated(app, c, agent, async () => {
				const { id } = c.req.valid('param');
				const input = c.req.valid('json');
				await work.screening.answer(id, input, agent);
				return { status: 200, value: { missing: (await work.screening.view(id, agent, input.sheet))?.missing ?? [] } };
			}),
		),
	);
};
