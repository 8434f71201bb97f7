import type { Visitor } from '#gating';
import { createRecent } from '#kernel/recent.ts';

import type { Entry } from './byte-store.ts';
import { type ByteCache, compressOnce } from './byte-cache.ts';
import { BODY_LIMIT_BYTES, FORM_LIMIT_BYTES, LIST_LIMIT_BYTES, LIST_PATHS, readBody } from './body.ts';
import { planCache } from './cache-plan.ts';
import { collect, type Collected, type Rendered } from './collect.ts';
import { readCookie, writeCookie } from './cookie.ts';
import { chooseEncoding, matchesEtag } from './encoding.ts';
import { type Exchange, localeOf, sendAnswer, startAnswer } from './exchange.ts';
import { identifyShown } from './identify.ts';
import { makeLocals } from './locals.ts';
import { limitKeyOf } from './network.ts';
import type { EdgeParts } from './parts.ts';
import { refuse, refuseMethod, refuseTooLarge } from './refuse.ts';
import type { ChosenPage } from './splice/choose.ts';
import type { Composer, Form } from './splice/compose.ts';
import { sendComposed } from './splice/send.ts';
import { type Split, splitPage } from './splice/split.ts';

/** Mail programs end subscriptions here for many people from few addresses. */
const ONE_CLICK = /^(?:\/zh-CN)?\/u\/stop\//;

const KEPT_SENT = 30_000;
/** Other cookies of the same host may be long. */
const LONGEST_COOKIES = 500;

interface Sent {
	readonly asker: Visitor;
	readonly agent: string;
	readonly form: Form;
}

export interface Pages {
	/** Sends a kept page, at once where it is the same for everybody; false when there is none. */
	sendKept(exchange: Exchange): false | void | Promise<void>;
	/** Renders the page, for all who wait for it where it may be kept. */
	handle(exchange: Exchange): Promise<void>;
}

