import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { STRANGER } from '#gating';
import type { Browser } from '#tests/support/gate.ts';
import { aWebinar, createHall, type Hall } from '#tests/support/webinars.ts';

import { event } from '../../gating/schema.ts';
import { replayPass } from '../../webinar/schema.ts';

let hall: Hall;
beforeEach(async () => {
	hall = await createHall();
});
afterEach(() => hall.close());

const LIVE = '2026-03-03T10:00:50Z';
const OVER = '2026-03-03T11:00:00Z';
const look = async (browser: Browser) => hall.hall.replay.look('sizing', await browser.who(), 'en');
/** Plays `seconds` of the recording from its begin, with a beat every 5 s. */
const play = async (browser: Browser, seconds: number): Promise<string> => {
	const visitor = await browser.who();
	let token: string | null = null;
	for (let at = 0; at <= seconds; at += 5) {
		const played = at === 0 ? null : { fromSeconds: at - 5, toSeconds: at };
		const outcome = await hall.hall.replay.watch({ slug: 'sizing', visitor, token, played });
		if (outcome.status !== 'counted') throw new Error(outcome.status);
		({ token } = outcome);
		if (at < seconds) hall.gate.pass(5_000);
	}
	return token ?? '';
};

describe('a replay', () => {
	test('is for registrants, once it is over, with what was said at its second', async () => {
		const ada = await hall.attend('ada@plant.example');
		hall.at(LIVE);
		expect(await look(ada)).toMatchObject({ status: 'registration-required' });
		await hall.hall.interact({ kind: 'chat', text: 'Does it hold?', slug: 'sizing', visitor: await ada.who() });
		await hall.hall.tick();
		hall.at(OVER);
		const outcome = await look(ada);
		if (outcome.status !== 'open') throw new Error(outcome.status);
		const { lines, polls, hasVideo, until, hasStarted } = outcome.replay;
		const said = lines.map(({ second, message }) => [second, message.kind, message.kind === 'chat' ? message.text.en : '']);
		expect(said).toEqual([
			[5, 'chat', 'Good day.'],
			[45, 'poll', ''],
			[50, 'chat', 'Does it hold?'],
		]);
		expect(polls.map(({ poll, second }) => [poll, second])).toEqual([['m2', 45]]);
		expect({ hasVideo, until, hasStarted }).toEqual({ hasVideo: true, until: null, hasStarted: false });
		expect(await hall.hall.replay.look('sizing', STRANGER, 'en')).toMatchObject({ status: 'registration-required' });
		expect(await hall.hall.replay.recording('sizing', await ada.who())).toEqual({ kind: 'asset', id: 'video-1', mediaType: 'video/webm' });
		expect(await hall.hall.replay.recording('sizing', STRANGER)).toBe('refused');
	});

	test('is open for as many days more as somebody earned', async () => {
		const rule = { minMinutes: 0, minLiveMinutes: 0, minSharePercent: 0, polls: 1, quizPoints: 0, survey: false, checkedIn: false };
		const own = await createHall([aWebinar({ rewards: [{ gives: 'replay', days: 14, rule }] })]);
		const ends: unknown[] = [];
		for (const votes of [true, false]) {
			const browser = await own.attend(`${votes ? 'ada' : 'bob'}@plant.example`);
			const visitor = await browser.who();
			own.at(LIVE);
			await own.hall.tick();
			if (votes)
				expect(await own.hall.interact({ kind: 'vote', poll: 'm2', options: [1], slug: 'sizing', visitor })).toMatchObject({ status: 'accepted' });
			own.at('2026-03-20T09:00:00Z');
			await own.hall.replay.watch({ slug: 'sizing', visitor, token: null, played: null });
			const seen = await own.hall.replay.look('sizing', visitor, 'en');
			ends.push(seen.status === 'open' && seen.replay.until);
			own.at('2026-03-03T09:50:00Z');
		}
		expect(ends).toEqual([new Date('2026-04-06T09:00:00Z'), new Date('2026-03-23T09:00:00Z')]);
		await own.close();
	});

	test('its 72 hours run from the first play, and the host may give more', async () => {
		const ada = await hall.attend('ada@plant.example');
		hall.at('2026-03-20T09:00:00Z');
		expect((await look(ada)).status).toBe('open');
		await play(ada, 10);
		expect(await look(ada)).toMatchObject({ replay: { until: new Date('2026-03-23T09:00:00Z') } });
		hall.at('2026-03-23T09:00:00Z');
		expect(await look(ada)).toMatchObject({ status: 'expired', hasAsked: false });
		expect(await hall.hall.replay.recording('sizing', await ada.who())).toBe('refused');
		expect(await hall.hall.replay.watch({ slug: 'sizing', visitor: await ada.who(), token: null, played: null })).toEqual({ status: 'refused' });
		expect(await hall.hall.replay.askForTime('sizing', await ada.who())).toBe('asked');
		expect(await look(ada)).toMatchObject({ status: 'expired', hasAsked: true });
		const host = await hall.host();
		const [asking] = (await hall.hall.replay.report(host)).people;
		expect(asking?.askedAt).toEqual(new Date('2026-03-23T09:00:00Z'));
		await hall.hall.replay.extend(host, asking!.personId);
		expect(await look(ada)).toMatchObject({ status: 'open', replay: { until: new Date('2026-03-26T09:00:00Z') } });
		expect(await hall.deliver()).toBe(1);
	});

	test('minutes are what was seen, once each, and come as behaviour; whoever comes back has them restated', async () => {
		const ada = await hall.attend('ada@plant.example');
		hall.at(OVER);
		await play(ada, 90);
		hall.gate.pass(11 * 60_000);
		expect(await hall.hall.settleDue()).toBe(2);
		await play(ada, 130);
		hall.gate.pass(11 * 60_000);
		expect(await hall.hall.settleDue()).toBe(1);
		expect(await hall.hall.settleDue()).toBe(0);
		const rows = await hall.gate.db.read.select().from(replayPass);
		expect(rows.map(({ watchedSeconds, uniqueSeconds }) => [watchedSeconds, uniqueSeconds])).toEqual([[220, 130]]);
		const events = await hall.gate.db.read.select({ props: event.props }).from(event).where(eq(event.type, 'webinar.replay'));
		expect(events).toEqual([{ props: { occurrenceId: await hall.occurrenceId(), minutes: 2 } }]);
		expect(await hall.gate.db.read.select().from(event).where(eq(event.type, 'webinar.attended'))).toEqual([]);
	});

	test('answers to its polls stand apart from those given live, the first of each person', async () => {
		const ada = await hall.attend('ada@plant.example');
		hall.at(LIVE);
		await hall.hall.tick();
		hall.at(OVER);
		const visitor = await ada.who();
		expect(await hall.hall.replay.answer('sizing', visitor, 'm2', 1)).toBe('taken');
		expect(await hall.hall.replay.answer('sizing', visitor, 'm2', 0)).toBe('taken');
		expect(await hall.hall.replay.answer('sizing', visitor, 'm2', 7)).toBe('unknown');
		expect(await hall.hall.replay.answer('sizing', STRANGER, 'm2', 1)).toBe('refused');
		expect(await look(ada)).toMatchObject({ replay: { mine: { live: {}, replay: { m2: 1 } } } });
		expect((await hall.hall.replay.report(await hall.host())).answers).toEqual({ m2: { 1: 1 } });
	});

	test('forged tokens and those of others prove nothing', async () => {
		const [ada, ben] = [await hall.attend('ada@plant.example'), await hall.attend('ben@plant.example')];
		hall.at(OVER);
		const token = await play(ada, 5);
		const beat = async (browser: Browser, said: string) =>
			(await hall.hall.replay.watch({ slug: 'sizing', visitor: await browser.who(), token: said, played: null })).status;
		expect(await beat(ben, token)).toBe('refused');
		expect(await beat(ada, `${token}x`)).toBe('refused');
		expect(await beat(ada, token)).toBe('counted');
	});
});

