import type { Agent } from '#gating';
import { requestHash } from '#kernel/idempotency.ts';

import { type ApiApp, type ApiContext, problem, reply, type Reply } from './api.ts';

/** Answers a repeat under the same `Idempotency-Key` as the first time; another body under it is a conflict. */
export async function repeated(
	app: ApiApp,
	c: ApiContext,
	agent: Agent,
	act: () => Promise<{ readonly status: number; readonly value: unknown }>,
): Promise<Reply> {
	const key = c.req.header('idempotency-key');
	if (key === undefined) {
		const { status, value } = await act();
		return reply(c, status, value);
	}
	const hash = requestHash(await c.req.text());
	const outcome = await app.gating.work.once({ scope: `${agent.actor} ${c.req.path}`, key, hash }, async () => {
		const { status, value } = await act();
		return { status, body: JSON.stringify(value) };
	});
	return outcome.outcome === 'conflict' ? problem(c, 'conflict') : reply(c, outcome.status, JSON.parse(outcome.body));
}
