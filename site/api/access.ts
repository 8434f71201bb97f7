import { createRoute, z } from '@hono/zod-openapi';

import { identify } from '#site/edge/identify.ts';

import { type AddRoutes, type ApiContext, problem, reply, slowDown, withCookies } from './api.ts';
import { maySend } from './auth.ts';
import { json, jsonBody, locale, problems, text } from './schema.ts';

const askRoute = createRoute({
	method: 'post',
	path: '/codes',
	tags: ['Access'],
	summary: 'Mail a code and a link to somebody who is known already',
	description:
		'The same answer whether the address is known or not. The cookie that comes with it ties the code to this browser; it works for fifteen minutes. `subject` names what is to be opened, as `white_papers:<id>`.',
	request: jsonBody(
		z.object({
			email: text(254),
			subject: text(120).default('pass'),
			locale: locale.optional(),
			/** Hidden from people: what fills it is a machine. */
			website: text(500).default(''),
		}),
	),
	responses: {
		202: { description: 'A mail is on its way, if the address is known', ...json(z.object({ status: z.literal('asked') })) },
		...problems(400, 422, 429),
	},
});

const enterRoute = createRoute({
	method: 'post',
	path: '/passes',
	tags: ['Access'],
	summary: 'Type the code of a mail, in the browser that asked for it',
	description: 'The same act as pressing the button behind the mailed link. Five tries for each code; only the newest code of this browser counts.',
	request: jsonBody(z.object({ code: text(40) })),
	responses: {
		201: { description: 'This browser has a pass for ninety days', ...json(z.object({ status: z.literal('confirmed'), subject: z.string() })) },
		...problems(400, 422, 429),
	},
});

export const addAccessRoutes: AddRoutes = (api, app) => {
	const { access } = app.gating;
	const networkOf = (c: ApiContext) => (maySend(app, c) ? null : c.env.network);

	api.openapi(askRoute, async (c) => {
		const { email, subject, website, locale: asked } = c.req.valid('json');
		const visitor = await identify(app, c.req.header('cookie'), c.req.header('user-agent'));
		const outcome = await access.ask({ email, subject, locale: asked ?? c.env.locale, visitor, network: networkOf(c), honeypot: website });
		switch (outcome.status) {
			case 'asked':
				return withCookies(c, reply(c, 202, { status: outcome.status }), outcome.setCookies);
			case 'invalid':
				return problem(c, 'invalid', [{ field: 'email', code: 'mail-syntax' }]);
			case 'slow-down':
				return slowDown(c, outcome);
		}
	});

	api.openapi(enterRoute, async (c) => {
		const visitor = await identify(app, c.req.header('cookie'), c.req.header('user-agent'));
		const outcome = await access.enterCode({ code: c.req.valid('json').code, visitor, network: networkOf(c) });
		switch (outcome.status) {
			case 'confirmed':
				return withCookies(c, reply(c, 201, { status: outcome.status, subject: outcome.subject }), outcome.setCookies);
			case 'slow-down':
				return slowDown(c, outcome);
			case 'malformed':
			case 'expired':
				return problem(c, 'invalid', [{ field: 'code', code: `code-${outcome.status}` }]);
			case 'wrong':
				return problem(c, 'invalid', [{ field: 'code', code: outcome.triesLeft > 0 ? 'code-wrong' : 'code-spent' }]);
		}
	});
};
