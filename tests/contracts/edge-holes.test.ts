import { gunzipSync } from 'node:zlib';

import { afterEach, describe, expect, test } from 'vitest';

import { STRANGER, type Visitor } from '#gating';
import type { Chooser, Fills } from '#site/edge/splice/choose.ts';
import type { Marks } from '#site/edge/splice/marks.ts';

import { type Asked, pagesOf, startTestHub, type TestHub } from './edge-parts.ts';

const AGREED: Visitor = { ...STRANGER, visitorId: 'visitor-1', consents: new Set(['personalisation']), hasAnsweredConsent: true };
const COOKIE = 'foyer_visitor=secret-of-this-browser; foyer_consent=1.personalisation';
const BEFORE = '<p>变频器 variable speed drives</p>';

let hub: TestHub;
let version = 1;
let fills: Fills | null = null;
const rendered: string[] = [];
const chosen: string[] = [];
const served: (Fills | null)[] = [];
afterEach(async () => {
	await hub.close();
	rendered.length = chosen.length = served.length = 0;
	version = 1;
});

const chooser: Chooser = {
	version: () => version,
	choose: ({ visitorId }, { path, locale, holes }) => {
		chosen.push(`${visitorId} ${locale} ${path} ${holes.join('+')}`);
		return fills;
	},
	serving: (_visitor, _page, given) => () => void served.push(given),
};

/** A page with two holes, and a fragment for each word. */
async function start(visitor = AGREED, cardText = 'card'): Promise<void> {
	hub = await startTestHub({
		visitor,
		choosers: [chooser],
		pages: pagesOf((url, locals) => {
			rendered.push(url);
			const marks = locals['marks'] as Marks;
			const fragment = locals['fragment'] as { readonly params: { readonly item?: string } } | undefined;
			const hole = (name: string, content: string) => marks.open(name) + content + marks.close(name);
			if (fragment && !fragment.params.item) return { status: 404 };
			return fragment
				? { headers: { 'cache-tag': fragment.params.item ?? '' }, body: `<li>${cardText} ${fragment.params.item}${hole('why', '')}</li>` }
				: { headers: { 'cache-tag': 'cases' }, body: `${BEFORE}<h1>${hole('title', 'Drives')}</h1><ul>${hole('row', '<li>default</li>')}</ul>` };
		}),
	});
}

const DEFAULT = `${BEFORE}<h1>Drives</h1><ul><li>default</li></ul>`;
const card = (item: string, why = 'read') => ({ kind: 'card', params: { item }, fills: { why: [{ kind: 'text', text: why }] } }) as const;
const own = (path = '/', headers: Record<string, string> = {}) => hub.ask(path, { headers: { cookie: COOKIE, 'user-agent': 'Firefox', ...headers } });
/** The answer as a reader sees it: runs of spaces are one, and none stand at the edge of an element. */
const seen = ({ text }: Pick<Asked, 'text'>): string => text.replaceAll(/\s+/g, ' ').replaceAll(/ (?=<)|(?<=>) /g, '');

describe('a page with holes', () => {
	test('golden: without consent, for bots and for nobody’s choice it is the default page byte for byte', async () => {
		fills = { title: [{ kind: 'text', text: 'Yours' }] };
		await start();
		const anonymous = await hub.ask('/');
		expect(anonymous.text).toBe(DEFAULT);
		expect((await own('/', { 'user-agent': 'bot' })).body.equals(anonymous.body)).toBe(true);
		expect((await hub.ask('/', { headers: { cookie: 'foyer_consent=1.' } })).body.equals(anonymous.body)).toBe(true);
		fills = null;
		expect((await own()).body.equals(anonymous.body)).toBe(true);
		expect((await own()).headers.etag).toBe(anonymous.headers.etag);
	});

	test('a browser that is nobody’s by now gets the default, whatever its cookie says', async () => {
		fills = { title: [{ kind: 'text', text: 'Yours' }] };
		await start({ ...STRANGER, hasAnsweredConsent: true });
		expect((await own()).text).toBe(DEFAULT);
		expect(chosen).toEqual([]);
	});

	test('its holes hold what was chosen, the same packed and plain', async () => {
		fills = { title: [{ kind: 'text', text: 'Yours & <mine>' }], row: [card('a:1'), card('b:2', 'new')] };
		await start();
		const plain = await own();
		expect(seen(plain)).toBe(`${BEFORE}<h1>Yours &amp; &lt;mine&gt;</h1><ul><li>card a:1 read</li><li>card b:2 new</li></ul>`);
		const packed = await own('/', { 'accept-encoding': 'gzip, br' });
		expect(packed.headers).toMatchObject({
			'content-encoding': 'gzip',
			'cache-control': 'private, no-cache',
			vary: 'accept-encoding, cookie, sec-gpc, dnt',
			etag: plain.headers.etag,
		});
		expect(gunzipSync(packed.body).equals(plain.body)).toBe(true);
		expect((await own('/', { 'if-none-match': plain.headers.etag ?? '' })).status).toBe(304);
		expect((await hub.ask('/')).text).toBe(DEFAULT);
	});

	test('choices are made once, and again when their version or the page changes', async () => {
		fills = { row: [card('a:1')] };
		await start();
		const first = await own();
		await own();
		expect(chosen).toEqual(['visitor-1 en / title+row']);
		version = 2;
		fills = { row: [card('b:2')] };
		const second = await own();
		expect([seen(second).includes('b:2'), second.headers.etag === first.headers.etag, chosen.length]).toEqual([true, false, 2]);
		hub.publish('cases');
		await own();
		expect([chosen.length, served.length]).toEqual([3, 4]);
		await own('/zh-CN');
		expect(chosen.at(-1)).toBe('visitor-1 zh-CN / title+row');
	});

	test('a fragment is rendered once for all, and again when its content changed', async () => {
		fills = { row: [card('a:1'), card('b:2')] };
		await start();
		await own();
		await own('/other');
		expect(rendered.filter((url) => url === '/fragment')).toHaveLength(2);
		hub.publish('a:1');
		await own();
		expect(rendered.filter((url) => url === '/fragment')).toHaveLength(3);
	});

	test('where a fragment cannot be made, the default stays', async () => {
		fills = { row: [card('a:1'), { kind: 'card', params: {} }], title: [{ kind: 'text', text: 'Yours' }] };
		await start();
		expect(seen(await own())).toBe(`${BEFORE}<h1>Yours</h1><ul><li>default</li></ul>`);
		expect(hub.errors).toHaveLength(1);
	});

	test('a page with a pass, which is nobody else’s, is filled too', async () => {
		fills = { title: [{ kind: 'text', text: 'Yours' }] };
		await start();
		const { text, headers } = await own('/', { cookie: 'foyer_pass=good' });
		expect([seen({ text }), headers['cache-control']]).toEqual([`${BEFORE}<h1>Yours</h1><ul><li>default</li></ul>`, 'private, no-store']);
	});
});
