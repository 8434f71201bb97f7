import { createRoute, z } from '@hono/zod-openapi';

import { identify } from '#site/edge/identify.ts';

import { type AddRoutes, problem, reply } from './api.ts';
import { json, jsonBody, problems, text } from './schema.ts';

const seconds = z.number().min(0).max(86_400);
const beat = z.object({
	token: text(1_000).nullable().default(null),
	played: z
		.object({ fromSeconds: seconds, toSeconds: seconds })
		.nullable()
		.default(null)
		.describe('Seconds of the recording that were played since the last beat; null: it has just begun'),
	isLeaving: z.boolean().default(false),
});
const beatRoute = createRoute({
	method: 'post',
	path: '/webinars/{slug}/replay/beats',
	tags: ['Webinars'],
	summary: 'A sign that the recording plays; the first begins the time that it is open',
	request: { params: z.object({ slug: text(120) }), ...jsonBody(beat) },
	responses: {
		200: { description: 'Counted', ...json(z.object({ token: z.string(), nextInSeconds: z.int(), serverTime: z.iso.datetime() })) },
		...problems(400, 403, 404, 422),
	},
});

export const addReplayRoutes: AddRoutes = (api, app) => {
	api.openapi(beatRoute, async (c) => {
		const visitor = await identify(app, c.req.header('cookie'));
		const { token, played } = c.req.valid('json');
		const outcome = await app.webinars.replay.watch({ slug: c.req.valid('param').slug, visitor, token, played });
		switch (outcome.status) {
			case 'counted':
				return reply(c, 200, { ...outcome, serverTime: outcome.serverTime.toISOString() });
			case 'refused':
				return problem(c, 'forbidden');
			case 'unknown':
				return problem(c, 'not-found');
		}
	});
};
