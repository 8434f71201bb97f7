import { createRoute, z } from '@hono/zod-openapi';

import type { ImportRowView, ImportSettings, ImportView, Reader } from '#gating';

import { type AddRoutes, problem, reply } from './api.ts';
import { requireReader } from './auth.ts';
import { instant, json, locale, problems, security, text } from './schema.ts';

/** Lists so short are worked through before the answer. */
const SHORT_ROWS = 1_000;

const row = z.object({ row: z.int(), outcome: z.enum(['accept', 'flag', 'quarantine', 'unmatched', 'error']), reasons: z.array(z.string()) });
const listed = z.object({ word: z.string(), status: z.enum(['new', 'known', 'ruled', 'archived']), rows: z.int() });
const result = z
	.object({
		id: z.string(),
		state: z.string(),
		rows: z.array(row),
		counts: z.record(z.string(), z.int()),
		tags: z.array(listed).openapi({ description: 'Tags of the list. `ruled` and `archived` ones are put on nobody.' }),
		progress: z.number(),
	})
	.openapi('ImportResult');

const importRoute = createRoute({
	method: 'post',
	path: '/leads/import',
	tags: ['Leads'],
	summary: 'A list of people as CSV: judged row by row, and stored unless it is a dry run',
	description: 'Short lists are answered with every row; longer ones with 202 and the address of their progress.',
	security,
	request: {
		query: z.object({
			dryRun: z.enum(['true', 'false']).default('true'),
			name: text(80).default('API'),
			reach: z.enum(['people', 'known']).default('people').openapi({
				description:
					'`known`: nobody is created. Rows are put beside people on record, found by mail address, or by phone where a row has no address.',
			}),
			tagDays: z.coerce.number().int().min(0).max(3_650).default(0).openapi({ description: 'Days that tags of the list hold; 0: as each tag says.' }),
			channel: text(60).default('other'),
			contactedAt: instant.optional(),
			country: z.string().length(2).optional(),
			locale: locale.optional(),
		}),
		body: { required: true, content: { 'text/csv': { schema: z.string() } } },
	},
	responses: {
		200: { description: 'Done', ...json(result) },
		202: { description: 'Under way', ...json(result) },
		...problems(401, 403, 422),
	},
});
const entered = z
	.object({ importId: z.string(), leadId: z.string().nullable(), outcome: z.string(), reasons: z.array(z.string()), isKnown: z.boolean() })
	.openapi('EntryResult');

const enterRoute = createRoute({
	method: 'post',
	path: '/leads',
	tags: ['Leads'],
	summary: 'One person from a call, a card or another system, cleaned like a row of a list',
	description: 'Nobody is verified by it. A mail address or a phone number is needed. `importId` undoes it.',
	security,
	request: {
		body: {
			required: true,
			...json(
				z.strictObject({
					name: text(120).default(''),
					email: text(254).default(''),
					phone: text(60).default(''),
					company: text(160).default(''),
					jobTitle: text(120).default(''),
					region: text(120).default(''),
					industry: text(120).default(''),
					note: text(4_000).default(''),
					channel: text(60).default('other'),
					contactedAt: instant.optional(),
					country: z.string().length(2).default('CN'),
					locale: locale.optional(),
				}),
			),
		},
	},
	responses: { 201: { description: 'Added, or put beside what is known', ...json(entered) }, ...problems(401, 403, 422) },
});
const progressRoute = createRoute({
	method: 'get',
	path: '/imports/{id}',
	tags: ['Leads'],
	summary: 'Where an import stands, with its first hundred rows',
	security,
	request: { params: z.object({ id: text(64) }), query: z.object({ after: z.coerce.number().int().min(0).default(0) }) },
	responses: { 200: { description: 'Its state', ...json(result) }, ...problems(401, 403, 404) },
});

/** Tags are words of the file: who sees nobody of it does not see them. */
const resultOf = (
	{ id, state, counts, progress, sample }: ImportView,
	rows: readonly Pick<ImportRowView, 'row' | 'outcome' | 'reasons'>[],
	{ seesPeople }: Reader,
) => ({
	...{ id, state, rows, counts, progress },
	tags: seesPeople ? (sample?.tags ?? []) : [],
});

export const addImportRoutes: AddRoutes = (api, app) => {
	const { imports } = app.gating;

	api.openapi(importRoute, async (c) => {
		const reader = await requireReader(app, c, 'leads.import');
		if (typeof reader === 'string') return problem(c, reader);
		const query = c.req.valid('query');
		const id = await imports.upload(new Uint8Array(await c.req.arrayBuffer()), query.name, query.locale ?? c.env.locale, reader);
		const uploaded = await imports.get(id);
		if (!uploaded) return problem(c, 'not-found');
		const settings: ImportSettings = {
			...{
				name: query.name,
				reach: query.reach,
				tagDays: query.tagDays,
				channel: query.channel,
				sourceId: null,
				locale: query.locale ?? c.env.locale,
				encoding: uploaded.encoding,
			},
			...{ country: query.country ?? uploaded.country, basis: { kind: 'request', purposes: [], statement: '' } as const, mapping: uploaded.mapping },
			contactedAt: query.contactedAt === undefined ? app.now() : new Date(query.contactedAt),
		};
		await imports.check(id, settings, reader);
		await imports.work(id);
		if (query.dryRun === 'false') {
			await imports.run(id, reader);
			if (uploaded.rows <= SHORT_ROWS) await imports.work(id);
		}
		const view = (await imports.get(id)) ?? uploaded;
		const rows = [];
		for (let after = 0; uploaded.rows <= SHORT_ROWS;) {
			const some = await imports.rows(id, reader, { after });
			rows.push(...some.map(({ row: number, outcome, reasons }) => ({ row: number, outcome, reasons })));
			if (some.length === 0) break;
			after = some.at(-1)?.row ?? 0;
		}
		const status = view.state === 'running' ? 202 : 200;
		return reply(c, status, resultOf(view, rows, reader), { location: `/api/v1/imports/${id}` });
	});
	api.openapi(enterRoute, async (c) => {
		const reader = await requireReader(app, c, 'leads.work');
		if (typeof reader === 'string') return problem(c, reader);
		const { channel, contactedAt, country, locale: spoken, ...answers } = c.req.valid('json');
		const result = await imports.enter(
			{
				...{ answers, channel, country, noteHeading: 'Note', locale: spoken ?? c.env.locale },
				contactedAt: contactedAt === undefined ? app.now() : new Date(contactedAt),
				basis: { kind: 'request', purposes: [], statement: '' },
			},
			reader,
		);
		return reply(c, 201, result);
	});
	api.openapi(progressRoute, async (c) => {
		const reader = await requireReader(app, c, 'leads.import');
		if (typeof reader === 'string') return problem(c, reader);
		const { id } = c.req.valid('param');
		const view = await imports.get(id);
		if (!view) return problem(c, 'not-found');
		const rows = (await imports.rows(id, reader, { after: c.req.valid('query').after })).map(({ row: number, outcome, reasons }) => ({
			row: number,
			outcome,
			reasons,
		}));
		return reply(c, 200, resultOf(view, rows, reader));
	});
};
