import { DomainError } from '#kernel/errors.ts';
import { holderOf } from '#site/api/auth.ts';
import { PROBLEM_TYPE, problemOf } from '#site/api/problem.ts';

import { EVENTS_LIMIT_BYTES, readBody } from './body.ts';
import { identify } from './identify.ts';
import { type Exchange, localeOf, sendAnswer, sendJson } from './exchange.ts';
import { limitKeyOf } from './network.ts';
import type { EdgeParts } from './parts.ts';
import { refuse, refuseMethod, refuseTooLarge } from './refuse.ts';

export const EVENTS_PATH = '/api/v1/events';

/**
 * Takes behaviour events as JSON, also as the text/plain that `sendBeacon` sends, and answers 202 after they are committed.
 * Written by hand and outside of the API, since it is the busiest address.
 */
export function createBeacon({ app, limits, network, metrics }: EdgeParts): (exchange: Exchange) => Promise<void> {
	return async (exchange) => {
		const { req } = exchange;
		if (exchange.method !== 'POST') return refuseMethod(exchange, 'POST');
		const isTokenHolder = holderOf(app, req.headers.authorization) !== null;
		const waitSeconds = limits.take('events', limitKeyOf(network.addressOf(req)), isTokenHolder);
		if (waitSeconds > 0) return refuse(exchange, 'slow-down', { 'retry-after': waitSeconds });

		const body = await readBody(req, EVENTS_LIMIT_BYTES);
		if (body.status === 'aborted') return;
		if (body.status === 'too-large') return refuseTooLarge(exchange);
		const events = eventsOf(body.bytes);
		if (events === null) return refuse(exchange, 'malformed');

		const visitor = await identify(app, req.headers.cookie);
		try {
			const result = await app.gating.events.ingest({ events, visitor, userAgent: req.headers['user-agent'] ?? '', receivedAt: app.now() });
			metrics.count('events_accepted', result.accepted);
			metrics.count('events_duplicate', result.duplicate);
			metrics.count('events_rejected', result.rejected.length);
			sendJson(exchange, 202, result);
		} catch (error) {
			if (!(error instanceof DomainError) || error.code !== 'invalid') throw error;
			const problem = problemOf('invalid', { locale: localeOf(exchange.path, req.headers['accept-language']), requestId: exchange.id }, error.fields);
			sendAnswer(exchange, problem.status, { 'content-type': PROBLEM_TYPE, 'cache-control': 'no-store' }, JSON.stringify(problem));
		}
	};
}

/** The list of a body `{"events": […]}`, unread; null when it is no such JSON. */
function eventsOf(bytes: Buffer): unknown[] | null {
	try {
		const parsed: unknown = JSON.parse(bytes.toString('utf8'));
		return typeof parsed === 'object' && parsed !== null && 'events' in parsed && Array.isArray(parsed.events) ? parsed.events : null;
	} catch {
		return null;
	}
}