/** The site's pages: from memory where they may be kept, else from the built site. */
export function createPages(parts: EdgeParts, cache: ByteCache, composer: Composer): Pages {
	const { app, metrics } = parts;
	/** What browsers were sent, by page and cookies. */
	const sent = createRecent<string, Sent>(KEPT_SENT);

	/** Runs the page; what cannot be collected has been answered when this returns null. */
	const render = async (exchange: Exchange, url: string, mayBeKept: boolean): Promise<Rendered | null> => {
		const { req, method } = exchange;
		const { locals, cookies, asker, isPersonal, isMarked } = await makeLocals(parts, exchange);
		metrics.count('pages_rendered');
		// A HEAD is rendered as GET, so that it tells and keeps what a GET would.
		const asked = Object.assign(req, { url, method: method === 'HEAD' ? 'GET' : method });
		const collected = await collect(parts.pages, asked, locals, (status, headers) => {
			startAnswer(exchange, status, headers as Readonly<Record<string, string>>);
			return exchange.res;
		});
		const rendered = answerRest(exchange, collected);
		if (rendered === null) return null;
		const setCookies = cookies.map((cookie) => ['set-cookie', writeCookie(cookie, parts.network.isSecure(req))] as const);
		const wasPersonal = isPersonal();
		if (rendered.isShareable && wasPersonal) app.log.debug({ path: exchange.path }, 'a page with tags looked at its visitor and was not kept');
		const whole = { ...rendered, headers: [...rendered.headers, ...setCookies], isShareable: rendered.isShareable && !wasPersonal };
		if (!isMarked()) return whole;
		const { body, split } = splitPage(rendered.body, parts.marksSecret);
		const isOwn = !(mayBeKept && whole.isShareable) && mayChoose(parts, exchange, asker);
		const own = isOwn ? await composer.ofBody(asker, chosenPage(exchange, split), split) : null;
		return { ...whole, body: own ?? body, split: own ? null : split };
	};

	/** Sends a kept page: to each in their own form, where it has holes and they agreed. */
	const sendKept = async (exchange: Exchange, entry: Entry): Promise<void> => {
		const { split } = entry;
		if (!split) return sendEntry(exchange, entry);
		const { cookie = '', 'user-agent': agent = '' } = exchange.req.headers;
		const asker = await identifyShown(app, cookie);
		if (!mayChoose(parts, exchange, asker)) return sendEntry(exchange, entry);
		const form = await composer.ofEntry(asker, chosenPage(exchange, split), entry);
		if (cookie.length <= LONGEST_COOKIES) sent.set(`${entry.key}\n${cookie}`, { asker, agent, form });
		sendForm(exchange, entry, form);
	};

	/** The same from memory, as it was sent to this browser before; false where something has to be asked anew. */
	const sendAgain = (exchange: Exchange, entry: Entry): boolean => {
		const { cookie = '', 'user-agent': agent = '' } = exchange.req.headers;
		const before = sent.get(`${entry.key}\n${cookie}`);
		if (!before || before.agent !== agent || !app.gating.visitors.holds(before.asker)) return false;
		if (!composer.again(before.asker, entry, before.form)) return false;
		sendForm(exchange, entry, before.form);
		return true;
	};

	const renderOwn = async (exchange: Exchange, url: string, cacheControl = 'private, no-store'): Promise<void> => {
		const rendered = await render(exchange, url, false);
		if (rendered) await sendOwn(exchange, rendered, cacheControl);
	};

	const renderShared = async (exchange: Exchange, key: string, url: string): Promise<void> => {
		const filled = await cache.fill(key, async () => (await render(exchange, url, true)) ?? ANSWERED);
		switch (filled.outcome) {
			case 'shared':
				return isKnown(exchange) ? sendKept(exchange, filled.entry) : sendEntry(exchange, filled.entry);
			case 'own':
				return filled.rendered === ANSWERED ? undefined : sendOwn(exchange, filled.rendered, 'private, no-cache');
			case 'pass':
				return renderOwn(exchange, url, 'private, no-cache');
		}
	};

	const takePost = async (exchange: Exchange): Promise<void> => {
		const { req, path } = exchange;
		const isConsole = path.startsWith('/console');
		if (!isConsole || path === '/console/sign-in') {
			const waitSeconds = parts.limits.take(ONE_CLICK.test(path) ? 'api' : 'forms', limitKeyOf(parts.network.addressOf(req)), false);
			if (waitSeconds > 0) return refuse(exchange, 'slow-down', { 'retry-after': waitSeconds });
		}
		const body = await readBody(req, isConsole ? await consoleLimit(exchange) : FORM_LIMIT_BYTES);
		if (body.status === 'aborted') return;
		if (body.status === 'too-large') return refuseTooLarge(exchange);
		if (!(await isForm(req.headers['content-type'], body.bytes))) return refuse(exchange, 'malformed');
		Object.assign(req, { body: body.bytes });
		await renderOwn(exchange, path + exchange.search);
	};

	/** Lists are long: staff who may import them is known before a body is read. */
	const consoleLimit = async ({ req, path }: Exchange): Promise<number> => {
		if (path !== LIST_PATHS.console) return BODY_LIMIT_BYTES;
		const { staff } = app.gating;
		const sender = await staff.session(readCookie(req.headers.cookie, 'foyer_staff'));
		return sender && staff.can(sender.role, 'leads.import') ? LIST_LIMIT_BYTES : BODY_LIMIT_BYTES;
	};

	return Object.freeze<Pages>({
		sendKept: (exchange) => {
			if (exchange.method !== 'GET' && exchange.method !== 'HEAD') return false;
			const plan = planCache(exchange.path, exchange.search, exchange.req.headers);
			const entry = plan && cache.find(plan.key);
			if (!entry) return false;
			if (entry.split && isKnown(exchange)) return sendAgain(exchange, entry) ? undefined : sendKept(exchange, entry);
			return sendEntry(exchange, entry);
		},
		handle: (exchange) => {
			if (exchange.method === 'POST') return takePost(exchange);
			if (exchange.method !== 'GET' && exchange.method !== 'HEAD') return Promise.resolve(refuseMethod(exchange, 'GET, HEAD, POST'));
			const plan = planCache(exchange.path, exchange.search, exchange.req.headers);
			return plan ? renderShared(exchange, plan.key, plan.url) : renderOwn(exchange, exchange.path + exchange.search);
		},
	});
}

