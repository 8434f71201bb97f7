import { createRoute, z } from '@hono/zod-openapi';

import type { CheckInOutcome, WalkInOutcome } from '#webinar';

import { type AddRoutes, reply } from './api.ts';
import { instant, json, jsonBody, problems, text } from './schema.ts';
import { asHost } from './webinar-stage.ts';

/** What a phone was holding back while it had no network. */
const MOST = 50;

const occurrence = z.object({ id: text(64) });
const entry = z.discriminatedUnion('kind', [
	z.strictObject({
		kind: z.literal('ticket'),
		id: text(64),
		ticket: text(200).nullable().default(null),
		registrationId: text(64).nullable().default(null),
		how: z.enum(['scan', 'code', 'name']),
		at: instant,
	}),
	z.strictObject({
		kind: z.literal('walk-in'),
		id: text(64),
		answers: z.record(text(40), text(500)),
		consents: z.array(text(40)).max(20).default([]),
		locale: z.enum(['en', 'zh-CN']),
		at: instant,
	}),
]);
const outcome = z.object({ id: z.string(), status: z.string() }).loose();
const staff = { tags: ['Webinars'], security: [{ staff: [] }] };

const routes = {
	expected: createRoute({
		...staff,
		method: 'get',
		path: '/occurrences/{id}/check-ins',
		summary: 'Everybody who registered for an event on site, with the ticket and whether they came in',
		request: { params: occurrence },
		responses: { 200: { description: 'By name', ...json(z.object({ items: z.array(z.object({}).loose()) })) }, ...problems(401, 403, 404) },
	}),
	send: createRoute({
		...staff,
		method: 'post',
		path: '/occurrences/{id}/check-ins',
		summary: 'People who came in, also those of a while ago; the same id counts once',
		request: { params: occurrence, ...jsonBody(z.strictObject({ entries: z.array(entry).min(1).max(MOST) })) },
		responses: {
			200: { description: 'What became of each, in the same order', ...json(z.object({ items: z.array(outcome) })) },
			...problems(400, 401, 403, 404, 422),
		},
	}),
};

/** The door of an event on site, for the phones of staff. */
export const addOnSiteRoutes: AddRoutes = (api, app) => {
	const { onSite } = app.webinars;

	api.openapi(routes.expected, (c) =>
		asHost(app, c, c.req.valid('param').id, async ({ occurrenceId }) =>
			reply(c, 200, { items: await onSite.expected(occurrenceId) }, { 'cache-control': 'no-store' }),
		),
	);
	api.openapi(routes.send, (c) =>
		asHost(app, c, c.req.valid('param').id, async (host) => {
			const items: ({ id: string } & (CheckInOutcome | WalkInOutcome))[] = [];
			for (const one of c.req.valid('json').entries) {
				const at = new Date(one.at);
				const done =
					one.kind === 'ticket'
						? await onSite.checkIn(host.occurrenceId, { ...one, at }, host)
						: await onSite.walkIn(host.occurrenceId, { ...one, at }, host);
				items.push({ id: one.id, ...done });
			}
			return reply(c, 200, { items }, { 'cache-control': 'no-store' });
		}),
	);
};