describe('links to a replay', () => {
	test('go to registrants once a day; looking changes nothing, the button opens', async () => {
		await hall.attend('ada@plant.example');
		hall.at(OVER);
		const host = await hall.host();
		await hall.hall.settleDue();
		expect(await hall.hall.replay.sendTo(host, 'stayed')).toBe(0);
		expect(await hall.hall.replay.sendTo(host, 'no-show')).toBe(1);
		expect(await hall.hall.replay.sendTo(host, 'registered')).toBe(0);
		expect(await hall.deliver()).toBe(1);
		const token = /\/webinars\/sizing\/replay\/(\S+)/.exec(hall.mails.at(-1)?.text ?? '')?.[1] ?? '';
		const other = hall.gate.browser();
		expect(await hall.hall.replay.peekLink(token, await other.who())).toEqual({ status: 'ready', slug: 'sizing', asksAddress: true });
		expect((await look(other)).status).toBe('registration-required');
		const use = { ...(await other.use()), email: 'ada@plant.example' };
		const opened = await hall.hall.replay.openLink(token, use);
		if (opened.status !== 'opened') throw new Error(opened.status);
		other.take(opened.setCookies);
		expect((await look(other)).status).toBe('open');
		hall.at('2026-04-03T11:00:00Z');
		expect(await hall.hall.replay.peekLink(token, STRANGER)).toEqual({ status: 'expired' });
		expect(await hall.hall.replay.peekLink(`${token}x`, STRANGER)).toEqual({ status: 'unknown' });
	});

	test('who had no seat is only written to if they agreed to be', async () => {
		await hall.attend('ada@plant.example');
		hall.at(OVER);
		const [{ personId } = { personId: '' }] = await hall.hall.report.registrants(await hall.occurrenceId(), 10);
		await hall.publish([aWebinar(), aWebinar({ id: 'w2', slug: 'other', startsAt: new Date('2026-03-09T10:00:00Z') })]);
		const other = await hall.hall.report.occurrences('ahead', 10);
		const host = { ...(await hall.host()), occurrenceId: other[0]?.id ?? '' };
		expect(await hall.hall.replay.sendToPeople(host, [personId], 's1')).toBe(1);
		expect(await hall.deliver()).toBe(0);
	});
});

describe('typed captions', () => {
	test('are lines of the log beside the chat, and captions of the recording in their language', async () => {
		const ada = await hall.attend('ada@plant.example');
		hall.at('2026-03-03T09:59:00Z');
		const host = await hall.host();
		await expect(hall.hall.captions.type(host, 'Too early', 'en')).rejects.toMatchObject({ code: 'conflict' });
		hall.at(LIVE);
		await expect(hall.hall.captions.type(host, ' ', 'en')).rejects.toMatchObject({ code: 'invalid' });
		await hall.hall.captions.type(host, 'Torque first.', 'en');
		expect((await hall.hall.stream.since(host.occurrenceId, 0)).at(-1)).toMatchObject({ kind: 'caption', text: 'Torque first.', locale: 'en' });
		hall.at(OVER);
		const visitor = await ada.who();
		expect(await hall.hall.replay.captions('sizing', visitor, 'en')).toContain('00:00:48.000 --> 00:00:50.000\nTorque first.');
		expect(await hall.hall.replay.captions('sizing', visitor, 'zh-CN')).toBe('unknown');
		expect(await hall.hall.replay.captions('sizing', STRANGER, 'en')).toBe('refused');
	});
});
