/* eslint max-lines: ["error", 300] -- one session and its aftermath, set up once */
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { Form, Reward } from '#cms/content.ts';
import { STRANGER } from '#gating';
import { type Browser, paperForm } from '#tests/support/gate.ts';
import { aWebinar, createHall, type Hall } from '#tests/support/webinars.ts';

import { event, formSubmission } from '../../gating/schema.ts';
import { attendance, draw, drawEntry, followUp, occurrence } from '../../webinar/schema.ts';

const both = (text: string) => ({ en: text, 'zh-CN': text });
const none = { en: '', 'zh-CN': '' };
const NOTHING = { minMinutes: 0, minLiveMinutes: 0, minSharePercent: 0, polls: 0, quizPoints: 0, survey: false, checkedIn: false };
const reward = (gives: Reward['gives'], rule: Partial<Reward['rule']>, days: number | null = null): Reward => ({
	gives,
	days,
	rule: { ...NOTHING, ...rule },
});
const handout = { ...aWebinar().video!, id: 'handout-1', filename: 'h.pdf', mediaType: 'application/pdf' };
const field = { isRequired: false, label: both('x'), help: none, autocomplete: 'off', rule: null };
const survey: Form = {
	...paperForm,
	id: 'form-survey',
	key: 'survey',
	consents: ['necessary'],
	fields: [
		{ ...field, name: 'score', kind: 'select', isRequired: true, options: ['0', '9', '10'].map((value) => ({ value, label: both(value) })) },
		{ ...field, name: 'topic', kind: 'free-text', options: [] },
	],
};
const WEBINAR = aWebinar({
	survey: 'survey',
	handout: { en: handout, 'zh-CN': null },
	rewards: [reward('handout', { survey: true }), reward('certificate', { minMinutes: 2, survey: true }), reward('replay', { minLiveMinutes: 1 }, 14)],
});

let hall: Hall;
beforeEach(async () => {
	hall = await createHall([WEBINAR], [paperForm, { ...paperForm, id: 'form-webinar', key: 'webinar' }, survey]);
});
afterEach(() => hall.close());

const OVER = '2026-03-03T10:04:00Z';
const watch = async (browser: Browser, seconds: number, from = '2026-03-03T10:00:00Z'): Promise<void> => {
	hall.at(from);
	let token: string | null = null;
	for (let passed = 0; passed <= seconds; passed += 5) {
		const beat = await hall.hall.beat({ slug: 'sizing', visitor: await browser.who(), token, isLeaving: false });
		if (beat.status !== 'counted') throw new Error(beat.status);
		token = beat.token;
		if (passed < seconds) hall.gate.pass(5_000);
	}
};
const answer = async (browser: Browser, answers: Record<string, string> = { score: '9', topic: 'Brakes' }) => {
	const { aftermath } = hall.hall;
	return aftermath.answerSurvey({ ...(await hall.input(browser)), answers });
};
const due = async (): Promise<void> => {
	await hall.hall.settleDue();
	await hall.hall.aftermath.planDue();
};
const settle = async (): Promise<void> => {
	hall.at(OVER);
	await due();
};
const plans = () => hall.gate.db.read.select({ class: followUp.class, sentAt: followUp.sentAt }).from(followUp);

