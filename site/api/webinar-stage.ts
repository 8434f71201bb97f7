import { createRoute, z } from '@hono/zod-openapi';

import type { Host, TokenOutcome } from '#webinar';
import { readCookie } from '#site/edge/cookie.ts';
import { identify } from '#site/edge/identify.ts';

import { type AddRoutes, type ApiApp, type ApiContext, problem, reply, type Reply } from './api.ts';
import { holderOf } from './auth.ts';
import { json, jsonBody, problems, text } from './schema.ts';

const slug = z.object({ slug: text(120) });
const occurrence = z.object({ id: text(64) });
const identity = text(64);
const granted = z
	.object({ status: z.literal('granted'), url: z.string(), token: z.string(), expiresAt: z.string(), identity: z.string(), role: z.string() })
	.openapi('StageToken');
const refused = { ...json(z.object({ status: z.string() })) };
const tokenResponses = {
	200: { description: 'Where the stage is, and a token of ten minutes', ...json(granted) },
	403: { description: '`refused`, or `banned` by the host', ...refused },
	404: { description: '`unknown`', ...refused },
	409: { description: '`not-live`: the host has not begun, or has ended', ...refused },
	503: { description: '`full`, `stage-full`, or no media server answers', ...refused },
};
const staff = { tags: ['Webinars'], security: [{ staff: [] }] };

const byte = z.coerce.number().int().min(0).default(0);
const routes = {
	token: createRoute({
		method: 'post',
		path: '/webinars/{slug}/token',
		tags: ['Webinars'],
		summary: 'A registrant’s token for the live stage',
		request: { params: slug },
		responses: tokenResponses,
	}),
	answer: createRoute({
		method: 'post',
		path: '/webinars/{slug}/stage',
		tags: ['Webinars'],
		summary: 'Come to the stage when the host calls, decline, or step down',
		request: { params: slug, ...jsonBody(z.strictObject({ answer: z.enum(['accept', 'decline', 'leave']) })) },
		responses: { 200: { description: 'What became of it', ...json(z.object({ status: z.string() })) }, ...problems(400, 409, 422, 503) },
	}),
	speaker: createRoute({
		method: 'post',
		path: '/speaker/token',
		tags: ['Webinars'],
		summary: 'The token of a speaker who came by a link',
		responses: tokenResponses,
	}),
	speakerStage: createRoute({
		method: 'get',
		path: '/speaker/stage',
		tags: ['Webinars'],
		summary: 'How the stage is shown, for a speaker who came by a link',
		responses: { 200: { description: 'The stage', ...json(z.object({ status: z.string(), layout: z.object({}).loose() })) }, ...problems(403) },
	}),
	hostToken: createRoute({
		...staff,
		method: 'post',
		path: '/occurrences/{id}/stage/token',
		summary: 'A host’s token for the stage, before it begins too',
		request: { params: occurrence },
		responses: { ...problems(401), ...tokenResponses },
	}),
	view: createRoute({
		...staff,
		method: 'get',
		path: '/occurrences/{id}/stage',
		summary: 'Who is on the stage and how it is shown, with the state of the media server and of recordings',
		request: { params: occurrence },
		responses: { 200: { description: 'The stage', ...json(z.object({}).loose()) }, ...problems(401, 403, 404) },
	}),
	upload: createRoute({
		...staff,
		method: 'put',
		path: '/occurrences/{id}/recordings/{upload}',
		summary: 'The next part of a recording, of 1 MiB at most; says where to go on',
		request: {
			params: z.object({ id: text(64), upload: text(64) }),
			query: z.object({ at: byte, size: byte, type: text(40).default('') }),
			body: { content: { 'application/octet-stream': { schema: z.string() } } },
		},
		responses: {
			200: { description: '`more` with the next byte, or `ready`', ...json(z.object({ status: z.string(), at: z.int().optional() })) },
			422: { description: 'No film, none at all, or larger than 4 GB', ...refused },
			...problems(400, 401, 403, 404),
		},
	}),
	act: createRoute({
		...staff,
		method: 'post',
		path: '/occurrences/{id}/stage',
		summary: 'What a host does: begin, end, call, bring back, mute, put out, show',
		request: {
			params: occurrence,
			...jsonBody(
				z.discriminatedUnion('act', [
					z.strictObject({ act: z.enum(['live', 'end']) }),
					z.strictObject({ act: z.literal('invite'), registrationId: text(64) }),
					z.strictObject({ act: z.enum(['back', 'mute', 'remove', 'ban', 'unban']), identity }),
					z.strictObject({ act: z.literal('layout'), layout: z.enum(['grid', 'speaker', 'screen']) }),
					z.strictObject({ act: z.literal('spotlight'), identity: identity.nullable() }),
				]),
			),
		},
		responses: { 200: { description: 'What became of it', ...json(z.object({ status: z.string() })) }, ...problems(400, 401, 403, 404, 422, 503) },
	}),
};

