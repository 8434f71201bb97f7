import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context, TypedResponse } from 'hono';

import type { Cms } from '#cms';
import type { Config } from '#config';
import type { Gating, SetCookie } from '#gating';
import type { FieldError } from '#kernel/errors.ts';
import type { Now } from '#kernel/clock.ts';
import type { Log } from '#kernel/log.ts';
import type { Search } from '#search';
import { writeCookie } from '#site/edge/cookie.ts';
import type { ApiEnv } from '#site/edge/parts.ts';
import type { Webinars } from '#webinar';

import { PROBLEM_TYPE, problemOf, type Refusal, statusOf } from './problem.ts';

/** What the API needs of the app, so that tests can hand in small parts. */
export interface ApiApp {
	readonly config: Pick<Config, 'mailHookSecret'> & { readonly server: Pick<Config['server'], 'publicUrl' | 'apiToken'> };
	readonly log: Log;
	readonly now: Now;
	readonly cms: Pick<Cms, 'notice' | 'snapshot'>;
	readonly gating: Pick<
		Gating,
		| 'access'
		| 'accounts'
		| 'segments'
		| 'tags'
		| 'visitors'
		| 'consents'
		| 'forms'
		| 'funnel'
		| 'leads'
		| 'messages'
		| 'work'
		| 'deals'
		| 'exports'
		| 'staff'
		| 'events'
		| 'offers'
		| 'quotes'
		| 'channels'
		| 'referrals'
		| 'report'
		| 'imports'
		| 'acceptance'
		| 'scoring'
		| 'tokens'
	>;
	readonly webinars: Pick<Webinars, 'register' | 'stage' | 'onSite' | 'interact' | 'beat' | 'roomSignal' | 'draws' | 'studio' | 'replay'>;
	readonly search: Pick<Search, 'query' | 'suggest'>;
}

export interface ApiEnvironment {
	Bindings: ApiEnv;
}
export type Api = OpenAPIHono<ApiEnvironment>;
export type ApiContext = Context<ApiEnvironment>;

/** Adds one noun's addresses. */
export type AddRoutes = (api: Api, app: ApiApp) => void;

/** An answer of any documented status: which one fits is decided by the route's tests, not by the compiler. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the framework's type has a parameter per status
export type Reply = Response & TypedResponse<any, any, any>;

export function reply(_c: ApiContext, status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
	return new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json', ...headers } }) as Reply;
}

export function problem(c: ApiContext, refusal: Refusal, fields: readonly FieldError[] = [], headers: Readonly<Record<string, string>> = {}): Reply {
	const { locale, requestId } = c.env;
	const body = JSON.stringify(problemOf(refusal, { locale, requestId }, fields));
	return new Response(body, {
		status: statusOf(refusal),
		headers: { 'content-type': PROBLEM_TYPE, 'content-language': locale, ...headers },
	}) as Reply;
}

/** Adds cookies to an answer, with Path, SameSite and Secure as they must be. */
export function withCookies(c: ApiContext, answer: Reply, cookies: readonly SetCookie[]): Reply {
	for (const cookie of cookies) answer.headers.append('set-cookie', writeCookie(cookie, c.env.isSecure));
	return answer;
}

export function slowDown(
	c: ApiContext,
	{ retryAfterSeconds, needsProof = false }: { readonly retryAfterSeconds: number; readonly needsProof?: boolean },
): Reply {
	return problem(c, needsProof ? 'proof-needed' : 'slow-down', [], { 'retry-after': String(retryAfterSeconds) });
}