describe('what is given', () => {
	test('golden: the survey opens the handout, minutes and survey the certificate; until then both say what is missing', async () => {
		const { aftermath } = hall.hall;
		const ada = await hall.attend('ada@plant.example');
		await watch(ada, 130);
		await settle();
		const before = await aftermath.view('sizing', await ada.who());
		expect(before?.rewards.map(({ gives, isEligible }) => [gives, isEligible])).toEqual([
			['handout', false],
			['certificate', false],
			['replay', true],
		]);
		expect(before?.rewards[1]?.steps.map(({ kind, isMet }) => [kind, isMet])).toEqual([
			['minutes', true],
			['survey', false],
		]);
		expect(await aftermath.handout('sizing', await ada.who(), 'en')).toEqual({ status: 'locked' });
		expect(await aftermath.certificate('sizing', await ada.who())).toEqual({ status: 'not-eligible' });

		expect(await answer(ada)).toEqual({ status: 'taken' });
		expect((await aftermath.view('sizing', await ada.who()))?.rewards.every(({ isEligible }) => isEligible)).toBe(true);
		const download = await aftermath.handout('sizing', await ada.who(), 'en');
		expect(download.status).toBe('granted');
		const token = download.status === 'granted' ? /\/d\/(.+)$/.exec(download.url)?.[1] : '';
		expect(await hall.gate.gating.access.openDownload(token ?? '', await ada.who())).toMatchObject({ status: 'open', filename: 'sizing.pdf' });
	});

	test('nobody gets the handout around the rule: not through the door of papers, not with another’s link', async () => {
		const { access } = hall.gate.gating;
		const ada = await hall.attend('ada@plant.example');
		const bob = await hall.attend('bob@plant.example');
		await watch(ada, 130);
		await settle();
		const subject = 'webinars:w1#handout';
		expect(await access.requestDownload(await ada.who(), { subject, documentId: '' }, 'en')).toEqual({ status: 'form-required' });
		expect(await access.requestDownload(STRANGER, { subject, documentId: '' }, 'en')).toEqual({ status: 'form-required' });
		await answer(ada);
		const download = await hall.hall.aftermath.handout('sizing', await ada.who(), 'en');
		const token = download.status === 'granted' ? (/\/d\/(.+)$/.exec(download.url)?.[1] ?? '') : '';
		expect((await access.openDownload(token, await bob.who())).status).toBe('proof-required');
		expect(await hall.hall.aftermath.handout('sizing', STRANGER, 'en')).toEqual({ status: 'locked' });
	});

	test('a certificate says name, webinar and minutes to whoever holds its code; once erased, to nobody', async () => {
		const { aftermath } = hall.hall;
		const ada = await hall.attend('ada@plant.example');
		await watch(ada, 130);
		await settle();
		await answer(ada);
		const first = await aftermath.certificate('sizing', await ada.who());
		if (first.status !== 'issued') throw new Error(first.status);
		expect(await aftermath.certificate('sizing', await ada.who())).toEqual(first);
		expect(first.certificate.minutes).toBe(2);
		expect(await aftermath.check(` ${first.certificate.code.toLowerCase()} `)).toEqual(first.certificate);
		expect(await aftermath.check(first.certificate.code.replace(/.$/, (last) => (last === '2' ? '3' : '2')))).toBeNull();
		const certificates = await hall.gate.db.read.select().from(event).where(eq(event.type, 'webinar.certificate'));
		expect(certificates).toHaveLength(1);
		const { personId } = await ada.who();
		await hall.gate.db.write((tx) => hall.hall.personalData.erase(tx, personId ?? ''));
		expect(await aftermath.check(first.certificate.code)).toBeNull();
	});

	test('a survey counts once, as a submission and as behaviour with its score; a wrong score is refused', async () => {
		const ada = await hall.attend('ada@plant.example');
		await watch(ada, 10);
		await settle();
		expect((await answer(ada, { score: '11' })).status).toBe('invalid');
		expect(await answer(ada)).toEqual({ status: 'taken' });
		expect(await answer(ada, { score: '0' })).toEqual({ status: 'already-answered' });
		const events = await hall.gate.db.read.select({ props: event.props }).from(event).where(eq(event.type, 'webinar.survey'));
		expect(events).toEqual([{ props: { occurrenceId: await hall.occurrenceId(), score: 9 } }]);
		expect(await hall.gate.db.read.select().from(formSubmission).where(eq(formSubmission.formKey, 'survey'))).toHaveLength(1);
	});

	test('strangers and those without a seat see nothing of it', async () => {
		const { aftermath } = hall.hall;
		const browser = hall.gate.browser();
		hall.at(OVER);
		expect(await aftermath.view('sizing', STRANGER)).toBeNull();
		expect(await answer(browser)).toEqual({ status: 'closed' });
		expect(await aftermath.ask('sizing', STRANGER, 'Why?')).toEqual({ status: 'closed' });
	});
});

