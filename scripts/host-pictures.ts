import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';

import { speakerPortrait } from '#cms/seed/illustration/index.ts';
import { FAKE_MEDIA, openBrowser } from '#tests/support/browser.ts';
import { staffOf } from '#tests/support/console.ts';
import { editor } from '#tests/support/editor.ts';
import { freePort, startTestHub, type TestHub } from '#tests/support/hub.ts';
import { find } from '#tests/support/needs.ts';
import { type TestMailServer, startMailServer } from '#tests/support/smtp.ts';
import { stored } from '#tests/support/stored.ts';
import { aStranger, PERSON, type Stranger } from '#tests/support/stranger.ts';
import { until } from '#tests/support/until.ts';

/*
 * `node scripts/host-pictures.ts [folder]`: makes the pictures of docs/hosts.md from a hub of its own: a live webinar with a host, five registrants and a
 * real media server, from its session's page to its report. Needs a build, and livekit-server on the PATH.
 */
const FOLDER = resolve(process.argv[2] ?? 'docs/pictures');
const WEBINAR = 'harmonics-in-older-plants';
const STAY_SECONDS = 130;
const BEAT_SECONDS = 5;
const PEOPLE = [
	['anna', 'Anna Keller', 'Kestrel Packaging', 'Head of Maintenance'],
	['li', 'Li Wen', 'Suzhou Precision', 'Energy manager'],
	['marc', 'Marc Dubois', 'Aciers du Rhône', 'Plant manager'],
	['ines', 'Inês Duarte', 'Porto Bottling', 'Electrical engineer'],
	['jonas', 'Jonas Weber', 'Weber Umformtechnik', 'Maintenance engineer'],
] as const;

const program = find('livekit');
if (program === null) throw new Error('livekit-server is neither on the PATH nor at LIVEKIT_SERVER_BIN');
mkdirSync(FOLDER, { recursive: true });
const mails = await startMailServer();
const hub = await startTestHub({ SMTP_URL: mails.url, LIVEKIT_SERVER_BIN: program, LIVEKIT_PORT: String(await freePort()) });
const browser = await openBrowser([...FAKE_MEDIA, `--use-file-for-fake-video-capture=${await cameraOf('zhou-mingyuan')}`]);
try {
	await takeAll(hub, mails, browser);
} finally {
	await browser.close();
	await hub.close();
	await mails.stop();
}

/** A file that Chromium takes for a camera: a speaker's drawing, standing still. */
async function cameraOf(speaker: string): Promise<string> {
	const frame = await sharp(Buffer.from(speakerPortrait(speaker)))
		.resize(1_280)
		.extract({ left: 0, top: 110, width: 1_280, height: 720 })
		.flatten({ background: '#fff' })
		.jpeg()
		.toBuffer();
	const file = join(hub.dataFolder, 'camera.mjpeg');
	writeFileSync(file, Buffer.concat(Array.from({ length: 30 }, () => frame)));
	return file;
}

async function takeAll(at: TestHub, post: TestMailServer, screen: Browser): Promise<void> {
	const startsAt = new Date(Date.now() + 8 * 60_000).toISOString();
	await editor(at).update('webinars', WEBINAR, { starts_at: startsAt, sessions: [] });
	const people = PEOPLE.map(([id]) => aStranger(at, id));
	await until('the moved start', async () => (await (await people[0]!.get(`/webinars/${WEBINAR}`)).text()).includes(startsAt.slice(0, 16)), 60_000);
	for (const [index, person] of people.entries()) await attend(person, PEOPLE[index]!, post);
	const staff = await staffOf(at, 'Host');
	const [{ id } = { id: '' }] = stored<{ id: string }>(at, 'select distinct occurrence_id id from registration');
	const console = `/console/webinars/${id}`;
	const desk = await openPage(screen, staff, 1_200);
	const marketing = await openPage(screen, await staffOf(at, 'Marketer'), 1_200);
	await marketing.goto(`${at.url}${console}/promotion`);
	await take(marketing, 'promotion');
	for (const name of ['run-sheet', 'green-room'] as const) {
		await desk.goto(`${at.url}${console}/${name}`);
		await take(desk, name);
	}
	await desk.goto(`${at.url}${console}`);
	await take(desk, 'session');

	await desk.setViewportSize({ width: 1_440, height: 1_000 });
	await desk.goto(`${at.url}${console}/studio`);
	await desk.locator('[data-join]').click();
	await desk.locator('live-stage .tile').waitFor();
	await desk.locator('[data-go]').click();
	const stay = stayAll(people);
	const viewer = await openPage(screen, people[0]!, 1_440, 1_000);
	await viewer.goto(`${at.url}/webinars/${WEBINAR}/room`);
	await viewer.locator('live-stage .tile').waitFor();
	await talk(at, staff, id, people);
	await desk.locator('[data-question]').first().waitFor();
	await take(desk, 'studio');
	await take(viewer, 'room');
	await stay;
	await desk.locator('[data-finish]').click();
	await desk.locator('[data-finish-dialog] button[value="end"]').click();
	await viewer.locator('[data-ended]').waitFor();
	await desk.setViewportSize({ width: 1_200, height: 750 });
	await until(
		'the settled report',
		async () => {
			await desk.goto(`${at.url}${console}/report`);
			return !((await desk.getByRole('main').textContent()) ?? '').includes('not settled');
		},
		180_000,
	);
	await take(desk, 'report');
}

