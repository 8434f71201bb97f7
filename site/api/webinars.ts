import { createRoute, z } from '@hono/zod-openapi';

import { identify } from '#site/edge/identify.ts';

import { type AddRoutes, problem, reply, slowDown, withCookies } from './api.ts';
import { formBody, readFormBody } from './forms.ts';
import { json, jsonBody, problems, text } from './schema.ts';

const slug = z.object({ slug: text(120) });
const registered = z.object({ status: z.enum(['registered', 'waiting', 'pending']), occurrenceId: z.string() });
const own = z.object({
	status: z.enum(['registered', 'already-registered', 'waiting', 'pending']),
	registrationId: z.string(),
	occurrenceId: z.string(),
});

const registerRoute = createRoute({
	method: 'post',
	path: '/webinars/{slug}/registrations',
	tags: ['Webinars'],
	summary: 'Register; the personal link comes by mail',
	request: { params: slug, ...jsonBody(formBody.safeExtend({ occurrenceId: text(64).nullable().default(null) })) },
	responses: {
		202: { description: 'A mail says more. The same answer whether the address was registered before or not', ...json(registered) },
		201: { description: 'A verified person, in their own browser', ...json(own) },
		200: { description: 'A verified person who was registered before', ...json(own) },
		...problems(400, 404, 409, 422, 429),
	},
});
const sinceMs = z.int().min(0).max(86_400_000).nullable().default(null);
const beat = z.object({
	token: text(1_000).nullable().default(null),
	isLeaving: z.boolean().default(false),
	inSightMs: sinceMs.describe('For how long the page has been in sight without a break'),
	awayMs: sinceMs.describe('How long ago the sight ended in which the page was heard last; null: it goes on'),
});
const beatRoute = createRoute({
	method: 'post',
	path: '/webinars/{slug}/beats',
	tags: ['Webinars'],
	summary: 'A sign of presence; present the token of the last answer',
	request: { params: slug, ...jsonBody(beat) },
	responses: {
		200: { description: 'Counted', ...json(z.object({ token: z.string(), nextInSeconds: z.int(), serverTime: z.iso.datetime() })) },
		204: { description: 'Left' },
		...problems(400, 403, 404, 422),
	},
});

export const addWebinarRoutes: AddRoutes = (api, app) => {
	api.openAPIRegistry.registerPath({
		method: 'get',
		path: '/webinars/{slug}/stream',
		tags: ['Webinars'],
		summary: 'The room as server-sent events: what was said, then what is said; goes on after `Last-Event-ID`',
		request: { params: slug, headers: z.object({ 'last-event-id': z.string().optional() }) },
		responses: { 200: { description: 'A stream without end', content: { 'text/event-stream': { schema: z.string() } } }, ...problems(403, 404) },
	});

	api.openapi(registerRoute, async (c) => {
		const { occurrenceId, ...body } = c.req.valid('json');
		const visitor = await identify(app, c.req.header('cookie'));
		const outcome = await app.webinars.register({
			...readFormBody(c, body),
			slug: c.req.valid('param').slug,
			occurrenceId,
			visitor,
			network: c.env.network,
		});
		switch (outcome.status) {
			case 'registered':
			case 'already-registered':
			case 'waiting':
			case 'pending': {
				const { status, occurrenceId: chosen } = outcome;
				if (!outcome.isOwn) return withCookies(c, reply(c, 202, { status, occurrenceId: chosen }), outcome.setCookies);
				return reply(c, status === 'already-registered' ? 200 : 201, { status, registrationId: outcome.registrationId, occurrenceId: chosen });
			}
			case 'full':
			case 'closed':
				return problem(c, 'conflict', [{ field: 'occurrenceId', code: outcome.status }]);
			case 'invalid':
				return problem(c, 'invalid', outcome.errors);
			case 'slow-down':
				return slowDown(c, outcome);
		}
	});

	api.openapi(beatRoute, async (c) => {
		const visitor = await identify(app, c.req.header('cookie'));
		const outcome = await app.webinars.beat({ ...c.req.valid('json'), slug: c.req.valid('param').slug, visitor });
		switch (outcome.status) {
			case 'counted':
				return reply(c, 200, { token: outcome.token, nextInSeconds: outcome.nextInSeconds, serverTime: outcome.serverTime.toISOString() });
			case 'left':
				return c.body(null, 204);
			case 'refused':
				return problem(c, 'forbidden');
			case 'unknown':
				return problem(c, 'not-found');
		}
	});
};
