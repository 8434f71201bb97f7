import { createRoute, z } from '@hono/zod-openapi';

import { identify } from '#site/edge/identify.ts';

import { type AddRoutes, problem, reply, slowDown, withCookies } from './api.ts';
import { maySend, requireReader } from './auth.ts';
import { formBody, readFormBody } from './forms.ts';
import { instant, json, jsonBody, listOf, locale, problems, repeatable, text } from './schema.ts';

const offer = z.object({
	slug: z.string(),
	kind: z.string(),
	title: z.string(),
	summary: z.string(),
	terms: z.string(),
	validUntil: instant.nullable(),
	url: z.string(),
});
const status = <S extends string>(value: S) => json(z.object({ status: z.literal(value) }));

const listRoute = createRoute({
	method: 'get',
	path: '/offers',
	tags: ['Offers'],
	summary: 'Offers that can be claimed now, in the reader’s language',
	request: { query: z.object({ locale: locale.optional() }) },
	responses: { 200: { description: 'The offers; codes are given to the one who claims only', ...json(z.object({ items: z.array(offer) })) } },
});

const claimRoute = createRoute({
	method: 'post',
	path: '/offers/{slug}/claims',
	tags: ['Offers'],
	summary: 'Claim an offer',
	description:
		'Takes the fields of the offers’ form. A verified person gets a code by mail and on the offer’s page; anybody else a mail with a link to it.',
	request: { params: z.object({ slug: text(120) }), ...jsonBody(formBody) },
	responses: {
		200: { description: 'A verified person: the code is theirs', ...status('claimed') },
		202: {
			description: 'A mail is on its way: with a link, or that no code is left for now',
			...json(z.object({ status: z.enum(['confirmation-sent', 'waiting']) })),
		},
		...problems(400, 404, 409, 422, 429),
	},
});

const asked = z.object({ slug: text(120), quantity: z.int().min(1).max(99_999).default(1), configuration: text(500).default('') });
const quoteRoute = createRoute({
	method: 'post',
	path: '/quotes',
	tags: ['Quotes'],
	summary: 'Ask for a quote',
	description:
		'Takes the fields of the form `quote-default` beside the products. `dealer` needs the consent `dealers`. With `Idempotency-Key`, a repeat is the same request.',
	request: {
		...repeatable,
		...jsonBody(formBody.safeExtend({ products: z.array(asked).max(20).default([]), dealer: text(120).default('') })),
	},
	responses: {
		202: { description: 'With sales; the person confirms their address by mail', ...status('confirmation-sent') },
		200: { description: 'With sales, from a verified person', ...status('sent') },
		...problems(400, 404, 422, 429),
	},
});

const quotesRoute = createRoute({
	method: 'get',
	path: '/quotes',
	tags: ['Quotes'],
	summary: 'Requests for a quote, newest first',
	security: [{ token: [] }, { staff: [] }],
	request: { query: z.object({ cursor: text(500).optional() }) },
	responses: {
		200: { description: 'A page of requests', ...json(listOf(z.object({ id: z.string(), at: instant, leadId: z.string() }).loose())) },
		...problems(401, 403, 422),
	},
});

export const addOfferRoutes: AddRoutes = (api, app) => {
	const { offers, quotes } = app.gating;

	api.openapi(listRoute, (c) => {
		const reader = c.req.valid('query').locale ?? c.env.locale;
		const now = app.now();
		const items = app.cms
			.snapshot()
			.offers.filter(({ validUntil }) => validUntil === null || validUntil > now)
			.map(({ slug, kind, title, summary, terms, validUntil }) => ({
				slug,
				kind,
				title: title[reader] || title.en,
				summary: summary[reader] || summary.en,
				terms: terms[reader] || terms.en,
				validUntil: validUntil?.toISOString() ?? null,
				url: `${app.config.server.publicUrl}${reader === 'en' ? '' : '/zh-CN'}/offers/${slug}`,
			}));
		return reply(c, 200, { items });
	});

	api.openapi(claimRoute, async (c) => {
		const visitor = await identify(app, c.req.header('cookie'));
		const network = maySend(app, c) ? null : c.env.network;
		const outcome = await offers.claim({ ...readFormBody(c, c.req.valid('json')), slug: c.req.valid('param').slug, visitor, network });
		switch (outcome.status) {
			case 'claimed':
				return reply(c, 200, { status: outcome.status });
			case 'confirmation-sent':
				return withCookies(c, reply(c, 202, { status: outcome.status }), outcome.setCookies);
			case 'waiting':
				return reply(c, 202, { status: outcome.status });
			case 'ended':
				return problem(c, 'conflict');
			case 'invalid':
				return problem(c, 'invalid', outcome.errors);
			case 'slow-down':
				return slowDown(c, outcome);
		}
	});

	api.openapi(quoteRoute, async (c) => {
		const { products, dealer, ...body } = c.req.valid('json');
		const outcome = await quotes.request({
			...readFormBody(c, body),
			products: products.map(({ slug, quantity, configuration }) => ({ slug, quantity: String(quantity), configuration, shown: '' })),
			dealer,
			page: '/api/v1/quotes',
			visitor: await identify(app, c.req.header('cookie')),
			network: maySend(app, c) ? null : c.env.network,
			idempotencyKey: c.req.valid('header')['idempotency-key'],
		});
		switch (outcome.status) {
			case 'sent':
				return outcome.isVerified
					? reply(c, 200, { status: 'sent' })
					: withCookies(c, reply(c, 202, { status: 'confirmation-sent' }), outcome.setCookies);
			case 'invalid':
				return problem(c, 'invalid', outcome.errors);
			case 'slow-down':
				return slowDown(c, outcome);
		}
	});

	api.openapi(quotesRoute, async (c) => {
		const reader = await requireReader(app, c, 'leads.list');
		if (typeof reader === 'string') return problem(c, reader);
		const page = await quotes.list(reader, c.req.valid('query').cursor);
		const { actor, origin, seesPeople } = reader;
		const detail = { count: page.items.length };
		if (seesPeople && page.items.length > 0) await app.gating.report.note({ actor, action: 'quotes.list', subject: 'quotes:page', origin, detail });
		return reply(c, 200, page);
	});
};
