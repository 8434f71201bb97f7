import { Readable } from 'node:stream';

import { z } from '@hono/zod-openapi';

import type { ExportView } from '#gating';

import { type AddRoutes, type ApiApp, type ApiContext, problem, reply, type Reply } from './api.ts';
import { asReader, requireReader } from './auth.ts';
import { instant, json, jsonBody, locale, problems, routesUnder, text } from './schema.ts';

const params = z.object({ id: text(64) });
const body = z.strictObject({
	list: z.enum(['leads', 'accounts', 'queue', 'channels', 'registrations', 'attendees']),
	format: z.enum(['csv', 'xlsx']).default('csv').openapi({ description: 'XLSX holds 1,048,575 rows; more end as `too-long`: take CSV then' }),
	columns: z.array(text(40)).max(50).default([]).openapi({ description: 'Keys of columns of leads; none: the usual ones' }),
	query: z
		.record(text(40), z.union([text(200), z.number(), z.boolean(), z.null()]))
		.default({})
		.openapi({
			description:
				'What the list is narrowed by: for leads as `GET /leads`, also `workingState`, `owner`, `tag`, `channel`, `segmentId`, `accountId`; for a queue `queue`; for channels `from` and `to`; for registrations `occurrenceId`; for attendees `occurrenceId` and `of`, a list of its report',
		}),
	locale: locale.default('en'),
});
const view = z
	.object({
		id: z.string(),
		list: z.string(),
		format: z.string(),
		state: z.enum(['waiting', 'done', 'failed', 'too-long', 'cancelled', 'gone']),
		rows: z.int(),
		hasPeople: z.boolean(),
		createdAt: instant,
		expiresAt: instant,
	})
	.openapi('Export');
const exporting = routesUnder('Exports');

const routes = {
	order: exporting({
		method: 'post',
		path: '/exports',
		summary: 'Take a list away as a file',
		description:
			'Made in the background; encrypted, for who asked only, gone after a day, or when somebody is erased. Needs the right of the list; names and mails need `people.read` too. On record in the audit log with filters and count.',
		request: jsonBody(body),
		responses: { 202: { description: 'It is being made', ...json(view) }, ...problems(401, 403, 404, 409, 422) },
	}),
	get: exporting({
		method: 'get',
		path: '/exports/{id}',
		summary: 'How far a file is',
		request: { params },
		responses: { 200: { description: 'The export', ...json(view) }, ...problems(401, 403, 404) },
	}),
	file: exporting({
		method: 'get',
		path: '/exports/{id}/file',
		summary: 'The file',
		request: { params },
		responses: { 200: { description: 'CSV in UTF-8 with a mark, or XLSX' }, ...problems(401, 403, 404) },
	}),
	cancel: exporting({
		method: 'delete',
		path: '/exports/{id}',
		summary: 'Stop making a file, or remove it',
		request: { params },
		responses: { 204: { description: 'It is no more' }, ...problems(401, 403, 404) },
	}),
};

export const addExportRoutes: AddRoutes = (api, app) => {
	const { exports } = app.gating;

	api.openapi(routes.order, async (c) => {
		const { list, format, columns, query, locale: language } = c.req.valid('json');
		const right = exports.rightOf(list);
		if (right === null) return problem(c, 'not-found');
		return asReader(app, c, right, async (reader) => {
			const id = await exports.order({ list, format, columns, query, locale: language }, reader);
			const made = await exports.get(id, reader);
			return made ? reply(c, 202, answerOf(made), { location: `/api/v1/exports/${id}` }) : problem(c, 'not-found');
		});
	});
	api.openapi(routes.get, (c) =>
		asOwner(app, c, async (reader) => {
			const found = await exports.get(c.req.valid('param').id, reader);
			return found ? reply(c, 200, answerOf(found)) : problem(c, 'not-found');
		}),
	);
	api.openapi(routes.file, (c) =>
		asOwner(app, c, async (reader) => {
			const file = await exports.open(c.req.valid('param').id, reader);
			if (!file) return problem(c, 'not-found');
			const headers = {
				'content-type': file.mediaType,
				'content-disposition': `attachment; filename="${file.filename}"`,
				'cache-control': 'no-store',
			};
			return new Response(Readable.toWeb(await file.read()) as ReadableStream, { headers }) as Reply;
		}),
	);
	api.openapi(routes.cancel, (c) =>
		asOwner(app, c, async (reader) =>
			(await exports.cancel(c.req.valid('param').id, reader)) ? (new Response(null, { status: 204 }) as Reply) : problem(c, 'not-found'),
		),
	);
};

/** Whoever may see any list; what they get is their own only. */
async function asOwner(app: ApiApp, c: ApiContext, act: Parameters<typeof asReader>[3]): Promise<Reply> {
	for (const right of ['leads.list', 'channels.read', 'webinars.read'] as const) {
		const reader = await requireReader(app, c, right);
		if (reader === 'not-signed-in') return problem(c, reader);
		if (reader !== 'forbidden') return act(reader);
	}
	return problem(c, 'forbidden');
}

const answerOf = ({ id, list, format, state, rows, hasPeople, createdAt, expiresAt }: ExportView) => ({
	...{ id, list, format, state, rows, hasPeople, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() },
});
