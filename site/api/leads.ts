import { createRoute, z } from '@hono/zod-openapi';

import type { Receipt, TimelineKind } from '#gating';

import { type AddRoutes, problem, reply } from './api.ts';
import { asOwner, requireReader } from './auth.ts';
import { instant, json, jsonBody, listOf, points, problems, security, text } from './schema.ts';

const id = z.object({ id: text(64) });

const item = z
	.object({
		id: z.string(),
		name: z.string().nullable(),
		company: z.string(),
		stage: z.string(),
		grade: z.string(),
		total: points,
		fit: points,
		engagement: points,
	})
	.loose();
const line = z.object({
	rule: z.string(),
	version: z.int(),
	what: z.object({ code: z.string(), params: z.record(z.string(), z.unknown()) }),
	at: instant.nullable(),
	points,
});
const part = z.object({ total: points, lines: z.array(line) });
const receipt = z.object({ grade: z.string(), total: points, fit: part, engagement: part, modelVersion: z.int() }).openapi('Receipt');

const timelineKind = z.enum(['did', 'form', 'file', 'mail', 'touch', 'consent', 'stage', 'work', 'tag', 'import', 'merge'] satisfies TimelineKind[]);

const listRoute = createRoute({
	method: 'get',
	path: '/leads',
	tags: ['Leads'],
	summary: 'Leads, by score unless another order is asked for',
	security,
	request: {
		query: z.object({
			q: text(200).optional().openapi({ description: 'A mail address, `@domain`, a phone number, or words of a name' }),
			stage: text(40).optional(),
			grade: text(4).optional(),
			sort: z.enum(['score', 'activity', 'company']).optional(),
			funnel: text(1_000).optional().openapi({ description: 'One number of the funnel: an entry of `lists` of `GET /funnel`' }),
			cursor: text(500).optional(),
			limit: z.coerce.number().int().min(1).max(200).optional(),
		}),
	},
	responses: { 200: { description: 'A page of leads', ...json(listOf(item)) }, ...problems(401, 403, 422) },
});
const oneRoute = createRoute({
	method: 'get',
	path: '/leads/{id}',
	tags: ['Leads'],
	summary: 'A lead with its persons, requests and stage moves',
	security,
	request: { params: id },
	responses: { 200: { description: 'The lead', ...json(z.object({ id: z.string() }).loose()) }, ...problems(401, 403, 404) },
});
const scoreRoute = createRoute({
	method: 'get',
	path: '/leads/{id}/score',
	tags: ['Leads'],
	summary: 'The receipt: a score and every line it is made of, now or at an instant',
	security,
	request: { params: id, query: z.object({ at: instant.optional() }) },
	responses: { 200: { description: 'The lines’ points add up to their total', ...json(receipt) }, ...problems(401, 403, 404, 422) },
});
const timelineQuery = z.object({
	cursor: text(500).optional(),
	kind: z
		.union([z.array(timelineKind), timelineKind.transform((one) => [one])])
		.optional()
		.openapi({ description: 'Kinds to keep, once or repeated; left out: all' }),
	limit: z.coerce.number().int().min(1).max(200).optional(),
});
const timelineItem = z
	.object({ id: z.string(), source: z.string(), kind: timelineKind, type: z.string(), at: instant, personId: z.string(), leadId: z.string() })
	.loose()
	.openapi('TimelineItem');
const timelineRoute = createRoute({
	method: 'get',
	path: '/leads/{id}/timeline',
	tags: ['Leads'],
	summary: 'Everything kept about the lead’s persons, newest first',
	description:
		'Behaviour (`did`), forms, opened files, mails, channel touches, consents, moves, contacts and decisions (`work`), tags, lists, merges. `source` and `id` name a line; `evidence` is what it opens into, as `<kind>:<id>`. Words of staff need the right to see people.',
	security,
	request: { params: id, query: timelineQuery },
	responses: {
		200: { description: 'A page of lines', ...json(listOf(timelineItem)) },
		...problems(401, 403, 404, 422),
	},
});

