import { createRoute, z } from '@hono/zod-openapi';

import { identify } from '#site/edge/identify.ts';

import { type AddRoutes, problem, reply, slowDown } from './api.ts';
import { json, jsonBody, problems, text } from './schema.ts';

const slug = z.object({ slug: text(120) });
const clientId = text(64).optional().openapi({ description: 'Made by the browser: a repeated post is written once' });
const interaction = z.discriminatedUnion('kind', [
	z.object({ kind: z.literal('chat'), text: text(2_000), clientId }),
	z.object({ kind: z.literal('question'), text: text(2_000), isPrivate: z.boolean().optional(), clientId }),
	z.object({ kind: z.literal('upvote'), question: text(64) }),
	z.object({
		kind: z.literal('vote'),
		poll: text(80),
		option: z.int().optional(),
		options: z.array(z.int()).max(20).optional(),
		text: text(400).optional(),
	}),
	z.object({ kind: z.literal('reaction'), reaction: z.enum(['applause', 'agree', 'idea', 'surprise']) }),
	z.object({ kind: z.literal('hand'), isUp: z.boolean() }),
	z.object({ kind: z.literal('call'), call: text(80) }),
	z.object({ kind: z.literal('resource'), target: text(200) }),
]);
const accepted = z.object({ seq: z.int().nullable(), isHeld: z.boolean().optional() });
const interactRoute = createRoute({
	method: 'post',
	path: '/webinars/{slug}/interactions',
	tags: ['Webinars'],
	summary: 'Say, ask, vote, react, raise a hand, follow a call; everybody in the room hears of it over the stream',
	description:
		'`seq` is the line’s number in the log, or null where it is told together with others within a second, or was there before. `isHeld`: a moderator lets it through first.',
	request: { params: slug, ...jsonBody(interaction) },
	responses: { 201: { description: 'Taken', ...json(accepted) }, ...problems(400, 403, 404, 409, 422, 429) },
});
const draw = z.object({ slug: text(120), id: text(64) });
const proofRoute = createRoute({
	method: 'get',
	path: '/webinars/{slug}/draws/{id}',
	tags: ['Webinars'],
	summary: 'Everything that a lucky draw’s winners are worked out from',
	description:
		'`commitment` is SHA-256 of the seed and the entries in rising order, joined by line feeds. Winners are the entries with the lowest SHA-256 of `seed:entry`; they take the prizes in their order. `seed` is empty until the draw.',
	request: { params: draw },
	responses: {
		200: { description: 'The proof', ...json(z.object({ id: z.string(), state: z.string(), commitment: z.string(), seed: z.string() }).loose()) },
		...problems(404),
	},
});
const ownRoute = createRoute({
	method: 'get',
	path: '/webinars/{slug}/draws/{id}/own',
	tags: ['Webinars'],
	summary: 'How the caller stands in a draw: what is missing, their entry, what they won',
	request: { params: draw },
	responses: { 200: { description: 'Their place', ...json(z.object({ status: z.string() }).loose()) }, ...problems(404) },
});

export const addRoomRoutes: AddRoutes = (api, app) => {
	api.openapi(interactRoute, async (c) => {
		const visitor = await identify(app, c.req.header('cookie'));
		const outcome = await app.webinars.interact({ ...c.req.valid('json'), slug: c.req.valid('param').slug, visitor });
		switch (outcome.status) {
			case 'accepted':
				return reply(c, 201, { seq: outcome.seq, ...(outcome.isHeld ? { isHeld: true } : {}) });
			case 'invalid':
				return problem(c, 'invalid', [
					{ field: outcome.code === 'option' ? 'option' : 'text', code: outcome.code === 'empty' ? 'required' : outcome.code },
				]);
			case 'already-voted':
				return problem(c, 'conflict', [{ field: 'vote', code: outcome.status }]);
			case 'closed':
				return problem(c, 'conflict', [{ field: 'poll', code: outcome.status }]);
			case 'slow-down':
				return slowDown(c, outcome);
			case 'banned':
				return problem(c, 'forbidden', [{ field: 'author', code: 'banned' }]);
			case 'refused':
				return problem(c, 'forbidden');
			case 'unknown':
				return problem(c, 'not-found');
		}
	});

	api.openapi(proofRoute, async (c) => {
		const { slug: of, id } = c.req.valid('param');
		const proof = await app.webinars.draws.proof(of, id);
		return proof ? reply(c, 200, proof) : problem(c, 'not-found');
	});

	api.openapi(ownRoute, async (c) => {
		const { slug: of, id } = c.req.valid('param');
		const own = await app.webinars.draws.own(of, id, await identify(app, c.req.header('cookie')));
		return own.status === 'unknown' ? problem(c, 'not-found') : reply(c, 200, own);
	});
};
