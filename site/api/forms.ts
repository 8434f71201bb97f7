import { createRoute, z } from '@hono/zod-openapi';

import type { Trap } from '#gating';
import { identify } from '#site/edge/identify.ts';

import { type AddRoutes, type ApiContext, problem, reply, slowDown, withCookies } from './api.ts';
import { maySend } from './auth.ts';
import { json, jsonBody, locale, problems, repeatable, text } from './schema.ts';

const key = z.object({ key: text(80) });

/** What every form sends beside its fields. Each further member is the answer to the field of that name. */
export const formBody = z
	.object({
		consents: z
			.array(text(40))
			.max(20)
			.default([])
			.openapi({ example: ['marketing.email'] }),
		locale: locale.optional(),
		timeZone: text(60).default(''),
		channel: text(60).default('direct'),
		/** Hidden from people: what fills it is a machine. */
		website: text(500).default(''),
		challenge: text(1_000).nullable().default(null),
		/** JSON of the puzzle and its solution, after an answer 429 with the code `proof-needed`. */
		proof: text(4_000).nullable().default(null),
	})
	.catchall(z.union([text(5_000), z.array(text(500)).max(50), z.boolean(), z.number()]));

export interface FormBody {
	readonly answers: Readonly<Record<string, string>>;
	readonly consents: readonly string[];
	readonly locale: 'en' | 'zh-CN';
	readonly timeZone: string;
	readonly channel: string;
	readonly trap: Trap;
}

/** A body as the domain takes it: its own members apart from the answers, which are texts. */
export function readFormBody(
	c: ApiContext,
	{ consents, locale: asked, timeZone, channel, website, challenge, proof, ...rest }: z.infer<typeof formBody>,
): FormBody {
	const answers = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : String(value)]));
	return { answers, consents, locale: asked ?? c.env.locale, timeZone, channel, trap: { honeypot: website, challenge, proof } };
}

const view = z.object({
	key: z.string(),
	title: z.string(),
	intro: z.string(),
	submit: z.string(),
	fields: z.array(z.object({ name: z.string(), kind: z.string(), isRequired: z.boolean(), label: z.string(), help: z.string() }).loose()),
	consents: z.array(z.object({ purpose: z.string(), title: z.string(), text: z.string() })),
	isOneClick: z.boolean(),
});

const describeRoute = createRoute({
	method: 'get',
	path: '/forms/{key}',
	tags: ['Forms'],
	summary: 'The fields to ask this visitor now, in the reader’s language',
	request: { params: key, query: z.object({ locale: locale.optional() }) },
	responses: { 200: { description: 'The form', ...json(view.loose()) }, ...problems(404) },
});

const proofRoute = createRoute({
	method: 'get',
	path: '/forms/{key}/proof',
	tags: ['Forms'],
	summary: 'A puzzle for the member `proof`, where a form was answered with `proof-needed`',
	description: 'Made and solved as altcha-lib does, with PBKDF2. Its solution works once, for this form, for ten minutes.',
	request: { params: key },
	responses: {
		200: { description: 'The puzzle', ...json(z.object({ parameters: z.object({}).loose(), signature: z.string() })) },
		...problems(404),
	},
});

const companiesRoute = createRoute({
	method: 'get',
	path: '/companies',
	tags: ['Forms'],
	summary: 'Public company names that forms suggest: customers of published cases and those the editors list',
	request: { query: z.object({ locale: locale.optional() }) },
	responses: { 200: { description: 'The names; no lead is among them', ...json(z.object({ items: z.array(z.string()) })) } },
});

const submitRoute = createRoute({
	method: 'post',
	path: '/forms/{key}/submissions',
	tags: ['Forms'],
	summary: 'Send a form',
	description:
		'`subject` names what is asked for, as `white_papers:<id>`. Every member that is not described here is the answer to a field. With `Idempotency-Key`, a repeat gets the first answer.',
	request: { params: key, ...repeatable, ...jsonBody(formBody.safeExtend({ subject: text(120) })) },
	responses: {
		202: { description: 'A mail with a link is on its way', ...json(z.object({ status: z.literal('confirmation-sent') })) },
		200: { description: 'A verified person: open at once', ...json(z.object({ status: z.literal('granted') })) },
		...problems(400, 404, 409, 422, 429),
	},
});

export const addFormRoutes: AddRoutes = (api, app) => {
	api.openapi(describeRoute, async (c) => {
		const visitor = await identify(app, c.req.header('cookie'));
		return reply(c, 200, await app.gating.forms.describe(c.req.valid('param').key, visitor, c.req.valid('query').locale ?? c.env.locale));
	});

	api.openapi(proofRoute, async (c) => reply(c, 200, await app.gating.forms.issueProof(c.req.valid('param').key)));
	api.openapi(companiesRoute, async (c) => {
		const items = await app.gating.forms.companies(c.req.valid('query').locale ?? c.env.locale);
		return reply(c, 200, { items }, { 'cache-control': 'public, max-age=300' });
	});

	api.openapi(submitRoute, async (c) => {
		const { subject, ...body } = c.req.valid('json');
		const outcome = await app.gating.forms.submit({
			...readFormBody(c, body),
			formKey: c.req.valid('param').key,
			subject,
			visitor: await identify(app, c.req.header('cookie')),
			network: maySend(app, c) ? null : c.env.network,
			idempotencyKey: c.req.valid('header')['idempotency-key'],
		});
		switch (outcome.status) {
			case 'confirmation-sent':
				return withCookies(c, reply(c, 202, { status: outcome.status }), outcome.setCookies);
			case 'granted':
				return reply(c, 200, { status: outcome.status });
			case 'invalid':
				return problem(c, 'invalid', outcome.errors);
			case 'slow-down':
				return slowDown(c, outcome);
		}
	});
};