/** An upload is named by the browser that makes it. */
const UPLOAD = /^[\w-]{8,64}$/;
const STATUS = { refused: 403, banned: 403, unknown: 404, 'not-live': 409, full: 503, 'stage-full': 503 } as const;

function tokenReply(c: ApiContext, outcome: TokenOutcome): Reply {
	if (outcome.status !== 'granted') return reply(c, STATUS[outcome.status], outcome);
	const { room, identity: me, role } = outcome;
	return reply(c, 200, { status: 'granted', ...room, identity: me, role }, { 'cache-control': 'no-store' });
}

/** Answers a host; an API token is nobody who could stand on a stage. */
export async function asHost(app: ApiApp, c: ApiContext, id: string, act: (host: Host) => Promise<Reply>): Promise<Reply> {
	const authorization = c.req.header('authorization');
	if (authorization !== undefined) return problem(c, holderOf(app, authorization) ? 'forbidden' : 'not-signed-in');
	const member = await app.gating.staff.session(readCookie(c.req.header('cookie'), 'foyer_staff'));
	if (!member) return problem(c, 'not-signed-in');
	return act(await app.webinars.stage.requireHost(member, { actor: `staff:${member.id}`, origin: c.env.network }, id));
}

export const addStageRoutes: AddRoutes = (api, app) => {
	const { stage } = app.webinars;

	api.openapi(routes.token, async (c) => {
		const visitor = await identify(app, c.req.header('cookie'));
		return tokenReply(c, await stage.tokens.forViewer(c.req.valid('param').slug, visitor));
	});
	api.openapi(routes.answer, async (c) => {
		const visitor = await identify(app, c.req.header('cookie'));
		const outcome = await stage.answer(c.req.valid('param').slug, visitor, c.req.valid('json').answer);
		return outcome.status === 'not-called' || outcome.status === 'stage-full' ? reply(c, 409, outcome) : reply(c, 200, outcome);
	});
	api.openapi(routes.speaker, async (c) => tokenReply(c, await stage.tokens.forSpeaker(readCookie(c.req.header('cookie'), 'foyer_speaker'))));

	api.openapi(routes.speakerStage, async (c) => {
		const found = await stage.speakers.session(readCookie(c.req.header('cookie'), 'foyer_speaker'));
		const view = found && (await stage.view(found.occurrence.id));
		return view ? reply(c, 200, { status: view.status, layout: view.layout }, { 'cache-control': 'no-store' }) : problem(c, 'forbidden');
	});
	api.openapi(routes.hostToken, (c) => asHost(app, c, c.req.valid('param').id, async (host) => tokenReply(c, await stage.tokens.forHost(host))));
	api.openapi(routes.view, (c) => asHost(app, c, c.req.valid('param').id, async ({ occurrenceId }) => reply(c, 200, await stage.view(occurrenceId))));
	api.openapi(routes.upload, (c) => {
		const { id, upload } = c.req.valid('param');
		const { at, size, type } = c.req.valid('query');
		return asHost(app, c, id, async (host) => {
			if (!UPLOAD.test(upload)) return problem(c, 'invalid', [{ field: 'upload', code: 'characters' }]);
			const bytes = new Uint8Array(await c.req.arrayBuffer());
			const outcome = await stage.upload(host, { upload, at, sizeBytes: size, mediaType: type, bytes });
			return reply(c, outcome.status === 'more' || outcome.status === 'ready' ? 200 : 422, outcome);
		});
	});
	api.openapi(routes.act, (c) =>
		asHost(app, c, c.req.valid('param').id, async (host) => {
			const order = c.req.valid('json');
			switch (order.act) {
				case 'live':
					return reply(c, 200, await stage.goLive(host));
				case 'end':
					return reply(c, 200, await stage.finish(host));
				case 'invite':
					return reply(c, 200, await stage.invite(host, order.registrationId));
				case 'layout':
					return reply(c, 200, { status: 'done', ...(await stage.arrange(host, { layout: order.layout })) });
				case 'spotlight':
					return reply(c, 200, { status: 'done', ...(await stage.arrange(host, { spotlight: order.identity })) });
				case 'back':
					await stage.bringBack(host, order.identity);
					break;
				case 'mute':
				case 'remove':
				case 'ban':
				case 'unban':
					await stage[order.act](host, order.identity);
					break;
			}
			return reply(c, 200, { status: 'done' });
		}),
	);
};
