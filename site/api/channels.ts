import { createRoute, z } from '@hono/zod-openapi';

import type { Source } from '#gating';
import { identify } from '#site/edge/identify.ts';

import { type AddRoutes, type Api, type ApiApp, problem, reply, type Reply } from './api.ts';
import { asReader } from './auth.ts';
import { day, instant, json, jsonBody, listOf, problems, routesUnder, text } from './schema.ts';

const code = z.object({ code: text(60).openapi({ example: 'hm26' }) });

const channel = z
	.object({
		code: z.string(),
		parent: z.string(),
		group: z.enum(['free', 'paid', 'partner']),
		depth: z.int(),
		name: z.object({ en: z.string(), 'zh-CN': z.string() }),
		isShipped: z.boolean(),
		isArchived: z.boolean(),
		counts: z.object({ visits: z.int(), requests: z.int(), registered: z.int(), attended: z.int(), people: z.int() }).loose(),
	})
	.openapi('Channel');
const source = z
	.object({ code: z.string(), name: z.string(), channel: z.string(), path: z.string(), link: z.string(), expiresAt: instant.nullable() })
	.loose()
	.openapi('Source');
const newSource = z.object({
	name: text(80),
	channel: text(60).openapi({ example: 'fair' }),
	path: text(500).openapi({ description: 'A page of this site', example: '/white-papers/servo-drives' }),
	code: text(40).default('').openapi({ description: 'Left out, one is made' }),
	campaign: text(80).default(''),
	tactic: text(80).default(''),
	expiresAt: instant.nullable().default(null),
});
const sourceChange = z.object({
	name: text(80).optional(),
	path: text(500).optional(),
	expiresAt: instant.nullable().optional(),
	isArchived: z.boolean().optional(),
});
const newChannel = z.object({ code: text(40), parent: text(60), nameEn: text(80), nameZh: text(80).default('') });
const cost = z.object({
	channel: text(60),
	campaign: text(80).default('').openapi({ description: 'Name of a campaign; left out for none' }),
	month: z.string().openapi({ example: '2026-03' }),
	currency: z.string().openapi({ example: 'EUR' }),
	amountCents: z.int().min(0),
});
const period = z.object({ from: day.default('2000-01-01'), to: day.default('2100-01-01') });

const staffRoute = routesUnder('Channels');

const routes = {
	tree: staffRoute({
		method: 'get',
		path: '/channels',
		summary: 'The tree of channels with what came through each',
		request: { query: period },
		responses: { 200: { description: 'Parents before their children', ...json(listOf(channel)) }, ...problems(401, 403, 422) },
	}),
	add: staffRoute({
		method: 'post',
		path: '/channels',
		summary: 'Adds a channel of the company’s own',
		request: jsonBody(newChannel),
		responses: { 201: { description: 'Added', ...json(z.object({ code: z.string() })) }, ...problems(401, 403, 409, 422) },
	}),
	sources: staffRoute({
		method: 'get',
		path: '/sources',
		summary: 'Every link in use',
		responses: { 200: { description: 'Newest first', ...json(listOf(source)) }, ...problems(401, 403) },
	}),
	addSource: staffRoute({
		method: 'post',
		path: '/sources',
		summary: 'Makes a link /r/{code}',
		request: jsonBody(newSource),
		responses: { 201: { description: 'The source', ...json(source) }, ...problems(401, 403, 409, 422) },
	}),
	changeSource: staffRoute({
		method: 'patch',
		path: '/sources/{code}',
		summary: 'Changes name, target or end of a link, archives it or brings it back',
		request: { params: code, ...jsonBody(sourceChange) },
		responses: { 200: { description: 'The source', ...json(source) }, ...problems(401, 403, 404, 422) },
	}),
	qr: staffRoute({
		method: 'get',
		path: '/sources/{code}/qr',
		summary: 'The link’s QR code for print, with its quiet zone',
		request: {
			params: code,
			query: z.object({ format: z.enum(['svg', 'pdf']).default('svg'), sizeMm: z.coerce.number().int().min(15).max(500).default(30) }),
		},
		responses: { 200: { description: 'The file' }, ...problems(401, 403, 404, 422) },
	}),
	costs: staffRoute({
		method: 'get',
		path: '/channel-costs',
		summary: 'Costs by channel and month',
		request: { query: z.object({ from: z.string().default('2000-01'), to: z.string().default('2100-01') }) },
		responses: { 200: { description: 'Newest month first', ...json(listOf(cost)) }, ...problems(401, 403) },
	}),
	setCost: staffRoute({
		method: 'put',
		path: '/channel-costs',
		summary: 'Enters what a channel cost in a month; 0 takes the entry away',
		request: jsonBody(cost),
		responses: { 200: { description: 'As entered', ...json(cost) }, ...problems(401, 403, 422) },
	}),
};

