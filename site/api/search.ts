import { createRoute, z } from '@hono/zod-openapi';

import { textsFor } from '#kernel/texts/index.ts';
import type { FacetName } from '#search';

import { type AddRoutes, reply } from './api.ts';
import { json, locale, problems, text } from './schema.ts';

const values = z
	.union([text(80), z.array(text(80)).max(20)])
	.optional()
	.transform((value) => (typeof value === 'string' ? [value] : value));
const facets: Readonly<Record<FacetName, typeof values>> = {
	type: values,
	topic: values,
	industry: values,
	role: values,
	category: values,
	date: values,
};
const query = z.object({
	q: text(200).default(''),
	locale: locale.optional(),
	...facets,
	sort: z.enum(['relevance', 'newest']).optional(),
	page: z.coerce.number().int().min(1).max(1_000).optional(),
	limit: z.coerce.number().int().min(1).max(50).optional(),
});
const hit = z.object({ id: z.string(), type: z.string(), locale, title: z.string(), url: z.string(), highlights: z.array(z.unknown()) }).loose();

const queryRoute = createRoute({
	method: 'get',
	path: '/search',
	tags: ['Search'],
	summary: 'Published content that fits the words and the chosen facets',
	request: { query },
	responses: {
		200: {
			description: 'A page of hits; `didYouMean` is the query they answer, when nothing answers the one that was typed',
			...json(
				z
					.object({ hits: z.array(hit), total: z.int(), facets: z.record(z.string(), z.array(z.unknown())), didYouMean: z.string().nullable() })
					.loose(),
			),
		},
		...problems(422, 429),
	},
});
const suggestion = z.object({
	kind: z.enum(['item', 'query']).openapi({ description: 'Something to open, or a query to go on with' }),
	text: z.string(),
	segments: z.array(z.object({ text: z.string(), isMatch: z.boolean() })),
	type: z.string().nullable(),
	typeName: z.string().nullable().openapi({ description: 'The type in words' }),
	url: z.string().nullable(),
});
const suggestRoute = createRoute({
	method: 'get',
	path: '/search/suggest',
	tags: ['Search'],
	summary: 'What the words so far may become',
	request: { query: z.object({ q: text(200).default(''), locale: locale.optional(), limit: z.coerce.number().int().min(1).max(10).optional() }) },
	responses: { 200: { description: 'Suggestions', ...json(z.object({ items: z.array(suggestion) })) }, ...problems(422, 429) },
});

export const addSearchRoutes: AddRoutes = (api, app) => {
	api.openapi(queryRoute, async (c) => {
		const asked = c.req.valid('query');
		return reply(c, 200, await app.search.query({ ...asked, locale: asked.locale ?? c.env.locale }));
	});
	api.openapi(suggestRoute, async (c) => {
		const asked = c.req.valid('query');
		const own = asked.locale ?? c.env.locale;
		const { typeOne } = textsFor(own).search;
		const items = await app.search.suggest({ ...asked, locale: own });
		return reply(c, 200, { items: items.map((item) => ({ ...item, typeName: item.type && typeOne[item.type] })) });
	});
};
