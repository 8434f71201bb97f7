import { expect, test } from 'vitest';

import { openStage } from '#tests/support/stage.ts';

import { counts, stored } from '#tests/support/stored.ts';
import { aStranger } from '#tests/support/stranger.ts';
import { until } from '#tests/support/until.ts';

const WEBINAR = 'sizing-a-servo-axis';
const AGENTS = ['Mozilla/5.0 (Windows NT 10.0) SafeLinks/1.0', 'BarracudaCentral', 'python-requests/2.32', 'Mozilla/5.0 MicroMessenger/8.0.50'];
const LINK = /https?:\/\/[^\s"<>)]+/g;
const stage = openStage({ takesMail: true });

/** Every link of every mail so far, those of the headers included; without those to calendars of others, which lead nowhere here. */
const linksOf = (): string[] => [
	...new Set(
		stage.mails.received.flatMap((mail) => {
			const unsubscribe = JSON.stringify(mail.headers.get('list') ?? '');
			return [mail.text ?? '', String(mail.html || ''), unsubscribe]
				.flatMap((text) => text.replaceAll('&amp;', '&').match(LINK) ?? [])
				.filter((link) => link.startsWith(stage.hub.url));
		}),
	),
];

const state = () => ({
	...counts(stage.hub),
	// A session that runs meanwhile says its own lines.
	interaction: stored(stage.hub, 'select id from interaction where person_id is not null'),
	verified: stored(stage.hub, 'select id, verified_at from person order by id'),
	scores: stored(stage.hub, 'select id, total, stage from lead order by id'),
	agreed: stored(stage.hub, 'select person_id, purpose, given from consent order by id'),
	grants: stored(stage.hub, 'select id, confirmed_at, revoked_at, downloads from access_grant order by id'),
	openings: stored(stage.hub, 'select * from file_opening'),
	visits: stored(stage.hub, 'select * from channel_visit'),
});

test('golden (b): every link of every mail, opened within seconds by other machines, confirms, scores and ends nothing', async () => {
	const known = aStranger(stage.hub, 'known');
	await known.unlock('bearing-damage-from-vibration', stage.mails);
	await known.post(`/webinars/${WEBINAR}`, { ...answersOf('known'), consents: 'marketing.email' });
	const waiting = aStranger(stage.hub, 'waiting');
	for (const path of ['/white-papers/safe-torque-off-in-practice', `/webinars/${WEBINAR}`, '/quote', '/offers/analysis-software-trial'])
		expect((await waiting.post(path, answersOf('waiting'))).status).toBeLessThan(400);
	await known.post('/pass', { email: known.email });
	const due = () => stored(stage.hub, "select id from outbox where state = 'waiting' and due_at <= ?", Date.now()).length;
	await until('all mails', () => stage.mails.received.length >= 5 && due() === 0, 60_000);
	const links = linksOf();
	for (const kind of ['/c/', '/u/']) expect(links.filter((link) => link.includes(kind))).not.toEqual([]);

	const before = state();
	for (const link of links)
		for (const agent of AGENTS)
			for (const method of ['HEAD', 'GET']) {
				const { status } = await fetch(link, { method, headers: { 'user-agent': agent }, redirect: 'manual' });
				expect([link, status < 500]).toEqual([link, true]);
			}
	const scanner = await stage.browser.newContext({ userAgent: AGENTS[0]! });
	for (const link of links) {
		const page = await scanner.newPage();
		await page.goto(link, { waitUntil: 'load' }).catch((error: unknown) => {
			// A calendar file is saved instead of shown.
			if (!String(error).includes('Download is starting')) throw error;
		});
		await page.close();
	}
	expect(state()).toEqual(before);
	expect((await scanner.cookies()).filter(({ name }) => name === 'foyer_pass' || name === 'foyer_visitor')).toEqual([]);
}, 180_000);

function answersOf(name: string): Record<string, string> {
	const email = `${name}@kestrel-packaging.com`;
	return {
		name: `Person ${name}`,
		email,
		company: 'Kestrel Packaging',
		jobTitle: 'Maintenance engineer',
		region: 'Bern',
		phone: '+41525550163',
		message: 'Forty drives',
	};
}