describe('the mail after a session', () => {
	test('goes once to each registrant, as they were there', async () => {
		const ada = await hall.attend('ada@plant.example');
		await hall.attend('bob@plant.example');
		const eve = await hall.attend('eve@plant.example');
		await watch(ada, 175);
		await watch(eve, 65, '2026-03-03T10:00:00Z');
		await settle();
		await due();
		expect((await plans()).map((plan) => plan.class).sort()).toEqual(['left-early', 'no-show', 'stayed']);
		expect(await hall.deliver()).toBe(0);
		hall.at('2026-03-03T12:03:01Z');
		expect(await hall.deliver()).toBe(3);
		expect(await hall.deliver()).toBe(0);
		const subjects = new Map(hall.mails.slice(-3).map(({ to, subject }) => [to, subject]));
		expect(subjects.get('ada@plant.example')).toMatch(/^After “/);
		expect(subjects.get('eve@plant.example')).toMatch(/^The rest of “/);
		expect(subjects.get('bob@plant.example')).toMatch(/^You had a seat/);
		expect((await plans()).every(({ sentAt }) => sentAt !== null)).toBe(true);
	});

	test('golden: late signals turn a planned no-show into an attendee, and the mail says so', async () => {
		const bob = await hall.attend('bob@plant.example');
		await settle();
		expect((await plans())[0]?.class).toBe('no-show');
		const { personId } = await bob.who();
		const id = await hall.occurrenceId();
		hall.at('2026-03-03T10:30:00Z');
		await hall.gate.db.write(async (tx) => {
			const row = {
				occurrenceId: id,
				personId: personId ?? '',
				seconds: 170,
				firstJoinedAt: new Date('2026-03-03T10:00:05Z'),
				lastLeftAt: new Date('2026-03-03T10:02:55Z'),
				stays: 1,
				devices: 1,
				settledAt: hall.gate.clock.at,
			};
			await tx
				.insert(attendance)
				.values(row)
				.onConflictDoUpdate({ target: [attendance.occurrenceId, attendance.personId], set: row });
			await tx.update(occurrence).set({ settledAt: hall.gate.clock.at }).where(eq(occurrence.id, id));
		});
		hall.at('2026-03-03T10:31:00Z');
		await due();
		expect((await plans())[0]?.class).toBe('stayed');
		hall.at('2026-03-03T12:05:00Z');
		expect(await hall.deliver()).toBe(1);
		expect(hall.mails.at(-1)?.subject).toMatch(/^After “/);
	});

	test('does not go to who objected to such mails, nor to who cancelled', async () => {
		const ada = await hall.attend('ada@plant.example');
		const { personId } = await ada.who();
		const { preferences } = hall.gate.gating;
		await preferences.change({ personId: personId ?? '', visitorId: null, offered: ['reminders'], chosen: [], how: 'preferences', locale: 'en' });
		await settle();
		hall.at('2026-03-03T12:05:00Z');
		expect(await hall.deliver()).toBe(0);
	});
});

