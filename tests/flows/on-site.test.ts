import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';

import type { Webinar } from '#cms/content.ts';
import { aWebinar, createHall, type Hall } from '#tests/support/webinars.ts';

import { event } from '../../gating/schema.ts';
import { attendance, registration } from '../../webinar/schema.ts';

let hall: Hall;
afterEach(() => hall.close());

const host = { actor: 'staff:s1', origin: '' };
const workshop = (over: Partial<Webinar> = {}): Webinar =>
	aWebinar({
		mode: 'on-site',
		video: null,
		moments: [],
		durationMinutes: 120,
		place: { en: 'Training centre\n8400 Winterthur', 'zh-CN': '培训中心' },
		...over,
	});
const ada = { name: 'Ada Keller', email: 'ada@plant.example' };
const registered = async (over: Partial<Webinar> = {}) => {
	hall = await createHall([workshop(over)]);
	await hall.hall.register(await hall.input(hall.gate.browser(), ada));
	await hall.deliver();
	return hall.occurrenceId();
};
const ticketOf = (text = hall.mails.at(-1)?.text ?? '') => /Ticket: (\S+)/.exec(text)?.[1] ?? '';
const entry = (id: string, ticket: string | null, at: string, registrationId: string | null = null) => ({
	...{ id, ticket, registrationId, at: new Date(at) },
	how: 'scan' as const,
});
const types = async () =>
	(await hall.gate.db.read.select({ type: event.type }).from(event)).map(({ type }) => type).filter((type) => type.startsWith('webinar.'));

describe('a ticket', () => {
	test('comes with the confirmation: as a picture in the mail, as letters, with place and calendar entry', async () => {
		await registered();
		const [mail] = hall.mails;
		expect(mail?.subject).toBe('Your ticket: Sizing a servo axis');
		expect(mail?.text).toContain('Place: Training centre\n8400 Winterthur');
		expect(ticketOf()).toMatch(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/);
		expect(mail?.html).toContain('src="cid:ticket"');
		expect(mail?.attachments).toMatchObject([{ cid: 'ticket', mediaType: 'image/png' }]);
		expect(
			Buffer.from(mail?.attachments?.[0]?.content ?? '', 'base64')
				.subarray(1, 4)
				.toString(),
		).toBe('PNG');
		expect(mail?.calendar?.content.replaceAll('\r\n ', '')).toContain('LOCATION:Training centre\\, 8400 Winterthur');
		expect(await hall.hall.join.peek(hall.lastToken(), await hall.gate.browser().who())).toMatchObject({
			ticket: { spoken: ticketOf() },
			name: null,
		});
	});

	test('opens no room', async () => {
		await registered();
		const browser = hall.gate.browser();
		hall.at('2026-03-03T10:00:00Z');
		const joined = await hall.hall.join.accept(hall.lastToken(), await browser.use('ada@plant.example'));
		if (joined.status === 'joined') browser.take(joined.setCookies);
		expect(await hall.hall.room('sizing', await browser.who())).toMatchObject({ status: 'on-site' });
		expect(await hall.hall.admit('sizing', await browser.who())).toEqual({ status: 'refused' });
	});
});

