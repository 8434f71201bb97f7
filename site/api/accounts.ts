import { z } from '@hono/zod-openapi';

import type { AccountItem, AccountView } from '#gating';

import { type AddRoutes, type ApiContext, problem, reply, type Reply } from './api.ts';
import { asReader } from './auth.ts';
import { instant, json, jsonBody, listOf, points, problems, routesUnder, text } from './schema.ts';

const params = z.object({ id: text(64) });
const status = z.enum(['prospect', 'customer', 'competitor', 'partner']);

const item = z
	.object({
		id: z.string(),
		name: z.string(),
		status: z.string(),
		industry: z.string(),
		size: z.string(),
		country: z.string(),
		people: z.int(),
		engaged: z.int().openapi({ description: 'People active in the last 30 days' }),
		bestGrade: z.string(),
		total: points,
		lastActivityAt: instant.nullable(),
	})
	.loose()
	.openapi('Account');
const changeBody = z.strictObject({
	name: text(120).optional(),
	status: status.optional(),
	owner: text(120).optional().openapi({ description: 'Member of staff, as the CMS names them; empty for nobody' }),
	industry: text(120).optional(),
	size: text(40).optional().openapi({ description: 'A range such as `250-999`; empty for unknown' }),
	country: text(2).optional().openapi({ description: 'ISO 3166 code; empty for unknown' }),
	website: text(120).optional(),
	maySuggest: z.boolean().optional().openapi({ description: 'Whether strangers may be offered this name in a form' }),
	parentId: text(64).nullable().optional(),
});

const account = routesUnder('Accounts');
const routes = {
	list: account({
		method: 'get',
		path: '/accounts',
		summary: 'Companies, in the order they were made',
		request: {
			query: z.object({
				q: text(200).optional().openapi({ description: 'The beginning of a name, or of a mail domain' }),
				status: status.optional(),
				country: text(2).optional(),
				industry: text(120).optional(),
				size: text(40).optional(),
				cursor: text(500).optional(),
			}),
		},
		responses: { 200: { description: 'A page of accounts', ...json(listOf(item)) }, ...problems(401, 403, 422) },
	}),
	one: account({
		method: 'get',
		path: '/accounts/{id}',
		summary: 'An account with its domains, relations and merges',
		description: 'A merged account is answered by the one it was merged into.',
		request: { params },
		responses: { 200: { description: 'The account', ...json(item) }, ...problems(401, 403, 404) },
	}),
	change: account({
		method: 'patch',
		path: '/accounts/{id}',
		summary: 'Say what is known of an account; what is left out stays',
		request: { params, ...jsonBody(changeBody) },
		responses: { 200: { description: 'The account as it is now', ...json(item) }, ...problems(401, 403, 404, 409, 422) },
	}),
	merge: account({
		method: 'post',
		path: '/accounts/{id}/merge',
		summary: 'Make one account of two: the one of the address stays',
		request: { params, ...jsonBody(z.strictObject({ accountId: text(64).openapi({ description: 'The account that joins it' }) })) },
		responses: {
			200: { description: 'The journal’s id, to undo it by', ...json(z.object({ mergeId: z.string(), accountId: z.string() })) },
			...problems(401, 403, 404, 409, 422),
		},
	}),
	undo: account({
		method: 'post',
		path: '/account-merges/{id}/undo',
		summary: 'Take a merge of accounts back',
		request: { params },
		responses: {
			200: { description: 'Both accounts', ...json(z.object({ accountId: z.string(), restoredAccountId: z.string() })) },
			...problems(401, 403, 404, 409),
		},
	}),
};

export const addAccountRoutes: AddRoutes = (api, app) => {
	const { accounts } = app.gating;
	const answer = async (c: ApiContext, id: string): Promise<Reply> => {
		const found = await accounts.get(id);
		return found ? reply(c, 200, inPoints(found)) : problem(c, 'not-found');
	};

	api.openapi(routes.list, (c) =>
		asReader(app, c, 'leads.list', async () => {
			const { cursor, ...filter } = c.req.valid('query');
			const { items, nextCursor } = await accounts.walk(filter, cursor);
			return reply(c, 200, { items: items.map(inPoints), nextCursor });
		}),
	);
	api.openapi(routes.one, (c) => asReader(app, c, 'leads.list', () => answer(c, c.req.valid('param').id)));
	api.openapi(routes.change, (c) =>
		asReader(app, c, 'leads.work', async (by) => {
			const { id } = c.req.valid('param');
			await accounts.change(id, c.req.valid('json'), by);
			return answer(c, id);
		}),
	);
	api.openapi(routes.merge, (c) =>
		asReader(app, c, 'leads.work', async (by) => {
			const { id } = c.req.valid('param');
			return reply(c, 200, { mergeId: await accounts.merge(id, c.req.valid('json').accountId, by), accountId: id });
		}),
	);
	api.openapi(routes.undo, (c) =>
		asReader(app, c, 'leads.work', async (by) => {
			const { intoId, fromId } = await accounts.undoMerge(c.req.valid('param').id, by);
			return reply(c, 200, { accountId: intoId, restoredAccountId: fromId });
		}),
	);
};

/** Scores in points: hundredths are an inner matter. */
const inPoints = <A extends AccountItem | AccountView>(one: A): A => ({ ...one, total: one.total / 100 });
