import type { SetCookie, Visitor } from '#gating';

import { isNotAsked } from './cache-plan.ts';
import { type Exchange, localeOf } from './exchange.ts';
import { identify } from './identify.ts';
import { networkOf } from './network.ts';
import type { EdgeApp, EdgeParts } from './parts.ts';

/** What pages find in `Astro.locals`. */
export interface EdgeLocals {
	readonly app: EdgeApp;
	readonly visitor: Visitor;
	readonly locale: 'en' | 'zh-CN';
	readonly requestId: string;
	/** Network prefix of the client, for limits and audit; never the address. */
	readonly network: string;
	/** Adds cookies to this answer, with Path, SameSite and Secure as they must be. */
	setCookies(cookies: readonly SetCookie[]): void;
}

export interface MadeLocals {
	readonly locals: EdgeLocals;
	readonly cookies: readonly SetCookie[];
	/** True once the page looked at who is asking: then its answer is nobody else's. */
	isPersonal(): boolean;
}

/** Makes the locals of one request, and watches whether a page that wants to be kept used anything personal of them. */
export async function makeLocals({ app, network }: Pick<EdgeParts, 'app' | 'network'>, { req, path, id }: Exchange): Promise<MadeLocals> {
	const header = req.headers.cookie;
	const visitor = await identify(app, header, req.headers['user-agent']);
	const cookies: SetCookie[] = [];
	let isPersonal = false;
	const look = <T>(value: T): T => {
		isPersonal = true;
		return value;
	};
	return {
		cookies,
		isPersonal: () => isPersonal || cookies.length > 0,
		locals: {
			app,
			locale: localeOf(path, undefined),
			requestId: id,
			network: networkOf(network.addressOf(req)),
			setCookies: (more) => void cookies.push(...more),
			visitor: {
				get visitorId() {
					return look(visitor.visitorId);
				},
				get personId() {
					return look(visitor.personId);
				},
				get isVerified() {
					return look(visitor.isVerified);
				},
				get consents() {
					return look(visitor.consents);
				},
				get givenName() {
					return look(visitor.givenName);
				},
				get ask() {
					return look(visitor.ask);
				},
				get agent() {
					return look(visitor.agent);
				},
				hasAnsweredConsent: isNotAsked(req.headers),
			},
		},
	};
}