const mergeRoute = createRoute({
	method: 'post',
	path: '/leads/{id}/merge',
	tags: ['Leads'],
	summary: 'Make one lead of two: the one of the address stays',
	security,
	request: { params: id, ...jsonBody(z.object({ leadId: text(64).openapi({ description: 'The lead that joins it' }) })) },
	responses: {
		200: { description: 'The journal’s id, to undo it by', ...json(z.object({ mergeId: z.string(), leadId: z.string() })) },
		...problems(401, 403, 404, 409, 422),
	},
});
const undoRoute = createRoute({
	method: 'post',
	path: '/merges/{id}/undo',
	tags: ['Leads'],
	summary: 'Take a merge back: both leads are what they were, receipts included',
	security,
	request: { params: id },
	responses: {
		200: { description: 'Both leads', ...json(z.object({ leadId: z.string(), restoredLeadId: z.string() })) },
		...problems(401, 403, 404, 409),
	},
});

export const addLeadRoutes: AddRoutes = (api, app) => {
	const { leads } = app.gating;

	api.openapi(listRoute, async (c) => {
		const reader = await requireReader(app, c, 'leads.list');
		if (typeof reader === 'string') return problem(c, reader);
		const { items, nextCursor } = await leads.list(c.req.valid('query'), reader);
		return reply(c, 200, {
			items: items.map((lead) => ({ ...lead, total: lead.total / 100, fit: lead.fit / 100, engagement: lead.engagement / 100 })),
			nextCursor,
		});
	});
	api.openapi(oneRoute, async (c) => {
		const reader = await requireReader(app, c, 'leads.list');
		if (typeof reader === 'string') return problem(c, reader);
		const lead = await leads.get(c.req.valid('param').id, reader);
		return lead ? reply(c, 200, { ...lead, receipt: receiptAnswer(lead.receipt) }) : problem(c, 'not-found');
	});
	api.openapi(scoreRoute, async (c) => {
		const reader = await requireReader(app, c, 'leads.receipt');
		if (typeof reader === 'string') return problem(c, reader);
		const { at } = c.req.valid('query');
		const found = await leads.receipt(c.req.valid('param').id, at === undefined ? undefined : new Date(at));
		return found ? reply(c, 200, receiptAnswer(found)) : problem(c, 'not-found');
	});
	api.openapi(timelineRoute, async (c) => {
		const reader = await requireReader(app, c, 'leads.list');
		if (typeof reader === 'string') return problem(c, reader);
		const { cursor, limit, kind: kinds } = c.req.valid('query');
		const timeline = await leads.timeline(c.req.valid('param').id, reader, { cursor, limit, kinds });
		return timeline ? reply(c, 200, timeline) : problem(c, 'not-found');
	});
	api.openapi(mergeRoute, (c) => {
		const [leadId, fromId] = [c.req.valid('param').id, c.req.valid('json').leadId];
		return asOwner(app, c, { leadIds: [leadId, fromId] }, async (by) => reply(c, 200, { mergeId: await leads.merge(leadId, fromId, by), leadId }));
	});
	api.openapi(undoRoute, (c) => {
		const mergeId = c.req.valid('param').id;
		return asOwner(app, c, { mergeId }, async (by) => {
			const { intoLeadId, fromLeadId } = await leads.undoMerge(mergeId, by);
			return reply(c, 200, { leadId: intoLeadId, restoredLeadId: fromLeadId });
		});
	});
};

/** A receipt in points: hundredths are an inner matter. */
function receiptAnswer({ grade, total, fit, engagement, modelVersion }: Receipt) {
	const lines = (all: Receipt['fit']['lines'] | Receipt['engagement']['lines']) =>
		all.map(({ rule, version, what, at, points: hundredths }) => ({ rule, version, what, at: at?.toISOString() ?? null, points: hundredths / 100 }));
	return {
		grade,
		total: total / 100,
		fit: { total: fit.total / 100, lines: lines(fit.lines) },
		engagement: { total: engagement.total / 100, lines: lines(engagement.lines) },
		modelVersion,
	};
}
