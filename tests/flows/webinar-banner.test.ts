import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { audit } from '#kernel/schema.ts';
import { aWebinar, createHall, type Hall } from '#tests/support/webinars.ts';

let hall: Hall;
let id: string;
let changes: number;
const WEBINAR = aWebinar({ capacity: 1 });
const OTHER = aWebinar({ id: 'w2', slug: 'braking', startsAt: new Date('2026-03-03T09:30:00Z') });
beforeEach(async () => {
	hall = await createHall([WEBINAR]);
	id = await hall.occurrenceId();
	changes = 0;
	hall.hall.promotion.banners.onChange(() => changes++);
});
afterEach(() => hall.close());

const by = { actor: 'staff:s1', origin: '', seesPeople: true };
const settings = (over = {}) => ({
	fromAt: hall.gate.clock.at,
	untilAt: null,
	places: ['home', 'library'] as const,
	text: { en: '', 'zh-CN': '' },
	...over,
});
const banners = () => hall.hall.promotion.banners;
const phases = () =>
	banners()
		.current()
		.map(({ webinarId, phase }) => [webinarId, phase]);

describe('a banner of a start', () => {
	test('golden: invited, registered and attended are counted by its own entrance', async () => {
		await banners().save(id, settings(), by);
		const [shown] = banners().current();
		const { channels } = hall.gate.gating;
		const browser = hall.gate.browser();
		const arrival = await channels.arrival({ query: shown?.tags ?? '', visitor: await browser.who(), network: '' });
		expect(arrival.channel).toBe('banner');
		await hall.hall.register(await hall.input(browser, {}, { channel: arrival.channel }));
		expect(await hall.hall.promotion.entrances(id)).toEqual([{ channel: 'banner', invited: 0, registered: 1, attended: 0 }]);
		const links = await channels.sources();
		await banners().save(id, settings({ places: ['content'] }), by);
		expect(await channels.sources()).toEqual(links);
		expect(banners().current()).toMatchObject([{ tags: shown?.tags, places: ['content'] }]);
	});

	test('follows seats, time, a cancellation and a move; pages are told of each change, and of nothing else', async () => {
		await banners().save(id, settings(), by);
		expect([phases(), changes]).toEqual([[['w1', 'ahead']], 1]);
		await banners().refresh();
		expect(changes).toBe(1);
		await hall.attend('ada@plant.example');
		await banners().refresh();
		expect([phases(), changes]).toEqual([[['w1', 'waiting']], 2]);
		await hall.republish({ ...hall.deps.content(), webinars: [] });
		await banners().refresh();
		expect([phases(), changes]).toEqual([[], 3]);
		await hall.republish({ ...hall.deps.content(), webinars: [aWebinar({ capacity: 9, startsAt: new Date('2026-03-05T10:00:00Z') })] });
		await banners().refresh();
		expect([phases(), banners().changesAt()]).toEqual([[['w1', 'ahead']], new Date('2026-03-05T09:45:00Z')]);
		hall.at('2026-03-05T10:00:00Z');
		expect(phases()).toEqual([]);
	});

	test('of two, the nearest start goes first', async () => {
		await hall.republish({ ...hall.deps.content(), webinars: [WEBINAR, OTHER] });
		const [nearest] = await hall.hall.report.occurrences('ahead', 1);
		await banners().save(id, settings(), by);
		await banners().save(nearest?.id ?? '', settings(), by);
		expect(phases().map(([webinar]) => webinar)).toEqual(['w2', 'w1']);
		await banners().switchOff(nearest?.id ?? '', by);
		expect(phases().map(([webinar]) => webinar)).toEqual(['w1']);
	});

	test('who switched it stands in the log; switched off twice, it is written once', async () => {
		await banners().save(id, settings({ text: { en: ' Torque, measured ', 'zh-CN': '' } }), by);
		expect(await banners().of(id)).toMatchObject({ isOn: true, untilAt: null, text: { en: 'Torque, measured', 'zh-CN': '' } });
		await banners().switchOff(id, by);
		await banners().switchOff(id, by);
		expect(await banners().of(id)).toMatchObject({ isOn: false });
		const log = await hall.gate.db.read
			.select()
			.from(audit)
			.where(eq(audit.subject, `occurrence:${id}`));
		expect(log.map(({ action, actor }) => [action, actor])).toEqual([
			['webinar.banner', 'staff:s1'],
			['webinar.banner-off', 'staff:s1'],
		]);
	});

	test.each([
		['nowhere', { places: [] }, 'invalid'],
		['that ends before it begins', { untilAt: new Date('2026-01-01T00:00:00Z') }, 'invalid'],
		['that begins after the end of the session', { fromAt: new Date('2026-04-01T00:00:00Z'), untilAt: new Date('2026-05-01T00:00:00Z') }, 'invalid'],
	])('%s is refused', async (_, over, code) => {
		await expect(banners().save(id, settings(over), by)).rejects.toMatchObject({ code });
		expect([phases(), await banners().of(id), changes]).toEqual([[], null, 0]);
	});

	test('of what is over is refused', async () => {
		hall.at('2026-03-03T12:00:00Z');
		await expect(banners().save(id, settings(), by)).rejects.toMatchObject({ code: 'conflict' });
		await expect(banners().save('none', settings(), by)).rejects.toMatchObject({ code: 'not-found' });
	});
});
