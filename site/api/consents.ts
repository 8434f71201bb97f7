import { createRoute, z } from '@hono/zod-openapi';

import { writeCookie } from '#site/edge/cookie.ts';
import { identify } from '#site/edge/identify.ts';

import { type AddRoutes, problem, reply } from './api.ts';
import { json, locale, problems, text } from './schema.ts';

const answer = z.object({
	purposes: z
		.array(text(40))
		.max(20)
		.openapi({ example: ['analytics'] }),
	locale: locale.default('en'),
	channel: text(60).default('direct'),
	firstTouch: z.record(text(40), text(200)).default({}),
	/** Path of ours to go back to, for forms without script. */
	returnTo: text(500).optional(),
});

const route = createRoute({
	method: 'post',
	path: '/consents',
	tags: ['Consents'],
	summary: 'Answer the notice: the purposes agreed to; none refuses all',
	description: 'Also takes the notice as a form without script, where `purposes` is one text with commas, and answers 303 to `returnTo`.',
	request: { body: json(answer) },
	responses: {
		200: { description: 'Recorded; cookies are set', ...json(z.object({ purposes: z.array(z.string()) })) },
		303: { description: 'Recorded, for forms' },
		...problems(400, 422),
	},
});

export const addConsentRoutes: AddRoutes = (api, app) => {
	api.openAPIRegistry.registerPath(route);
	api.post('/consents', async (c) => {
		const isForm = (c.req.header('content-type') ?? '').startsWith('application/x-www-form-urlencoded');
		const sent = isForm ? formAnswer(await c.req.parseBody({ all: true })) : await c.req.json<unknown>().catch(() => undefined);
		if (sent === undefined) return problem(c, 'malformed');
		const parsed = answer.safeParse(sent);
		if (!parsed.success) return problem(c, 'invalid', [{ field: parsed.error.issues[0]?.path.join('.') ?? '', code: 'other' }]);

		const { returnTo, ...input } = parsed.data;
		const visitor = await identify(app, c.req.header('cookie'));
		const { setCookies } = await app.gating.consents.answer({ ...input, visitor });
		const response = isForm
			? new Response(null, { status: 303, headers: { location: localPath(returnTo) } })
			: reply(c, 200, { purposes: input.purposes });
		for (const cookie of setCookies) response.headers.append('set-cookie', writeCookie(cookie, c.env.isSecure));
		return response;
	});
};

function formAnswer({ purposes, ...rest }: Record<string, unknown>): unknown {
	const all = (Array.isArray(purposes) ? purposes : [purposes]).flatMap((value) => (typeof value === 'string' ? value.split(',') : []));
	return { ...rest, purposes: all.filter((purpose) => purpose !== '') };
}

/** Never another site: a path with one slash in front, as browsers read it, of characters that a header may have. */
function localPath(path = '/'): string {
	return /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(path) ? path : '/';
}
