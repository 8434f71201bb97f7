import { afterAll, beforeAll, expect, test } from 'vitest';

import { newPostgresDatabase } from '#tests/support/database.ts';
import { startTestHub, type TestHub } from '#tests/support/hub.ts';
import { describeWith } from '#tests/support/needs.ts';
import { startMailServer, type TestMailServer } from '#tests/support/smtp.ts';

const TOKEN = 'a-token-of-the-postgres-test-of-the-hub';
const PAPER = 'bearing-damage-from-vibration';

describeWith('postgres', 'the whole hub on PostgreSQL', (server) => {
	let hub: TestHub;
	let mails: TestMailServer;
	beforeAll(async () => {
		mails = await startMailServer();
		hub = await startTestHub({ DATABASE_URL: await newPostgresDatabase(server), SMTP_URL: mails.url, FOYER_API_TOKEN: TOKEN });
	});
	afterAll(async () => {
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

	function post(url: string, values: Readonly<Record<string, string>>): Promise<Response> {
		return fetch(url, { method: 'POST', redirect: 'manual', headers: { origin: hub.url }, body: new URLSearchParams(values) });
	}
});
