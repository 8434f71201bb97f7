import { cpSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { newPostgresDatabase } from '#tests/support/database.ts';
import { editor } from '#tests/support/editor.ts';
import { runHub, startTestHub, type TestHub } from '#tests/support/hub.ts';
import { describeWith } from '#tests/support/needs.ts';
import { startMailServer, type TestMailServer } from '#tests/support/smtp.ts';
import { aStranger } from '#tests/support/stranger.ts';
import { until } from '#tests/support/until.ts';

const TOKEN = 'a-token-of-the-postgres-test-of-the-hub';
const PAPER = 'bearing-damage-from-vibration';
const WEBINAR = 'sizing-a-servo-axis';

describeWith('postgres', 'the whole hub on PostgreSQL', (server) => {
	let databaseUrl: string;
	let hub: TestHub;
	let other: TestHub | undefined;
	let mails: TestMailServer;
	beforeAll(async () => {
		mails = await startMailServer();
		databaseUrl = await newPostgresDatabase(server);
		hub = await startTestHub({ DATABASE_URL: databaseUrl, SMTP_URL: mails.url, FOYER_API_TOKEN: TOKEN });
	});
	afterAll(async () => {
		await other?.close();
		await hub.close();
		await mails.stop();
	});

	test('takes a form, mails the link, opens the paper by the button and scores the lead', async () => {
		const address = `${hub.url}/white-papers/${PAPER}`;
		const answers = { name: 'Anna Keller', email: 'anna@kestrel-packaging.com', company: 'Kestrel Packaging', jobTitle: 'Head of Maintenance' };
		const sent = await post(address, answers);
		expect(sent.status).toBe(303);
		expect(sent.headers.get('location')).toContain('sent=1');

		const mail = await mails.mailTo(answers.email);
		const [link = ''] = /http:\S+\/c\/[\w.-]+/.exec(mail.text ?? '') ?? [];
		const confirmed = await post(link, { email: answers.email });
		expect(confirmed.status).toBe(303);
		const cookie = confirmed.headers
			.getSetCookie()
			.map((one) => one.split(';')[0])
			.join('; ');
		expect(await (await fetch(address, { headers: { cookie } })).text()).toContain('id="page-6"');

		const asked = await fetch(`${hub.url}/api/v1/leads`, { headers: { authorization: `Bearer ${TOKEN}` } });
		const { items } = (await asked.json()) as { items: { name: string; isVerified: boolean }[] };
		expect(items).toEqual([expect.objectContaining({ name: 'Anna Keller', isVerified: true })]);
	});

	test('a second hub process on the same database: what is said at one reaches viewers of the other, once and in order', async () => {
		other = await runHub(sameKeys(hub), {
			DATABASE_URL: databaseUrl,
			DIRECTUS_URL: hub.directusUrl,
			DIRECTUS_TOKEN: hub.adminToken,
			// Either may send the mail.
			SMTP_URL: mails.url,
			CMS_HOOK_SECRET: 'a-secret-that-nobody-uses-here',
		});
		const startsAt = new Date(Date.now() + 5 * 60_000).toISOString();
		await editor(hub).update('webinars', WEBINAR, { starts_at: startsAt });
		const ada = aStranger(hub, 'ada');
		for (const at of [hub, other]) {
			const page = async () => (await fetch(`${at.url}/webinars/${WEBINAR}`)).text();
			await until('the moved start', async () => (await page()).includes(startsAt.slice(0, 16)), 90_000);
		}
		await ada.join(WEBINAR, mails);
		const cookie = ada
			.cookies()
			.map(({ name, value }) => `${name}=${value}`)
			.join('; ');
		const stream = await fetch(`${other.url}/api/v1/webinars/${WEBINAR}/stream`, { headers: { cookie } });
		expect(stream.status).toBe(200);
		let heard = '';
		const reading = (async () => {
			for await (const chunk of stream.body!.pipeThrough(new TextDecoderStream())) {
				heard += chunk;
				if (heard.includes('"line 4"')) break;
			}
		})();
		const say = (at: TestHub, text: string): Promise<Response> =>
			fetch(`${at.url}/api/v1/webinars/${WEBINAR}/interactions`, {
				method: 'POST',
				headers: { cookie, origin: at.url, 'content-type': 'application/json' },
				body: JSON.stringify({ kind: 'chat', text }),
			});
		for (const [n, at] of [hub, other, hub, other, hub].entries()) expect((await say(at, `line ${n}`)).status).toBe(201);
		await reading;
		expect([...heard.matchAll(/"en":"(line \d)"/g)].map(([, line]) => line)).toEqual(['line 0', 'line 1', 'line 2', 'line 3', 'line 4']);
		const seqs = [...heard.matchAll(/^id: (\d+)$/gm)].map(([, seq]) => Number(seq));
		expect(seqs).toEqual([...new Set(seqs)].toSorted((a, b) => a - b));
	}, 180_000);

	function post(url: string, values: Readonly<Record<string, string>>): Promise<Response> {
		return fetch(url, { method: 'POST', redirect: 'manual', headers: { origin: hub.url }, body: new URLSearchParams(values) });
	}
});

/** A data folder with the keys of a running hub, and nothing else of it. */
function sameKeys({ dataFolder }: TestHub): string {
	const folder = mkdtempSync(join(tmpdir(), 'foyer-hub-'));
	mkdirSync(join(folder, 'directus'));
	for (const file of ['foyer.keys', join('directus', 'secrets.json')]) cpSync(join(dataFolder, file), join(folder, file));
	return folder;
}