/** Whether this browser agreed to anything that a choice may rest on; only then it has this cookie. */
const isKnown = ({ req }: Exchange): boolean => readCookie(req.headers.cookie, 'foyer_visitor') !== undefined;

function sendForm(exchange: Exchange, entry: Entry, { composed }: Form): void {
	if (composed) sendComposed(exchange, composed);
	else sendEntry(exchange, entry);
}

/** Strangers and bots get what everybody gets. */
function mayChoose({ app }: EdgeParts, { req }: Exchange, { visitorId, isVerified }: Visitor): boolean {
	return (visitorId !== null || isVerified) && !app.gating.events.isBot(req.headers['user-agent'] ?? '');
}

function chosenPage({ path }: Exchange, { holes }: Split): ChosenPage {
	const locale = localeOf(path, undefined);
	const within = new Map<string, string>();
	for (const hole of holes) {
		const outer = holes.find((other) => other !== hole && other.from <= hole.from && other.to >= hole.to);
		if (outer) within.set(hole.name, outer.name);
	}
	return { path: locale === 'en' ? path : path.slice(6) || '/', locale, holes: holes.map(({ name }) => name), within };
}

/** Whether a page can read the body as a form; pages do not ask again. */
async function isForm(contentType = '', bytes: Buffer): Promise<boolean> {
	if (/^application\/x-www-form-urlencoded\b/i.test(contentType)) return true;
	if (!/^multipart\/form-data\b/i.test(contentType)) return false;
	return new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } }).formData().then(
		() => true,
		() => false,
	);
}

/** Stands for a page that was answered while it was made. */
const ANSWERED: Rendered = { status: 200, headers: [], body: Buffer.alloc(0), isShareable: false, tags: [], untilMs: 0, split: null };

/** Answers what is no page with content: nothing matched, it failed, or it was streamed. */
function answerRest(exchange: Exchange, collected: Collected): Rendered | null {
	switch (collected.outcome) {
		case 'streamed':
			return null;
		case 'unmatched':
			refuse(exchange, 'not-found');
			return null;
		case 'failed':
			refuse(exchange, 'internal');
			return null;
		case 'rendered': {
			if (collected.body.length > 0 || collected.status < 400) return collected;
			refuse(exchange, collected.status === 404 ? 'not-found' : collected.status >= 500 ? 'internal' : 'malformed');
			return null;
		}
	}
}

/** Sends a page that is one request's own; `cacheControl` unless the page says it. */
async function sendOwn(exchange: Exchange, { status, headers, body }: Rendered, cacheControl: string): Promise<void> {
	const all: Record<string, string | string[]> = { 'cache-control': cacheControl, vary: 'accept-encoding, cookie, sec-gpc, dnt' };
	for (const [name, value] of headers) {
		if (name === 'set-cookie') all[name] = [...(all[name] ?? []), value];
		else all[name] = value;
	}
	const { encoding, bytes } = await compressOnce(body, chooseEncoding(exchange.req.headers['accept-encoding']));
	if (exchange.res.destroyed) return;
	sendAnswer(exchange, status, encoding === 'identity' ? all : { ...all, 'content-encoding': encoding }, bytes);
}

/** The hottest path of the hub: heads are put together once per entry and encoding. */
function sendEntry({ req, res, policy, method }: Exchange, entry: Entry): void {
	const { bodies, heads, etag } = entry;
	if (matchesEtag(req.headers['if-none-match'], etag)) {
		res.writeHead(304, (heads['not-modified'] ??= [...policy, ...SHARED, 'etag', etag]));
		res.end();
		return;
	}
	const wanted = chooseEncoding(req.headers['accept-encoding']);
	const encoding = bodies[wanted] ? wanted : wanted === 'br' && bodies.gzip ? 'gzip' : 'identity';
	const body = bodies[encoding] ?? bodies.identity;
	const head = (heads[encoding] ??= [
		...[...policy, ...entry.headers, ...SHARED],
		...['etag', etag, 'content-length', String(body.length)],
		...(encoding === 'identity' ? [] : ['content-encoding', encoding]),
	]);
	res.writeHead(200, head);
	res.end(method === 'HEAD' ? undefined : body);
}

const SHARED = ['cache-control', 'private, no-cache', 'vary', 'accept-encoding, cookie, sec-gpc, dnt'];
