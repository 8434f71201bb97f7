import { z } from '@hono/zod-openapi';

import type { Programme } from '#gating';

import { type AddRoutes, problem, reply } from './api.ts';
import { asReader } from './auth.ts';
import { instant, json, jsonBody, listOf, problems, routesUnder, text } from './schema.ts';

const code = z.object({ code: text(40).openapi({ example: 'k3m9pq7xza' }) });
const words = z.object({ en: z.string(), 'zh-CN': z.string() });

const programme = z
	.object({
		code: z.string(),
		subject: z.string().openapi({ example: 'white_papers:018f…' }),
		title: words,
		reward: words,
		terms: words,
		every: z.int(),
		most: z.int(),
		offerId: z.string().nullable(),
		startsAt: instant,
		endsAt: instant.nullable(),
		state: z.enum(['planned', 'running', 'paused', 'over']),
	})
	.openapi('ReferralProgramme');
const newProgramme = z.object({
	subject: text(100).openapi({ description: '`white_papers:<id>` or `webinars:<id>`' }),
	titleEn: text(120),
	titleZh: text(120).default(''),
	rewardEn: text(200).default('').openapi({ description: 'In words; left out, nothing is given' }),
	rewardZh: text(200).default(''),
	termsEn: text(3_000).default(''),
	termsZh: text(3_000).default(''),
	every: z.int().min(1).max(1_000).openapi({ description: 'Counted invitations for one reward' }),
	most: z.int().min(1).max(100).default(1).openapi({ description: 'Rewards for one person at most' }),
	offerId: text(64).nullable().default(null),
	startsAt: instant,
	endsAt: instant.nullable().default(null),
});
const change = z.object({ endsAt: instant.nullable().optional(), isPaused: z.boolean().optional() });
const person = { personId: z.string(), leadId: z.string(), name: z.string(), company: z.string(), isErased: z.boolean() };
const results = z
	.object({
		rows: z.array(
			z.object({
				...person,
				invitationId: z.string(),
				visited: z.int(),
				registered: z.int(),
				verified: z.int(),
				counted: z.int(),
				held: z.int(),
				rank: z.int().nullable(),
				reachedAt: instant.nullable(),
				rewards: z.int(),
			}),
		),
		guests: z.array(
			z
				.object({
					...person,
					invitationId: z.string(),
					at: instant,
					status: z.enum(['came', 'counted', 'held', 'refused']),
					reasons: z.array(z.string()),
					isAccepted: z.boolean(),
				})
				.loose(),
		),
	})
	.openapi('ReferralResults');
const review = z.object({ invitationId: text(64), personId: text(64), decision: z.enum(['accept', 'refuse']) });

const staffRoute = routesUnder('Referrals');

const routes = {
	list: staffRoute({
		method: 'get',
		path: '/referrals',
		summary: 'Programmes by which people invite others',
		responses: { 200: { description: 'Newest first', ...json(listOf(programme)) }, ...problems(401, 403) },
	}),
	add: staffRoute({
		method: 'post',
		path: '/referrals',
		summary: 'Starts a programme for a paper or webinar',
		request: jsonBody(newProgramme),
		responses: { 201: { description: 'The programme', ...json(programme) }, ...problems(401, 403, 422) },
	}),
	get: staffRoute({
		method: 'get',
		path: '/referrals/{code}',
		summary: 'One programme',
		request: { params: code },
		responses: { 200: { description: 'The programme', ...json(programme) }, ...problems(401, 403, 404) },
	}),
	change: staffRoute({
		method: 'patch',
		path: '/referrals/{code}',
		summary: 'Moves the end, pauses or goes on',
		request: { params: code, ...jsonBody(change) },
		responses: { 200: { description: 'The programme', ...json(programme) }, ...problems(401, 403, 404, 422) },
	}),
	results: staffRoute({
		method: 'get',
		path: '/referrals/{code}/results',
		summary: 'Who invites, who came, and what counts; names only for who may see people',
		request: { params: code },
		responses: { 200: { description: 'Best first; guests in the order of time', ...json(results) }, ...problems(401, 403, 404) },
	}),
	review: staffRoute({
		method: 'post',
		path: '/referrals/{code}/reviews',
		summary: 'Accepts or refuses somebody who came; rewards follow',
		request: { params: code, ...jsonBody(review) },
		responses: { 200: { description: 'As decided', ...json(review) }, ...problems(401, 403, 404, 409, 422) },
	}),
};

export const addReferralRoutes: AddRoutes = (api, app) => {
	const { referrals, report } = app.gating;

	api.openapi(routes.list, (c) =>
		asReader(app, c, 'channels.read', async () => reply(c, 200, { items: (await referrals.programmes()).map(answerOf), nextCursor: null })),
	);
	api.openapi(routes.add, (c) =>
		asReader(app, c, 'channels.edit', async (reader) => {
			const { startsAt, endsAt, ...input } = c.req.valid('json');
			const made = await referrals.add({ ...input, startsAt: new Date(startsAt), endsAt: endsAt === null ? null : new Date(endsAt) }, reader);
			return reply(c, 201, answerOf(made));
		}),
	);
	api.openapi(routes.get, (c) =>
		asReader(app, c, 'channels.read', async () => {
			const found = await referrals.programme(c.req.valid('param').code);
			return found ? reply(c, 200, answerOf(found)) : problem(c, 'not-found');
		}),
	);
	api.openapi(routes.change, (c) =>
		asReader(app, c, 'channels.edit', async (reader) => {
			const { endsAt, isPaused } = c.req.valid('json');
			const given = endsAt === undefined ? {} : { endsAt: endsAt === null ? null : new Date(endsAt) };
			return reply(c, 200, answerOf(await referrals.change(c.req.valid('param').code, { ...given, isPaused }, reader)));
		}),
	);
	api.openapi(routes.results, (c) =>
		asReader(app, c, 'channels.read', async (reader) => {
			const asked = c.req.valid('param').code;
			const found = await referrals.results(asked, reader);
			const { actor, origin } = reader;
			if (reader.seesPeople)
				await report.note({ actor, origin, action: 'referral.read', subject: `referral:${asked}`, detail: { count: found.rows.length } });
			return reply(c, 200, found);
		}),
	);
	api.openapi(routes.review, (c) =>
		asReader(app, c, 'channels.edit', async (reader) => {
			const decided = c.req.valid('json');
			await referrals.review(c.req.valid('param').code, decided, reader);
			return reply(c, 200, decided);
		}),
	);
};

const answerOf = ({ id: _id, ...rest }: Programme) => rest;
