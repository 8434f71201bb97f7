import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { STRANGER, type SubmitInput } from '#gating';
import { HOUR_MS } from '#kernel/clock.ts';
import { wordsIn } from '#tests/support/files-with.ts';
import { aWebinar, createHall, type Hall } from '#tests/support/webinars.ts';

import { follow } from '../../webinar/schema.ts';

const MARK = 'zqxplant';

const both = (text: string) => ({ en: text, 'zh-CN': text });
const none = { en: '', 'zh-CN': '' };
const WEBINAR = aWebinar({ series: 'fundamentals' });

let hall: Hall;
beforeEach(async () => {
	hall = await createHall([WEBINAR]);
});
afterEach(() => hall.close());

describe('following', () => {
	const terms = [{ id: 't', kind: 'series' as const, slug: 'fundamentals', name: both('Fundamentals'), summary: none, cover: null }];
	const later = aWebinar({ id: 'w2', slug: 'braking', title: both('Braking'), series: 'fundamentals', startsAt: new Date('2026-04-01T10:00:00Z') });

	test('takes a proved address; whoever follows hears of the next session once, until they stop', async () => {
		const { hall: webinars, gate } = hall;
		const site = hall.deps.content();
		await hall.republish({ ...site, terms });
		const ada = await hall.attend('ada@plant.example');
		expect(await webinars.library.follow(STRANGER, 'series:fundamentals', true, 'en')).toBe('proof-required');
		expect(await webinars.library.follow(await ada.who(), 'series:none', true, 'en')).toBe('unknown');
		await webinars.library.tellDue();
		expect(await webinars.library.follow(await ada.who(), 'series:fundamentals', true, 'en')).toBe('followed');
		expect(await webinars.library.followed(await ada.who())).toEqual(['series:fundamentals']);
		expect(await webinars.library.tellDue()).toBe(0);
		await hall.republish({ ...site, terms, webinars: [WEBINAR, later] });
		expect(await webinars.library.tellDue()).toBe(1);
		expect(await webinars.library.tellDue()).toBe(0);
		expect(await hall.deliver()).toBe(1);
		expect(hall.mails.at(-1)).toMatchObject({ subject: 'Next: Braking' });
		expect(hall.mails.at(-1)?.headers?.['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
		const { personId } = await ada.who();
		const choices = await gate.gating.preferences.choices(personId ?? '', 'en');
		expect(choices.find(({ purpose }) => purpose === 'following')).toMatchObject({ isHeld: true, how: 'follow' });
		gate.pass(1_000);
		await gate.gating.preferences.change({
			...{ personId: personId ?? '', visitorId: null, offered: ['following'], chosen: [], how: 'one-click', locale: 'en' },
		});
		expect(await webinars.library.followed(await ada.who())).toEqual([]);
		await hall.republish({ ...site, terms, webinars: [WEBINAR, later, aWebinar({ ...later, id: 'w3', slug: 'third' })] });
		await webinars.library.tellDue();
		expect(await hall.deliver()).toBe(0);
	});

	test('by the address alone begins with the press of the mailed link, once; ended on the own page, the old link begins nothing', async () => {
		const { hall: webinars, gate } = hall;
		await hall.republish({ ...hall.deps.content(), terms });
		const browser = gate.browser();
		const order = async (more: Partial<SubmitInput> = {}): Promise<SubmitInput> => {
			const input = gate.form(await browser.who(), {}, { formKey: 'follow', subject: 'series:fundamentals', consents: ['following'], ...more });
			return { ...input, answers: { email: 'stranger@plant.example' } };
		};
		const { forms, access } = gate.gating;
		await expect(forms.submit(await order({ subject: 'series:none' }))).rejects.toMatchObject({ code: 'not-found' });
		expect(await forms.submit(await order({ consents: [] }))).toMatchObject({ status: 'invalid' });
		await forms.submit(await order({ trap: { honeypot: 'x', challenge: null } }));
		await gate.deliver();
		expect(gate.mails).toEqual([]);

		const asked = await forms.submit(await order());
		if (asked.status !== 'confirmation-sent') throw new Error(asked.status);
		browser.take(asked.setCookies);
		await forms.submit(await order());
		const link = (await gate.deliver()) ?? '';
		expect(gate.mails.map(({ subject, to }) => [subject, to])).toEqual([['Please confirm: follow Fundamentals', 'stranger@plant.example']]);
		const kept = () => webinars.library.followedBy(asked.personId, 'en');
		await access.peekConfirmation(link, await browser.who());
		expect(await kept()).toEqual([]);

		const confirmed = await access.confirm(link, await browser.use());
		if (confirmed.status === 'confirmed') browser.take(confirmed.setCookies);
		expect(await kept()).toMatchObject([{ subject: 'series:fundamentals', name: 'Fundamentals' }]);
		expect(await webinars.library.followed(await browser.who())).toEqual(['series:fundamentals']);
		const choices = await gate.gating.preferences.choices(asked.personId, 'en');
		expect(choices.find(({ purpose }) => purpose === 'following')).toMatchObject({ isHeld: true, how: 'form:follow' });

		await webinars.library.stop(asked.personId, 'series:fundamentals');
		await access.confirm(link, await browser.use());
		expect(await kept()).toEqual([]);

		gate.pass(HOUR_MS);
		expect(await forms.submit(await order({ subject: 'speaker:karin' }))).toMatchObject({ status: 'confirmation-sent' });
	});

	test('golden: what a stranger’s following leaves can be taken away, and is gone with them, confirmed or not', async () => {
		const { hall: webinars, gate } = hall;
		const { forms, access, privacy } = gate.gating;
		await hall.republish({ ...hall.deps.content(), terms });
		const ask = async (email: string) => {
			const browser = gate.browser();
			const input = gate.form(await browser.who(), {}, { formKey: 'follow', subject: 'series:fundamentals', consents: ['following'] });
			const asked = await forms.submit({ ...input, answers: { email } });
			if (asked.status !== 'confirmation-sent') throw new Error(asked.status);
			browser.take(asked.setCookies);
			return { browser, personId: asked.personId, link: (await gate.deliver()) ?? '' };
		};
		const [sure, unsure] = [await ask(`${MARK}sure@plant.example`), await ask(`${MARK}unsure@plant.example`)];
		await access.confirm(sure.link, await sure.browser.use());

		const [own, others] = [await privacy.export(sure.personId, 'staff:a'), await privacy.export(unsure.personId, 'staff:a')].map((data) =>
			JSON.stringify(data),
		);
		for (const word of [`${MARK}sure@plant.example`, '"follows":[{"subject":"series:fundamentals"', '"following"', 'webinar.followed'])
			expect(own).toContain(word);
		expect(others).toContain(`${MARK}unsure@plant.example`);
		expect(others).toContain('"follows":[]');
		expect(others).not.toContain('webinar.followed');

		for (const { personId } of [sure, unsure]) await privacy.erase(personId, 'staff:a');
		expect(await webinars.library.followedBy(sure.personId, 'en')).toEqual([]);
		expect(await gate.db.read.$count(follow)).toBe(0);
		// A link that still lies in the mailbox begins nothing for nobody.
		expect(await access.confirm(unsure.link, await unsure.browser.use())).not.toMatchObject({ status: 'confirmed' });
		expect(await gate.db.read.$count(follow)).toBe(0);
		const { folder } = gate.database;
		if (folder === null) return;
		for (const name of readdirSync(folder).filter((one) => one.includes('.db')))
			expect(wordsIn(readFileSync(join(folder, name)), [MARK]).map((word) => `${name}: ${word}`)).toEqual([]);
	});
});
