import type { Entry } from './byte-store.ts';
import { type ByteCache, compressOnce } from './byte-cache.ts';
import { BODY_LIMIT_BYTES, FORM_LIMIT_BYTES, LIST_LIMIT_BYTES, LIST_PATHS, readBody } from './body.ts';
import { planCache } from './cache-plan.ts';
import { collect, type Collected, type Rendered } from './collect.ts';
import { readCookie, writeCookie } from './cookie.ts';
import { chooseEncoding, matchesEtag } from './encoding.ts';
import { type Exchange, sendAnswer, startAnswer } from './exchange.ts';
import { makeLocals } from './locals.ts';
import { limitKeyOf } from './network.ts';
import type { EdgeParts } from './parts.ts';
import { refuse, refuseMethod, refuseTooLarge } from './refuse.ts';

/** Mail programs end subscriptions here for many people from few addresses. */
const ONE_CLICK = /^(?:\/zh-CN)?\/u\/stop\//;

export interface Pages {
	/** Sends a kept page; false when there is none. */
	sendKept(exchange: Exchange): boolean;
	/** Renders the page, for all who wait for it where it may be kept. */
	handle(exchange: Exchange): Promise<void>;
}

/** The site's pages: from memory where they may be kept, else from the built site. */
export function createPages(parts: EdgeParts, cache: ByteCache): Pages {
	const { app, metrics } = parts;

	/** Runs the page; what cannot be collected has been answered when this returns null. */
	const render = async (exchange: Exchange, url: string): Promise<Rendered | null> => {
		const { req, method } = exchange;
		const { locals, cookies, isPersonal } = await makeLocals(parts, exchange);
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
		return { ...rendered, headers: [...rendered.headers, ...setCookies], isShareable: rendered.isShareable && !wasPersonal };
	};

	const renderOwn = async (exchange: Exchange, url: string, cacheControl = 'private, no-store'): Promise<void> => {
		const rendered = await render(exchange, url);
		if (rendered) await sendOwn(exchange, rendered, cacheControl);
	};

	const renderShared = async (exchange: Exchange, key: string, url: string): Promise<void> => {
		const filled = await cache.fill(key, async () => (await render(exchange, url)) ?? ANSWERED);
		switch (filled.outcome) {
			case 'shared':
				return sendEntry(exchange, filled.entry);
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
			sendEntry(exchange, entry);
			return true;
		},
		handle: (exchange) => {
			if (exchange.method === 'POST') return takePost(exchange);
			if (exchange.method !== 'GET' && exchange.method !== 'HEAD') return Promise.resolve(refuseMethod(exchange, 'GET, HEAD, POST'));
			const plan = planCache(exchange.path, exchange.search, exchange.req.headers);
			return plan ? renderShared(exchange, plan.key, plan.url) : renderOwn(exchange, exchange.path + exchange.search);
		},
	});
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
const ANSWERED: Rendered = { status: 200, headers: [], body: Buffer.alloc(0), isShareable: false, tags: [], untilMs: 0 };

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