const visitRoute = createRoute({
	method: 'post',
	path: '/visits',
	tags: ['Events'],
	summary: 'One landing, sent by the landed page after its reader did something; without consent a number and nothing else',
	request: jsonBody(z.object({ query: text(2_000).default(''), referrer: text(2_000).nullable().default(null), subject: text(120).default('') })),
	responses: { 202: { description: 'Taken', ...json(z.object({ status: z.string() })) }, ...problems(400, 422, 429) },
});

export const addChannelRoutes: AddRoutes = (api, app) => {
	const { channels } = app.gating;
	addVisitRoute(api, app);

	api.openapi(routes.tree, (c) =>
		asReader(app, c, 'channels.read', async () => {
			const { from, to } = c.req.valid('query');
			const [tree, counts] = [await channels.tree(), await channels.counts('channel', from, to)];
			return reply(c, 200, { items: tree.map((entry) => ({ ...entry, counts: counts.get(entry.code) ?? channels.noCounts })), nextCursor: null });
		}),
	);
	api.openapi(routes.add, (c) =>
		asReader(app, c, 'channels.edit', async (reader) => {
			const input = c.req.valid('json');
			await channels.add(input, reader);
			return reply(c, 201, { code: input.code });
		}),
	);
	api.openapi(routes.sources, (c) =>
		asReader(app, c, 'channels.read', async () =>
			reply(c, 200, { items: (await channels.sources()).map((one) => answerOf(app, one)), nextCursor: null }),
		),
	);
	api.openapi(routes.addSource, (c) =>
		asReader(app, c, 'channels.edit', async (reader) => {
			const { expiresAt, ...input } = c.req.valid('json');
			return reply(c, 201, answerOf(app, await channels.addSource({ ...input, expiresAt: dateOf(expiresAt) }, reader)));
		}),
	);
	api.openapi(routes.changeSource, (c) =>
		asReader(app, c, 'channels.edit', async (reader) => {
			const { expiresAt, ...change } = c.req.valid('json');
			const changed = await channels.changeSource(
				c.req.valid('param').code,
				{ ...change, ...(expiresAt === undefined ? {} : { expiresAt: dateOf(expiresAt) }) },
				reader,
			);
			return reply(c, 200, answerOf(app, changed));
		}),
	);
	api.openapi(routes.qr, (c) =>
		asReader(app, c, 'channels.read', async () => {
			const [{ code: asked }, { format, sizeMm }] = [c.req.valid('param'), c.req.valid('query')];
			if (!(await channels.source(asked))) return problem(c, 'not-found');
			const bytes = await channels.qr(asked, format, sizeMm);
			const headers = {
				'content-type': format === 'svg' ? 'image/svg+xml' : 'application/pdf',
				'content-disposition': `attachment; filename="qr-${asked}-${sizeMm}mm.${format}"`,
			};
			return new Response(new Uint8Array(bytes), { headers }) as Reply;
		}),
	);
	api.openapi(routes.costs, (c) =>
		asReader(app, c, 'channels.read', async () => {
			const { from, to } = c.req.valid('query');
			return reply(c, 200, { items: await channels.costs(from, to), nextCursor: null });
		}),
	);
	api.openapi(routes.setCost, (c) =>
		asReader(app, c, 'channels.edit', async (reader) => {
			await channels.setCost(c.req.valid('json'), reader);
			return reply(c, 200, c.req.valid('json'));
		}),
	);
};

function addVisitRoute(api: Api, app: ApiApp): void {
	api.openapi(visitRoute, async (c) => {
		const visitor = await identify(app, c.req.header('cookie'));
		const outcome = await app.gating.channels.visit({
			...c.req.valid('json'),
			visitor,
			userAgent: c.req.header('user-agent') ?? '',
			network: c.env.network,
		});
		return reply(c, 202, outcome);
	});
}

const dateOf = (value: string | null): Date | null => (value === null ? null : new Date(value));

function answerOf({ gating }: ApiApp, { id: _id, ...one }: Source) {
	return { ...one, link: gating.channels.linkOf(one.code) };
}
