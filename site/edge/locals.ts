import type { SetCookie, Visitor } from '#gating';

import { isNotAsked } from './cache-plan.ts';
import { type Exchange, localeOf } from './exchange.ts';
import { identify } from './identify.ts';
import { networkOf } from './network.ts';
import type { EdgeApp, EdgeParts } from './parts.ts';
import { createMarks, type Marks } from './splice/marks.ts';

/** What pages find in `Astro.locals`. */
export interface EdgeLocals {
	readonly app: EdgeApp;
	readonly visitor: Visitor;
	readonly locale: 'en' | 'zh-CN';
	readonly requestId: string;
	/** Network prefix of the client, for limits and audit; never the address. */
	readonly network: string;
	/** How the page says where its holes are. */
	readonly marks: Marks;
	/** Adds cookies to this answer, with Path, SameSite and Secure as they must be. */
	setCookies(cookies: readonly SetCookie[]): void;
}

export interface MadeLocals {
	readonly locals: EdgeLocals;
	readonly cookies: readonly SetCookie[];
	/** True once the page looked at who is asking: then its answer is nobody else's. */
	isPersonal(): boolean;
	/** Who asks; to ask is not to look. */
	readonly asker: Visitor;
	/** True once the page made a hole. */
	isMarked(): boolean;
}

/** Whom fragments are rendered for: nobody, who is asked nothing. */
export const STRANGER_LOCALS: Omit<EdgeLocals, 'app' | 'locale' | 'requestId' | 'marks'> = {
	network: '',
	setCookies: () => {
		throw new Error('A fragment sets no cookies.');
	},
	visitor: Object.freeze<Visitor>({
		visitorId: null,
		personId: null,
		isVerified: false,
		consents: new Set(),
		hasAnsweredConsent: true,
		givenName: null,
	}),
};

/** Makes the locals of one request, and watches whether a page that wants to be kept used anything personal of them. */
export async function makeLocals(
	{ app, network, marksSecret }: Pick<EdgeParts, 'app' | 'network' | 'marksSecret'>,
	{ req, path, id }: Exchange,
): Promise<MadeLocals> {
	const header = req.headers.cookie;
	const visitor = await identify(app, header, req.headers['user-agent']);
	const cookies: SetCookie[] = [];
	let isPersonal = false;
	let isMarked = false;
	const look = <T>(value: T): T => {
		isPersonal = true;
		return value;
	};
	return {
		cookies,
		asker: visitor,
		isMarked: () => isMarked,
		isPersonal: () => isPersonal || cookies.length > 0,
		locals: {
			app,
			locale: localeOf(path, undefined),
			requestId: id,
			network: networkOf(network.addressOf(req)),
			marks: createMarks(marksSecret, () => (isMarked = true)),
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