describe('golden: check-in', () => {
	test('counts once, as attendance until the end and as behaviour', async () => {
		const id = await registered();
		hall.at('2026-03-03T10:20:00Z');
		expect(await hall.hall.onSite.checkIn(id, entry('e1', ticketOf(), '2026-03-03T10:20:00Z'), host)).toMatchObject({
			status: 'checked-in',
			name: 'Ada Keller',
		});
		expect(await hall.hall.onSite.checkIn(id, entry('e1', ticketOf(), '2026-03-03T10:20:00Z'), host)).toMatchObject({ status: 'checked-in' });
		hall.at('2026-03-03T10:30:00Z');
		expect(await hall.hall.onSite.checkIn(id, entry('e2', ticketOf(), '2026-03-03T10:30:00Z'), host)).toMatchObject({
			status: 'already',
			at: new Date('2026-03-03T10:20:00Z'),
		});
		hall.at('2026-03-03T12:01:00Z');
		await hall.hall.settleDue();
		expect(await hall.gate.db.read.select({ seconds: attendance.seconds }).from(attendance)).toEqual([{ seconds: 100 * 60 }]);
		expect(await types()).toEqual(expect.arrayContaining(['webinar.joined', 'webinar.attended']));
		expect(await hall.hall.onSite.expected(id)).toMatchObject([{ name: 'Ada Keller', checkedInAt: new Date('2026-03-03T10:20:00Z') }]);
	});

	test('sent after the end by a phone that had no network, with the time it happened', async () => {
		const id = await registered();
		hall.at('2026-03-03T12:30:00Z');
		await hall.hall.settleDue();
		hall.at('2026-03-03T15:00:00Z');
		expect(await hall.hall.onSite.checkIn(id, entry('e1', ticketOf(), '2026-03-03T11:00:00Z'), host)).toMatchObject({ status: 'checked-in' });
		await hall.hall.settleDue();
		expect(await hall.gate.db.read.select({ seconds: attendance.seconds }).from(attendance)).toEqual([{ seconds: 60 * 60 }]);
	});

	test('a phone whose clock is wrong is not believed beyond the hub’s own', async () => {
		const id = await registered();
		hall.at('2026-03-03T10:10:00Z');
		expect(await hall.hall.onSite.checkIn(id, entry('e1', ticketOf(), '2031-01-01T00:00:00Z'), host)).toMatchObject({
			at: new Date('2026-03-03T10:10:00Z'),
		});
	});

	test('tells a ticket of another event, a forged one, and one without a seat', async () => {
		hall = await createHall([workshop({ capacity: 1 }), workshop({ id: 'w2', slug: 'other', title: { en: 'The other day', 'zh-CN': '另一天' } })]);
		await hall.hall.register(await hall.input(hall.gate.browser(), ada, { slug: 'other' }));
		await hall.deliver();
		const others = ticketOf();
		await hall.hall.register(await hall.input(hall.gate.browser(), { email: 'ben@plant.example' }));
		await hall.hall.register(await hall.input(hall.gate.browser(), { email: 'cleo@plant.example', name: 'Cleo Waits' }));
		const id = (await hall.hall.view('sizing'))?.occurrence?.id ?? '';
		const [waiting] = (await hall.hall.onSite.expected(id)).filter(({ state }) => state === 'waiting');
		expect(await hall.hall.onSite.checkIn(id, entry('e1', others, '2026-03-03T10:00:00Z'), host)).toMatchObject({
			status: 'other-event',
			title: { en: 'The other day' },
		});
		expect(await hall.hall.onSite.checkIn(id, entry('e2', '00000-00000', '2026-03-03T10:00:00Z'), host)).toEqual({ status: 'unknown' });
		expect(await hall.hall.onSite.checkIn(id, entry('e3', null, '2026-03-03T10:00:00Z', waiting?.registrationId), host)).toEqual({
			status: 'no-seat',
			state: 'waiting',
			name: 'Cleo Waits',
		});
		expect(await types()).not.toContain('webinar.joined');
	});

	test('a webinar in a room has no door', async () => {
		hall = await createHall();
		await expect(hall.hall.onSite.expected(await hall.occurrenceId())).rejects.toMatchObject({ code: 'not-found' });
	});
});

describe('somebody without a ticket', () => {
	const walkIn = (id: string, answers: Record<string, string>, consents: readonly string[] = []) => ({
		...{ id, consents, locale: 'en' as const },
		answers: { name: 'Dora Walks', email: 'dora@plant.example', company: 'Plant Ltd', jobTitle: 'Planner', ...answers },
		at: new Date('2026-03-03T10:05:00Z'),
	});

	test('is registered and let in, with the same questions; consents wait for their own word', async () => {
		const id = await registered();
		hall.at('2026-03-03T10:05:00Z');
		expect(await hall.hall.onSite.walkIn(id, walkIn('w1', { company: '' }), host)).toMatchObject({
			status: 'invalid',
			errors: [{ field: 'company' }],
		});
		expect(await hall.hall.onSite.walkIn(id, walkIn('w1', {}, ['marketing.email']), host)).toMatchObject({
			status: 'checked-in',
			name: 'Dora Walks',
		});
		expect(await hall.hall.onSite.walkIn(id, walkIn('w1', {}, ['marketing.email']), host)).toMatchObject({ status: 'checked-in' });
		const [row] = await hall.gate.db.read.select().from(registration).where(eq(registration.channel, 'on-site'));
		expect(row).toMatchObject({ state: 'registered', attendedVia: 'on-site' });
		expect(await hall.gate.gating.consents.of(row?.personId ?? '')).not.toContainEqual(expect.objectContaining({ purpose: 'marketing.email' }));
		await hall.deliver();
		expect(hall.mails).toContainEqual(expect.objectContaining({ to: 'dora@plant.example', subject: 'Your ticket: Sizing a servo axis' }));
	});

	test('who registered before is found again, and a full house is full', async () => {
		const id = await registered({ capacity: 1 });
		expect(await hall.hall.onSite.walkIn(id, walkIn('w1', ada), host)).toMatchObject({ status: 'checked-in', name: 'Ada Keller' });
		expect(await hall.hall.onSite.walkIn(id, walkIn('w2', {}), host)).toMatchObject({ status: 'full' });
		expect(await hall.hall.onSite.expected(id)).toHaveLength(2);
	});
});