/** Registers under a name of their own and comes in by the mailed link. */
async function attend(person: Stranger, [, name, company, jobTitle]: (typeof PEOPLE)[number], post: TestMailServer): Promise<void> {
	await person.post(`/webinars/${WEBINAR}`, { name, email: person.email, company, jobTitle });
	const mail = await post.mailTo(person.email, ({ text }) => /\/j\//.test(text ?? ''));
	const [link = ''] = /\/j\/[\w.-]+/.exec(mail.text ?? '') ?? [];
	await person.post(link, { action: 'join' });
}

/** Four stay for two minutes, one leaves after the first. */
async function stayAll(people: readonly Stranger[]): Promise<void> {
	const tokens = new Map<Stranger, string | null>();
	for (let second = 0; second < STAY_SECONDS; second += BEAT_SECONDS) {
		for (const [at, person] of people.entries()) {
			if (at === people.length - 1 && second > STAY_SECONDS / 2) continue;
			const answer = await person.json(
				`/api/v1/webinars/${WEBINAR}/beats`,
				{ token: tokens.get(person) ?? null, isLeaving: false },
				{ origin: hub.url },
			);
			if (answer.status === 200) tokens.set(person, ((await answer.json()) as { token: string }).token);
		}
		await pause(BEAT_SECONDS * 1_000);
	}
}

/** A quarter of an hour of a room, in a moment. */
async function talk(at: TestHub, staff: Stranger, id: string, people: readonly Stranger[]): Promise<void> {
	const [anna, li, marc, ines, jonas] = people as [Stranger, Stranger, Stranger, Stranger, Stranger];
	const act = async (does: object): Promise<string> => {
		const answer = await staff.json(`/api/v1/occurrences/${id}/acts`, does, { origin: at.url });
		if (answer.status !== 200) throw new Error(`${JSON.stringify(does)} answered ${answer.status}`);
		return ((await answer.json()) as { id?: string }).id ?? '';
	};
	const does = async (who: Stranger, what: object): Promise<void> => {
		const answer = await who.json(`/api/v1/webinars/${WEBINAR}/interactions`, what, { origin: at.url });
		if (answer.status !== 201) throw new Error(`${JSON.stringify(what)} answered ${answer.status}: ${await answer.text()}`);
	};
	await does(anna, { kind: 'chat', text: 'Good morning from Winterthur.' });
	await does(li, { kind: 'chat', text: 'We have 400 kVA and eleven converters behind it.' });
	await does(marc, { kind: 'question', text: 'Does a line choke of 4 % help when the capacitors have no reactors?' });
	await does(ines, { kind: 'question', text: 'How long do you measure before you decide?' });
	await does(jonas, { kind: 'question', text: 'Is an active front end worth it under 55 kW?' });
	const board = await staff.get(`/api/v1/occurrences/${id}/board`, { headers: { accept: 'application/json' } });
	const { questions } = (await board.json()) as { questions: readonly { readonly id: string }[] };
	for (const [who, question] of [
		[anna, questions[0]],
		[li, questions[0]],
		[jonas, questions[0]],
		[anna, questions[1]],
	] as const)
		await does(who, { kind: 'upvote', question: question?.id });
	await act({ act: 'say', text: 'Good morning. Send questions at any time; I answer them from 40 minutes on.' });
	const poll = await act({
		...{ act: 'plan-poll', opens: true, form: 'single', question: 'What share of your load is fed by converters?' },
		options: ['Under 10 %', '10 to 30 %', '30 to 60 %', 'I do not know'],
	});
	// The first is the one whose screen is shown.
	for (const [at, who] of people.entries()) if (who !== anna) await does(who, { kind: 'vote', poll, option: [1, 2, 2, 1, 3][at] });
	const prizes = [{ name: 'One day of measurement in your plant', stock: 1 }];
	await act({ act: 'plan-draw', title: 'Among all who answered the poll', rule: { polls: 1 }, prizes });
	await act({ act: 'call', action: 'quote', text: 'A measurement of your own supply: ask for a quote', target: null });
	await does(jonas, { kind: 'hand', isUp: true });
}

async function openPage(screen: Browser, who: Stranger, width: number, height = 750): Promise<Page> {
	const context = await screen.newContext({ viewport: { width, height }, userAgent: PERSON, locale: 'en' });
	await context.addCookies([...who.cookies(), { name: 'foyer_consent', value: '1.' }].map(({ name, value }) => ({ name, value, url: hub.url })));
	return context.newPage();
}

/** What is on the screen, as a small PNG, once pictures are there and lists have stopped moving. */
async function take(page: Page, name: string): Promise<void> {
	await page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => undefined); // streams never are
	const png = await page.screenshot({ animations: 'disabled' });
	writeFileSync(
		resolve(FOLDER, `hosts-${name}.png`),
		await sharp(png).resize({ width: 1_200 }).png({ palette: true, colours: 128, effort: 10 }).toBuffer(),
	);
}
