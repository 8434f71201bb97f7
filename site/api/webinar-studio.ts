import { createRoute, z } from '@hono/zod-openapi';

import type { StudioAct } from '#webinar';
import { readCookie } from '#site/edge/cookie.ts';

import { type AddRoutes, problem, reply } from './api.ts';
import { requireReader } from './auth.ts';
import { json, jsonBody, problems, text } from './schema.ts';

const id = z.object({ id: text(64) });
const seq = z.int().min(1);
const count = (most: number) => z.int().min(0).max(most);
const rule = z.object({ minMinutes: count(1_440).optional(), polls: count(100).optional(), quizPoints: count(100_000).optional() });
const act = z.discriminatedUnion('act', [
	z.object({ act: z.literal('say'), text: text(2_000), replyTo: seq.optional() }),
	z.object({ act: z.literal('pin'), seq: seq.nullable() }),
	z.object({ act: z.enum(['hide', 'show', 'ban', 'lift-ban']), seq }),
	z.object({ act: z.literal('rules'), holds: z.boolean(), words: text(20_000) }),
	z.object({
		act: z.literal('question'),
		question: text(64),
		state: z.enum(['open', 'answering', 'answered', 'dismissed']).optional(),
		speaker: text(120).optional(),
		answer: text(4_000).optional(),
	}),
	z.object({
		act: z.literal('plan-poll'),
		opens: z.boolean().default(false),
		form: z.enum(['single', 'multiple', 'text', 'cloud', 'quiz']),
		question: text(600),
		options: z.array(text(400)).max(20).default([]),
		correct: z.array(z.int()).max(20).default([]),
		points: count(1_000).default(10),
		seconds: count(7_200).default(0),
		shows: z.enum(['live', 'closed']).default('live'),
	}),
	z.object({ act: z.enum(['open-poll', 'close-poll', 'show-poll']), poll: text(80) }),
	z.object({ act: z.literal('moment'), key: text(80) }),
	z.object({ act: z.literal('material'), target: text(200) }),
	z.object({ act: z.literal('call'), action: z.enum(['buy', 'demo', 'quote', 'page']), text: text(400), target: text(200).nullable().default(null) }),
	z.object({ act: z.literal('lower-hand'), registrationId: text(64) }),
	z.object({
		act: z.literal('plan-draw'),
		title: text(400),
		rule: rule.default({}),
		prizes: z.array(z.object({ name: text(400), stock: z.int().min(1).max(100) })).max(20),
	}),
	z.object({ act: z.enum(['commit-draw', 'run-draw']), draw: text(64) }),
]);

const boardRoute = createRoute({
	method: 'get',
	path: '/occurrences/{id}/board',
	tags: ['Studio'],
	summary: 'Everything but the stage that a host sees, at this moment',
	request: { params: id },
	responses: {
		200: { description: 'The board', ...json(z.object({ occurrenceId: z.string(), audience: z.int() }).loose()) },
		...problems(401, 403, 404),
	},
});
const actRoute = createRoute({
	method: 'post',
	path: '/occurrences/{id}/acts',
	tags: ['Studio'],
	summary: 'What a host does while a session runs: say, moderate, answer, open and close polls, draw',
	description: 'For members of staff, by their session of the console. Whatever is done is in the audit log.',
	request: { params: id, ...jsonBody(act) },
	responses: { 200: { description: 'Done', ...json(z.object({ id: z.string().optional() })) }, ...problems(401, 403, 404, 409, 422) },
});

export const addStudioRoutes: AddRoutes = (api, app) => {
	const { staff: door } = app.gating;

	api.openapi(boardRoute, async (c) => {
		const reader = await requireReader(app, c, 'webinars.host');
		if (typeof reader === 'string') return problem(c, reader);
		const { id: occurrenceId } = c.req.valid('param');
		const board = await app.webinars.studio.board(occurrenceId);
		if (!board) return problem(c, 'not-found');
		const member = await door.session(readCookie(c.req.header('cookie'), 'foyer_staff'));
		const seesLeads = member !== null && door.can(member.role, 'leads.receipt');
		const hot = seesLeads ? await app.gating.leads.hottest(await app.webinars.studio.present(occurrenceId), reader) : null;
		return reply(c, 200, { ...board, hot });
	});

	api.openapi(actRoute, async (c) => {
		const reader = await requireReader(app, c, 'webinars.host');
		if (typeof reader === 'string') return problem(c, reader);
		const member = await door.session(readCookie(c.req.header('cookie'), 'foyer_staff'));
		if (!member) return problem(c, 'forbidden');
		const host = await app.webinars.stage.requireHost(member, reader, c.req.valid('param').id);
		const outcome = await app.webinars.studio.act(host, c.req.valid('json') as StudioAct);
		switch (outcome.status) {
			case 'done':
				return reply(c, 200, outcome.id === undefined ? {} : { id: outcome.id });
			case 'invalid':
				return problem(c, 'invalid', [{ field: outcome.field, code: outcome.code === 'empty' ? 'required' : outcome.code }]);
			case 'unknown':
				return problem(c, 'not-found');
			case 'conflict':
				return problem(c, 'conflict');
		}
	});
};
