import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { LOCALES } from '#cms/content.ts';
import { flawsOf } from '#tests/support/axe.ts';
import { openBrowser } from '#tests/support/browser.ts';
import { editor } from '#tests/support/editor.ts';
import { startReadingHub, type TestHub } from '#tests/support/hub.ts';
import { markupProblems } from '#tests/support/markup.ts';
import { CONSOLE_PAGES, HOST_PAGES, inLanguage, PAGE_TYPES, SESSION_PAGES } from '#tests/support/pages.ts';
import { startMailServer, type TestMailServer } from '#tests/support/smtp.ts';
import { stored } from '#tests/support/stored.ts';
import { aStranger, type Stranger } from '#tests/support/stranger.ts';

const PAPER = 'bearing-damage-from-vibration';
const WEBINAR = 'sizing-a-servo-axis';

let hub: TestHub;
let mails: TestMailServer;
let reader: Stranger;
/** Pages of a link that was mailed, each seen before it was used. */
const links: string[] = [];

beforeAll(async () => {
	mails = await startMailServer();
	hub = await startReadingHub({ SMTP_URL: mails.url });
	reader = aStranger(hub, 'valid');
	links.push(await reader.unlock(PAPER, mails), await reader.join(WEBINAR, mails));
});
afterAll(async () => {
	await hub.close();
	await mails.stop();
});

/** Problems of the pages at `paths` as `who` gets them; a page that does not answer in HTML is one. */
async function problemsOf(who: Stranger, paths: readonly string[]): Promise<string[]> {
	const found: string[] = [];
	for (const path of paths) {
		const answer = await who.get(path);
		const html = await answer.text();
		if (!answer.headers.get('content-type')?.startsWith('text/html') || html.length < 500) found.push(`${path}: ${answer.status} without a page`);
		else found.push(...(await markupProblems(html, path)));
	}
	return found;
}

describe.each(LOCALES)('in %s', (locale) => {
	const here = (path: string): string => inLanguage(path, locale);

	test('every page type is valid for a stranger', async () => {
		expect(await problemsOf(aStranger(hub, 'passer-by'), PAGE_TYPES.map(here))).toEqual([]);
	});

	test('pages of a reader with a pass are valid: the whole paper, the room, the choices', async () => {
		const whole = await (await reader.get(here(`/white-papers/${PAPER}`))).text();
		expect(whole).toContain('id="download"');
		const paths = [`/white-papers/${PAPER}`, `/webinars/${WEBINAR}`, `/webinars/${WEBINAR}/room`, '/preferences', '/quote'];
		expect(await problemsOf(reader, paths.map(here))).toEqual([]);
	});

	test('a form with mistakes is valid', async () => {
		const answer = await aStranger(hub, 'hasty').post(here(`/white-papers/${PAPER}`), { name: '', email: 'no address' });
		expect(answer.status).toBe(422);
		expect(await markupProblems(await answer.text(), 'form with mistakes')).toEqual([]);
	});

	test('the console is valid', async () => {
		const staff = aStranger(hub, `staff-${locale}`);
		expect(await problemsOf(staff, ['/console/sign-in'])).toEqual([]);
		expect((await staff.post('/console/sign-in', await editor(hub).account('Marketer'))).status).toBe(303);
		await staff.post('/console/language', { locale });
		const list = await (await staff.get('/console/leads')).text();
		const lead = /\/console\/leads\/[\w-]+/.exec(list)?.[0];
		const webinar = /\/console\/webinars\/[\da-f-]{36}/.exec(await (await staff.get('/console/webinars')).text())?.[0];
		expect([lead, webinar]).not.toContain(undefined);
		expect(await problemsOf(staff, [...CONSOLE_PAGES, lead!, webinar!, ...SESSION_PAGES.map((path) => `${webinar}${path}`)])).toEqual([]);
	});
});

test('pages of who hosts a session, and of its door, are valid and open to every reader', async () => {
	const host = aStranger(hub, 'host');
	expect((await host.post('/console/sign-in', await editor(hub).account('Host'))).status).toBe(303);
	const idOf = (mode: string) =>
		stored<{ id: string }>(hub, 'select id from webinar_occurrence where mode = ? order by starts_at desc', mode)[0]?.id ?? '';
	const pages = [...HOST_PAGES.map((path) => `/console/webinars/${idOf('live')}${path}`), `/console/webinars/${idOf('on-site')}/check-in`];
	expect(await problemsOf(host, pages)).toEqual([]);
	const browser = await openBrowser();
	try {
		for (const [width, colorScheme] of [
			[1_440, 'light'],
			[390, 'dark'],
		] as const) {
			const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
			await page.context().addCookies(host.cookies().map(({ name, value }) => ({ name, value, url: hub.url })));
			for (const path of pages) {
				await page.goto(hub.url + path);
				expect(await flawsOf(page)).toEqual([]);
			}
			await page.close();
		}
	} finally {
		await browser.close();
	}
}, 60_000);

test('pages behind mailed links are valid', async () => {
	expect(await problemsOf(aStranger(hub, 'link'), links)).toEqual([]);
});
