import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';

import type { Form } from '#cms/content.ts';
import { paperForm } from '#tests/support/gate.ts';
import { wordsIn } from '#tests/support/files-with.ts';
import { aWebinar, createHall, type Hall } from '#tests/support/webinars.ts';

import { event, formSubmission, person } from '../../gating/schema.ts';
import * as tables from '../../webinar/schema.ts';

const MARK = 'zqxplant';
const EMAIL = `${MARK}mail@kestrel.example`;
const both = (text: string) => ({ en: text, 'zh-CN': text });
const none = { en: '', 'zh-CN': '' };
const RULE = { minMinutes: 1, minLiveMinutes: 0, minSharePercent: 0, polls: 0, quizPoints: 0, survey: true, checkedIn: false };
const field = { isRequired: false, label: both('x'), help: none, autocomplete: 'off', rule: null };
const survey: Form = {
	...paperForm,
	...{ id: 'form-survey', key: 'survey', consents: ['necessary'] },
	fields: [
		{ ...field, name: 'score', kind: 'select', isRequired: true, options: [{ value: '9', label: both('9') }] },
		{ ...field, name: 'topic', kind: 'free-text', options: [] },
	],
};
const WEBINAR = aWebinar({ survey: 'survey', rewards: [{ gives: 'certificate', days: null, rule: RULE }] });
const marketer = { actor: 'staff:m', origin: '', seesPeople: true };

let hall: Hall;
beforeEach(async () => {
	hall = await createHall([WEBINAR], [paperForm, { ...paperForm, id: 'form-webinar', key: 'webinar' }, survey]);
	hall.gate.personalData.push(hall.hall.personalData);
});
afterEach(() => hall.close());

/** Everything a webinar keeps of somebody, planted; returns who, and both sessions. */
async function plant() {
	const { gate } = hall;
	const webinars = hall.hall;
	const ada = gate.browser();
	await webinars.register(await hall.input(ada, { email: EMAIL, name: `${MARK}name`, company: `${MARK}firm` }));
	await hall.deliver();
	const joined = await webinars.join.accept(hall.lastToken(), await ada.use());
	if (joined.status === 'joined') ada.take(joined.setCookies);
	const personId = (await ada.who()).personId ?? '';
	const occurrenceId = await hall.occurrenceId();
	hall.at('2026-03-03T10:00:00Z');
	let token: string | null = null;
	for (let beat = 0; beat < 20; beat++) {
		const told = await webinars.beat({ slug: 'sizing', visitor: await ada.who(), token, isLeaving: false });
		token = told.status === 'counted' ? told.token : token;
		gate.pass(5_000);
	}
	hall.at('2026-03-03T10:04:00Z');
	await webinars.settleDue();
	await webinars.aftermath.planDue();
	const answers = { score: '9', topic: `${MARK}topic` };
	expect(await webinars.aftermath.answerSurvey({ ...(await hall.input(ada)), answers })).toEqual({ status: 'taken' });
	const issued = await webinars.aftermath.certificate('sizing', await ada.who());
	if (issued.status !== 'issued') throw new Error(issued.status);
	expect((await webinars.aftermath.ask('sizing', await ada.who(), `${MARK}question`)).status).toBe('asked');
	expect(await webinars.library.follow(await ada.who(), 'speaker:karin', true, 'en')).toBe('followed');
	const at = gate.clock.at;
	await gate.db.write(async (tx) => {
		const entry = { id: 'c1', occurrenceId, personId, registrationId: 'r1', at, receivedAt: at, how: 'scan', actor: 'staff:h' } as const;
		await tx.insert(tables.checkIn).values(entry);
		await tx.insert(tables.invitation).values({ occurrenceId, personId, segmentId: 's', orderedAt: at, sentAt: at, dropped: '' });
		await tx.insert(tables.replayPass).values({ id: 'rp1', occurrenceId, personId, createdAt: at, watchedSeconds: 61, uniqueSeconds: 61 });
	});
	const past = await webinars.history.addSession({ webinarId: 'w1', startsAt: new Date('2026-02-10T13:00:00Z'), durationMinutes: 60 }, marketer);
	const list = `Email,First Name,Last Name,Join Time,Leave Time,Remark\n${EMAIL},${MARK}given,${MARK}family,2026-02-10 14:00,2026-02-10 14:30,${MARK}remark\n`;
	const { imports } = gate.gating;
	const id = await imports.upload(Buffer.from(list), 'Zoom', 'en', marketer, await webinars.history.sessionOf(past));
	const view = await imports.get(id);
	if (!view) throw new Error('no import');
	await imports.check(id, { ...view, locale: 'en' }, marketer);
	await imports.work(id);
	await imports.run(id, marketer);
	await imports.work(id);
	return { personId, occurrenceId, past, code: issued.certificate.code };
}

/** What reports say, which outlives the people. */
const statistics = async (occurrenceId: string) => {
	const report = await hall.hall.hostReports.of(occurrenceId);
	const { figures, averageMinutes, survey: asked, questions, curve } = report!;
	return { figures, averageMinutes, net: asked.net, questions, curve };
};

test('golden: what webinars keep of a person can be taken away, is gone with them, and is still counted', async () => {
	const { db, gating } = hall.gate;
	const { personId, occurrenceId, past, code } = await plant();
	const data = JSON.stringify(await gating.privacy.export(personId, 'staff:a'));
	const kept = [
		`${MARK}question`,
		`${MARK}topic`,
		`${MARK}remark`,
		'"how":"scan"',
		'"source":"import"',
		'"sentAt":"2026',
		'"score":9',
		'speaker:karin',
	];
	expect(kept.filter((word) => !data.includes(word))).toEqual([]);
	expect(data).toMatch(/"replay\w*":\[\{/);
	const before = [await statistics(occurrenceId), await statistics(past)];
	const events = await db.read.$count(event);
	expect(before[1]?.figures).toMatchObject({ registered: { count: 1 }, attended: { count: 1 }, imported: { count: 1 } });

	await gating.privacy.erase(personId, 'staff:a');

	expect([await statistics(occurrenceId), await statistics(past)]).toEqual(before);
	expect(await db.read.$count(event)).toBe(events);
	expect((await db.read.select({ dataKey: person.dataKey }).from(person).where(eq(person.id, personId)))[0]?.dataKey).toBeNull();
	expect(await hall.hall.aftermath.check(code)).toBeNull();
	expect(await db.read.$count(tables.follow)).toBe(0);
	expect((await hall.hall.aftermath.questions.list(occurrenceId, true))[0]).toMatchObject({ question: null });
	expect((await gating.imports.list())[0]?.sample).toBeNull();
	const sealed = await db.read.select({ answers: formSubmission.answers }).from(formSubmission).where(eq(formSubmission.personId, personId));
	expect(JSON.stringify(sealed)).not.toContain(MARK);
	const { folder } = hall.gate.database;
	if (folder === null) return;
	for (const name of readdirSync(folder).filter((one) => one.includes('.db')))
		expect(wordsIn(readFileSync(join(folder, name)), [MARK]).map((word) => `${name}: ${word}`)).toEqual([]);
});
