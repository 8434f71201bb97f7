import { z } from '@hono/zod-openapi';

import type { Segment, Tag } from '#gating';

import { asOwner, asReader } from './auth.ts';
import { type AddRoutes, problem, reply } from './api.ts';
import { instant, json, jsonBody, listOf, points, problems, routesUnder, text } from './schema.ts';

const params = z.object({ id: text(64) });
const marking = z.object({ id: text(64), code: text(80).openapi({ example: 'key-account' }) });
const words = z.object({ en: z.string(), 'zh-CN': z.string() });
const conditions = z
	.object({
		match: z.string(),
		groups: z.array(z.object({ match: z.string(), conditions: z.array(z.record(z.string(), z.unknown())).max(60) })).max(60),
	})
	.openapi('Conditions', { description: 'Groups of conditions, two levels in all; no group: everybody', example: { match: 'all', groups: [] } });

const tag = z
	.object({
		code: z.string(),
		group: z.string(),
		name: words,
		rule: conditions.nullable().openapi({ description: 'Null: staff and lists say who carries it' }),
		expiryDays: z.int(),
		isArchived: z.boolean(),
	})
	.openapi('Tag');
const segment = z
	.object({ id: z.string(), name: z.string(), conditions, createdAt: instant, changedAt: instant, isArchived: z.boolean() })
	.openapi('Segment');
const leadTags = z.object({
	ruled: z.array(z.object({ code: z.string(), name: words })),
	marked: z.array(z.object({ code: z.string(), source: z.string(), at: instant, expiresAt: instant.nullable(), isOfAccount: z.boolean() })),
});
const member = z
	.object({ id: z.string(), name: z.string().nullable(), company: z.string(), stage: z.string(), grade: z.string(), total: points })
	.loose();

const tagRoute = routesUnder('Tags');
const segmentRoute = routesUnder('Segments');
const routes = {
	tags: tagRoute({
		method: 'get',
		path: '/tags',
		summary: 'The catalogue of tags, by group',
		responses: { 200: { description: 'All of them, archived ones included', ...json(listOf(tag)) }, ...problems(401, 403) },
	}),
	ofLead: tagRoute({
		method: 'get',
		path: '/leads/{id}/tags',
		summary: 'What a lead carries: by rule, and put on by staff or lists',
		request: { params },
		responses: { 200: { description: 'Tags that hold now', ...json(leadTags) }, ...problems(401, 403, 404) },
	}),
	put: tagRoute({
		method: 'put',
		path: '/leads/{id}/tags/{code}',
		summary: 'Put a tag on everybody of a lead; again renews it',
		request: { params: marking },
		responses: { 200: { description: 'Tags that hold now', ...json(leadTags) }, ...problems(401, 403, 404, 422) },
	}),
	take: tagRoute({
		method: 'delete',
		path: '/leads/{id}/tags/{code}',
		summary: 'Take a tag off a lead, whoever put it on',
		request: { params: marking },
		responses: { 200: { description: 'Tags that hold now', ...json(leadTags) }, ...problems(401, 403, 404) },
	}),
	segments: segmentRoute({
		method: 'get',
		path: '/segments',
		summary: 'Saved conditions, by name',
		responses: { 200: { description: 'All of them, archived ones last', ...json(listOf(segment)) }, ...problems(401, 403) },
	}),
	segment: segmentRoute({
		method: 'get',
		path: '/segments/{id}',
		summary: 'A segment with how many leads it holds for now',
		request: { params },
		responses: { 200: { description: 'The segment', ...json(segment.extend({ leads: z.int() })) }, ...problems(401, 403, 404) },
	}),
	count: segmentRoute({
		method: 'post',
		path: '/segments/count',
		summary: 'How many leads conditions hold for; nothing is kept',
		request: jsonBody(z.strictObject({ conditions })),
		responses: { 200: { description: 'The count of this moment', ...json(z.object({ leads: z.int() })) }, ...problems(401, 403, 422) },
	}),
	members: segmentRoute({
		method: 'get',
		path: '/segments/{id}/members',
		summary: 'Leads of a segment, best score first',
		request: { params, query: z.object({ cursor: text(500).optional(), limit: z.coerce.number().int().min(1).max(200).optional() }) },
		responses: { 200: { description: 'A page of leads', ...json(listOf(member)) }, ...problems(401, 403, 404, 422) },
	}),
};

