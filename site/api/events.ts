import { createRoute, z } from '@hono/zod-openapi';

import { identify } from '#site/edge/identify.ts';

import { type AddRoutes, reply } from './api.ts';
import { instant, json, jsonBody, problems, text } from './schema.ts';

const event = z.object({
	id: text(64).openapi({ description: 'Made by the sender: the same id is stored once' }),
	type: text(60).openapi({ example: 'page.view' }),
	at: instant,
	subject: text(120).optional().openapi({ example: 'white_papers:0192…' }),
	props: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});
const stored = z.object({ accepted: z.int(), duplicate: z.int(), rejected: z.array(z.object({ index: z.int(), reason: z.string() })) });

const attention = createRoute({
	method: 'post',
	path: '/beats',
	tags: ['Events'],
	summary: 'One beat of attention: proves time spent with a subject, on the hub’s clock',
	request: jsonBody(z.object({ token: text(1_000).nullable(), subject: text(120) })),
	responses: {
		200: {
			description: 'Present the token with the next beat',
			...json(z.object({ status: z.string(), token: z.string().optional(), seconds: z.number().optional() })),
		},
		...problems(400, 422, 429),
	},
});

const challenge = createRoute({
	method: 'get',
	path: '/challenge',
	tags: ['Forms'],
	summary: 'A token for the form’s field `challenge`, fetched when the form is first touched',
	responses: { 200: { description: 'The token', ...json(z.object({ challenge: z.string() })) } },
});

export const addEventRoutes: AddRoutes = (api, app) => {
	// Answered by the edge itself; described here.
	api.openAPIRegistry.registerPath({
		method: 'post',
		path: '/events',
		tags: ['Events'],
		summary: 'Behaviour events, 1 to 100, answered after they are committed',
		request: jsonBody(z.object({ events: z.array(event).min(1).max(100) })),
		responses: { 202: { description: 'Stored, known and rejected ones', ...json(stored) }, ...problems(400, 422, 429) },
	});
	api.openapi(attention, async (c) => {
		const { token, subject } = c.req.valid('json');
		return reply(c, 200, app.gating.events.beat({ token, subject, visitor: await identify(app, c.req.header('cookie')) }));
	});
	api.openapi(challenge, (c) => reply(c, 200, { challenge: app.gating.forms.issueChallenge() }));
};
