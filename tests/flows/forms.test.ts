import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { stableId } from '#kernel/id.ts';
import { startTestHub, type TestHub } from '#tests/support/hub.ts';
import { startMailServer, type TestMailServer } from '#tests/support/smtp.ts';
import { countOf } from '#tests/support/stored.ts';
import { aStranger, PERSON } from '#tests/support/stranger.ts';
import { until } from '#tests/support/until.ts';

const PAPER = '/white-papers/bearing-damage-from-vibration';
const AT_ONCE = 200;
const ANSWERS = { name: 'Anna Keller', company: 'Kestrel Packaging', jobTitle: 'Head of Maintenance' };

/** Forms over HTTP against the whole hub. */
let hub: TestHub;
let mails: TestMailServer;
beforeAll(async () => {
	mails = await startMailServer();
	hub = await startTestHub({ SMTP_URL: mails.url, TRUSTED_PROXIES: '127.0.0.1' });
}, 300_000);
afterAll(async () => {
	await hub.close();
	await mails.stop();
});

const post = (path: string, fields: Record<string, string>, network: string): Promise<Response> =>
	fetch(hub.url + path, {
		method: 'POST',
		redirect: 'manual',
		body: new URLSearchParams({ ...ANSWERS, ...fields }),
		headers: { origin: hub.url, 'x-forwarded-for': network, 'user-agent': PERSON, accept: 'text/html' },
	});

/** Publishes or unpublishes a form, as an editor does. */
async function setForm(key: string, status: 'published' | 'draft'): Promise<void> {
	const answer = await fetch(`${hub.directusUrl}/items/forms/${stableId(`forms:${key}`)}`, {
		method: 'PATCH',
		headers: { authorization: `Bearer ${hub.adminToken}`, 'content-type': 'application/json' },
		body: JSON.stringify({ status }),
	});
	expect(answer.status).toBe(200);
	const isThere = status === 'published';
	await until(`the form to be ${status}`, async () => ((await fetch(`${hub.url}/api/v1/forms/${key}`)).status === 200) === isThere);
}

test(`of ${AT_ONCE} forms at once, each pressed twice, none is lost and none doubled`, async () => {
	const kept = (): number[] => ['person', 'lead', 'form_submission'].map((table) => countOf(hub, table));
	const before = kept();
	const outcomes = await Promise.all(
		Array.from({ length: 2 * AT_ONCE }, (_, at) => {
			const n = at % AT_ONCE;
			return post(PAPER, { email: `many${n}@kestrel-packaging.com`, idempotencyKey: `press-${n}` }, `${20 + n}.7.0.1`).then(({ status }) => status);
		}),
	);
	expect(outcomes.filter((status) => status !== 303)).toEqual([]);
	expect(kept().map((rows, at) => rows - (before[at] ?? 0))).toEqual([AT_ONCE, AT_ONCE, AT_ONCE]);
	await until('all mails', async () => mails.received.length >= AT_ONCE, 60_000);
	expect(mails.received).toHaveLength(AT_ONCE);
}, 180_000);

describe('a form that an editor takes off line meanwhile', () => {
	test.each([
		['paper-default', PAPER],
		['webinar-default', '/webinars/sizing-a-servo-axis'],
		['quote-default', '/quote'],
	])(
		'%s answers what to do, with everything kept',
		async (key, path) => {
			await setForm(key, 'draft');
			const answer = await post(path, { email: 'late@kestrel-packaging.com', message: 'A pump' }, '198.51.100.1');
			const page = await answer.text();
			await setForm(key, 'published');
			expect([answer.status, page.includes('no longer online')]).toEqual([410, true]);
			for (const kept of ['late@kestrel-packaging.com', 'Anna Keller', 'hello@halden-drives.example']) expect(page).toContain(kept);
		},
		60_000,
	);

	test('an offer’s form leaves its page as it is', async () => {
		await setForm('offer-default', 'draft');
		const [slug] = /\/offers\/([a-z0-9-]+)/.exec(await (await aStranger(hub, 'offers').get('/offers')).text())?.slice(1) ?? [];
		const answer = await post(`/offers/${slug ?? ''}`, { email: 'late@kestrel-packaging.com' }, '198.51.101.1');
		await setForm('offer-default', 'published');
		expect(answer.status).toBeLessThan(500);
	}, 60_000);
});

test.each<[string, string, number]>([
	['emoji and writing from right to left', '😀 محرك 👩🏽‍🔧 שלום', 303],
	['10,000 characters', 'x'.repeat(10_000), 422],
	['U+0000', 'a\0b', 422],
	['markup', '"><script>alert(1)</script>', 303],
	['an override of the direction', 'a\u202eb', 303],
])('a name with %s is answered, never with 500', async (_what, name, status) => {
	const answer = await post(PAPER, { name, email: `odd${name.length}@kestrel-packaging.com` }, `203.${name.length % 250}.0.1`);
	expect(answer.status).toBe(status);
	if (status === 422) expect(await answer.text()).toContain('aria-invalid="true"');
});
