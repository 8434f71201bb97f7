import { createHash, timingSafeEqual } from 'node:crypto';

import { type AddRoutes, problem } from './api.ts';

/** Notices of the systems beside the hub. Each proves itself: the CMS by a shared secret, the media server by a signature over the body. */
export const addHookRoutes: AddRoutes = (api, app) => {
	api.post('/hooks/cms', async (c) => {
		const body = await c.req.json<unknown>().catch(() => undefined);
		if (body === undefined) return problem(c, 'malformed');
		const secret = (c.req.header('authorization') ?? '').replace(/^Bearer /, '');
		return (await app.cms.notice(body, secret)) === 'accepted' ? c.body(null, 202) : problem(c, 'forbidden');
	});
	api.post('/hooks/mail', async (c) => {
		const secret = (c.req.header('authorization') ?? '').replace(/^Bearer /, '');
		if (!isSecret(app.config.mailHookSecret, secret)) return problem(c, 'forbidden');
		return c.json(await app.gating.messages.take(Buffer.from(await c.req.arrayBuffer())), 200);
	});
	api.post('/hooks/livekit', async (c) => {
		const outcome = await app.webinars.roomSignal(await c.req.text(), c.req.header('authorization') ?? '');
		return outcome === 'accepted' ? c.body(null, 200) : problem(c, 'forbidden');
	});
};

/** The same text, compared in constant time; nobody has the secret that is not set. */
function isSecret(expected: string | null, given: string): boolean {
	const digest = (text: string) => createHash('sha256').update(text).digest();
	return expected !== null && timingSafeEqual(digest(expected), digest(given));
}