test('a winner hears of it once, with the way to the claim; whoever has claimed does not', async () => {
	const ada = await hall.attend('ada@plant.example');
	const bob = await hall.attend('bob@plant.example');
	hall.at(OVER);
	const { at } = hall.gate.clock;
	const [winner, claimer] = [(await ada.who()).personId ?? '', (await bob.who()).personId ?? ''];
	const row = { id: 'd1', key: 'd1', occurrenceId: await hall.occurrenceId(), title: both('Draw'), rule: {}, seed: 's', commitment: 'c' };
	await hall.gate.db.write(async (tx) => {
		const prizes = [{ name: both('A torque wrench'), stock: 2 }];
		await tx.insert(draw).values({ ...row, prizes, state: 'drawn', createdAt: at, committedAt: at, drawnAt: at });
		const entry = { drawId: 'd1', prize: 0, sealed: null, consentHash: '' };
		await tx.insert(drawEntry).values([
			{ ...entry, entry: 'e1', personId: winner, claimedAt: null },
			{ ...entry, entry: 'e2', personId: claimer, claimedAt: at },
		]);
	});
	await hall.hall.aftermath.planDue();
	await hall.hall.aftermath.planDue();
	expect(await hall.deliver()).toBe(1);
	expect(hall.mails.at(-1)).toMatchObject({ to: 'ada@plant.example', subject: 'You have won: A torque wrench' });
	expect(hall.mails.at(-1)?.text).toContain('https://hub.example/webinars/sizing/draws/d1/claim');
});

describe('questions after the end', () => {
	test('are answered once, by mail, and stand on the page', async () => {
		const { aftermath } = hall.hall;
		const ada = await hall.attend('ada@plant.example');
		await settle();
		expect(await aftermath.ask('sizing', await ada.who(), '  ')).toEqual({ status: 'invalid', code: 'empty' });
		expect(await aftermath.ask('sizing', await ada.who(), 'x'.repeat(2_001))).toEqual({ status: 'invalid', code: 'too-long' });
		expect(await aftermath.ask('sizing', await ada.who(), 'Which brake for a vertical axis?')).toEqual({ status: 'asked' });
		const [question] = await aftermath.questions.list(await hall.occurrenceId(), true);
		expect(question).toMatchObject({ question: 'Which brake for a vertical axis?', answer: null });
		expect((await aftermath.questions.list(await hall.occurrenceId(), false))[0]).toMatchObject({ question: null });
		const by = { actor: 'staff:karin', origin: '' };
		await aftermath.questions.answer(question?.id ?? '', 'One with a holding torque of 1.5 times the load.', by);
		await expect(aftermath.questions.answer(question?.id ?? '', 'Again', by)).rejects.toMatchObject({ code: 'conflict' });
		expect(await hall.deliver()).toBe(1);
		expect(hall.mails.at(-1)?.text).toContain('One with a holding torque of 1.5 times the load.');
		expect((await aftermath.view('sizing', await ada.who()))?.questions[0]?.answer).toContain('holding torque');
		expect(JSON.stringify(await hall.gate.db.read.select().from(event).where(eq(event.type, 'webinar.asked')))).not.toContain('brake');
	});

	test('one person cannot flood the speakers', async () => {
		const ada = await hall.attend('ada@plant.example');
		await settle();
		for (let count = 0; count < 5; count++)
			expect((await hall.hall.aftermath.ask('sizing', await ada.who(), `Question ${count}`)).status).toBe('asked');
		expect((await hall.hall.aftermath.ask('sizing', await ada.who(), 'One more')).status).toBe('slow-down');
	});
});

test('what is kept of a person afterwards can be taken away, and is gone with them', async () => {
	const ada = await hall.attend('ada@plant.example');
	await watch(ada, 130);
	await settle();
	await answer(ada);
	await hall.hall.aftermath.certificate('sizing', await ada.who());
	await hall.hall.aftermath.ask('sizing', await ada.who(), 'Which brake?');
	const { personId } = await ada.who();
	const { personalData } = hall.hall;
	const data = JSON.stringify(await hall.gate.db.write((tx) => personalData.export(tx, personId ?? '')));
	for (const part of ['"score":9', 'Which brake?', '"minutes":2', '"class":"left-early"']) expect(data).toContain(part);
	await hall.gate.db.write((tx) => personalData.erase(tx, personId ?? ''));
	expect((await hall.hall.aftermath.questions.list(await hall.occurrenceId(), true))[0]).toMatchObject({ question: null });
});