export const addAudienceRoutes: AddRoutes = (api, app) => {
	const { tags, segments, leads } = app.gating;

	const held = async (leadId: string) => {
		const { ruled, marked } = await tags.ofLead(leadId);
		return {
			ruled: ruled.map(({ tag: { code, name } }) => ({ code, name })),
			marked: marked
				.filter(({ holds }) => holds)
				.map(({ code, source, at, expiresAt, isOfAccount }) => ({ code, source, at, expiresAt, isOfAccount })),
		};
	};

	api.openapi(routes.tags, (c) =>
		asReader(app, c, 'leads.list', async () => reply(c, 200, { items: (await tags.catalogue()).map(tagAnswer), nextCursor: null })),
	);
	api.openapi(routes.ofLead, (c) =>
		asReader(app, c, 'leads.list', async () => {
			const leadId = await leads.standing(c.req.valid('param').id);
			return leadId === null ? problem(c, 'not-found') : reply(c, 200, await held(leadId));
		}),
	);
	api.openapi(routes.put, (c) =>
		asOwner(app, c, { leadIds: [c.req.valid('param').id] }, async (by) => {
			const { id, code } = c.req.valid('param');
			const leadId = await leads.standing(id);
			if (leadId === null) return problem(c, 'not-found');
			await tags.put(code, { leadId }, by);
			return reply(c, 200, await held(leadId));
		}),
	);
	api.openapi(routes.take, (c) =>
		asOwner(app, c, { leadIds: [c.req.valid('param').id] }, async (by) => {
			const { id, code } = c.req.valid('param');
			const leadId = await leads.standing(id);
			const marks = leadId === null ? [] : (await tags.ofLead(leadId)).marked.filter((one) => one.holds && !one.isOfAccount && one.code === code);
			if (leadId === null || marks.length === 0) return problem(c, 'not-found');
			for (const mark of marks) await tags.take(mark.id, by);
			return reply(c, 200, await held(leadId));
		}),
	);
	api.openapi(routes.segments, (c) =>
		asReader(app, c, 'leads.list', async () => reply(c, 200, { items: (await segments.list()).map(segmentAnswer), nextCursor: null })),
	);
	api.openapi(routes.segment, (c) =>
		asReader(app, c, 'leads.list', async () => {
			const found = await segments.get(c.req.valid('param').id);
			return found ? reply(c, 200, { ...segmentAnswer(found), leads: await segments.count(found.conditions) }) : problem(c, 'not-found');
		}),
	);
	api.openapi(routes.count, (c) =>
		asReader(app, c, 'leads.list', async () => reply(c, 200, { leads: await segments.count(c.req.valid('json').conditions) })),
	);
	api.openapi(routes.members, (c) =>
		asReader(app, c, 'leads.list', async (by) => {
			const { items, nextCursor } = await segments.members(c.req.valid('param').id, c.req.valid('query'), by);
			const inPoints = items.map((one) => ({ ...one, total: one.total / 100, fit: one.fit / 100, engagement: one.engagement / 100 }));
			return reply(c, 200, { items: inPoints, nextCursor });
		}),
	);
};

const tagAnswer = ({ code, group, name, rule, expiryDays, isArchived }: Tag) => ({ code, group, name, rule, expiryDays, isArchived });
const segmentAnswer = ({ id, name, conditions: kept, createdAt, changedAt, isArchived }: Segment) => ({
	...{ id, name, createdAt, changedAt, isArchived },
	conditions: kept,
});
