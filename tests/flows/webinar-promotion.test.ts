import { afterEach, describe, expect, test } from 'vitest';

import { createHall, type Hall } from '#tests/support/webinars.ts';

let hall: Hall;
afterEach(() => hall.close());

const marketer = { actor: 'staff:s1', origin: '' };
/** Somebody known, with or without consent to mail. */
const known = async (email: string, agrees: boolean): Promise<string> => {
	const browser = hall.gate.browser();
	await hall.gate.gating.forms.submit(hall.gate.form(await browser.who(), { email }, { consents: agrees ? ['marketing.email'] : [] }));
	const token = await hall.gate.deliver();
	const outcome = await hall.gate.gating.access.confirm(token ?? '', await browser.use());
	if (outcome.status === 'confirmed') browser.take(outcome.setCookies);
	return (await browser.who()).personId ?? '';
};

describe('invitations to a segment', () => {
	test('go once to whoever agreed to mail and has not registered; each can be stopped, and each is counted', async () => {
		hall = await createHall();
		const [ada, ben, cleo] = [
			await known('ada@plant.example', true),
			await known('ben@mill.example', false),
			await known('cleo@works.example', true),
		];
		await hall.hall.register(await hall.input(hall.gate.browser(), { email: 'cleo@works.example' }));
		await hall.deliver();
		const id = await hall.occurrenceId();
		const before = hall.mails.length;
		const { promotion } = hall.hall;
		expect(await promotion.invite(id, 's1', [ada, ben, cleo, ada], marketer)).toEqual({ invited: 2, skipped: 1 });
		expect(await promotion.invite(id, 's1', [ada, ben], marketer)).toEqual({ invited: 0, skipped: 2 });
		await hall.deliver();
		const sent = hall.mails.slice(before);
		expect(sent.map(({ to, subject }) => [to, subject])).toEqual([['ada@plant.example', 'Invitation: Sizing a servo axis']]);
		expect(sent[0]?.headers).toMatchObject({ 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' });
		expect(sent[0]?.text).toContain('utm_medium=email');
		expect(await promotion.counts(id)).toEqual({ ordered: 2, sent: 1, dropped: 1 });
	});

	test('are not sent for what is over', async () => {
		hall = await createHall();
		hall.at('2026-03-03T11:00:00Z');
		await expect(hall.hall.promotion.invite(await hall.occurrenceId(), 's1', [], marketer)).rejects.toMatchObject({ code: 'conflict' });
	});
});

test('registered by and attended by are counted apart', async () => {
	hall = await createHall();
	const browser = await hall.attend('ada@plant.example', { channel: 'wechat' });
	await hall.hall.register(await hall.input(hall.gate.browser(), { email: 'ben@mill.example' }, { channel: 'poster' }));
	hall.at('2026-03-03T10:00:01Z');
	await hall.hall.beat({ slug: 'sizing', visitor: await browser.who(), token: null, isLeaving: false });
	expect(await hall.hall.promotion.entrances(await hall.occurrenceId())).toEqual([
		{ channel: 'poster', invited: 0, registered: 1, attended: 0 },
		{ channel: 'wechat', invited: 0, registered: 1, attended: 0 },
		{ channel: 'mail', invited: 0, registered: 0, attended: 1 },
	]);
});

test('a run sheet begins as the agenda, and is the host’s own once saved', async () => {
	hall = await createHall();
	const id = await hall.occurrenceId();
	expect(await hall.hall.runSheets.of(id, 'en')).toMatchObject({ isSaved: false, lines: [] });
	const lines = [
		{ minute: 10, what: 'Poll', who: 'Karin' },
		{ minute: -15, what: ' Doors ', who: 'Ben' },
		{ minute: 5, what: '', who: 'nobody' },
	];
	await hall.hall.runSheets.save(id, { target: 80, highlights: 'Greet Packline', lines, done: ['speakers'] }, marketer);
	expect(await hall.hall.runSheets.of(id, 'en')).toMatchObject({
		...{ isSaved: true, target: 80, highlights: 'Greet Packline', done: ['speakers'] },
		lines: [
			{ minute: -15, what: 'Doors', who: 'Ben' },
			{ minute: 10, what: 'Poll', who: 'Karin' },
		],
	});
});
