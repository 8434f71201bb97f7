import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { DAY_MS, HOUR_MS } from '#kernel/clock.ts';
import { createJobs } from '#kernel/job.ts';
import { createLog } from '#kernel/log.ts';
import { createGate, type Gate } from '#tests/support/gate.ts';
import { siteWithTemplates } from '#tests/support/journeys.ts';
import { aMailing, ANNA, BEN, mailingsAt } from '#tests/support/mailings.ts';

import { mailingData } from '../../gating/mailing/personal-data.ts';
import { event, mailClick, mailingRecipient, message, person, touchpoint } from '../../gating/schema.ts';

const HUMAN = 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36';

let hub: Gate;
beforeEach(async () => {
	hub = await createGate({ content: siteWithTemplates });
});
afterEach(() => hub.close());

const mailings = () => hub.gating.mailings;
const { run, someone, planned, states, stop, aSegment } = mailingsAt(() => hub);

describe('a mailing', () => {
	test('goes at its time to who is in the segment then and agreed, and says why others get nothing', async () => {
		const [a, b, c] = [await someone(), await someone(), await someone({ hasAddress: false })];
		const id = await planned();
		expect(await mailings().dryRun(id)).toMatchObject({ leads: 3, recipients: 2, skipped: { 'no-address': 1 } });
		await stop(b.id);
		await run();
		expect(hub.mails).toHaveLength(0);
		hub.pass(DAY_MS);
		const late = await someone();
		await run();
		expect(await states()).toEqual([`${a.id} sent`, `${late.id} sent`].sort());
		expect(hub.mails.map(({ to }) => to).sort()).toEqual([`${a.id}@firm.example`, `${late.id}@firm.example`]);
		expect(c.id).not.toBe('');
		const report = await mailings().report(id);
		expect(report).toMatchObject({ figures: { recipients: 2, sent: 2, clicked: 0 }, skipped: { 'no-consent': 1, 'no-address': 1 } });
		expect((await mailings().people(id, 'sent', '', ANNA)).items.map(({ name }) => name)).toEqual(['Person 1', 'Person 4']);
		expect((await mailings().get(id))?.state).toBe('done');
	});

	test('by each person’s clock goes at their hour', async () => {
		const east = await someone({ timeZone: 'Asia/Shanghai' });
		const west = await someone({ timeZone: 'America/Chicago' });
		await planned({ isLocal: true });
		hub.clock.at = new Date('2026-03-02T19:00:00Z');
		await run();
		const due = Object.fromEntries((await hub.db.read.select().from(message)).map((one) => [one.personId, one.plannedAt.toISOString()]));
		expect(due).toEqual({ [east.id]: '2026-03-03T01:00:00.000Z', [west.id]: '2026-03-03T15:00:00.000Z' });
	});

	test('that recurs goes again, and to nobody twice in one run', async () => {
		const a = await someone();
		const id = await planned({ rhythm: 'weekly' });
		hub.pass(DAY_MS);
		await run();
		await run();
		hub.pass(7 * DAY_MS);
		await run();
		expect(await states()).toEqual([`${a.id} sent`, `${a.id} sent`]);
		expect((await mailings().report(id)).runs).toHaveLength(2);
		expect((await mailings().get(id))?.nextAt?.toISOString()).toBe('2026-03-17T08:00:00.000Z');
	});
});

describe('guards', () => {
	test('everybody takes the typed name and a second person, who is not its writer', async () => {
		await someone();
		const id = await mailings().save(null, aMailing(), ANNA);
		await expect(mailings().submit(id, 'autumn', ANNA)).rejects.toMatchObject({ code: 'invalid', fields: [{ field: 'typed' }] });
		expect(await mailings().submit(id, 'Autumn', ANNA)).toBe('approval');
		await expect(mailings().approve(id, ANNA)).rejects.toMatchObject({ code: 'forbidden' });
		hub.pass(HOUR_MS);
		await run();
		expect(await states()).toEqual([]);
		await mailings().approve(id, BEN);
		hub.pass(DAY_MS);
		await run();
		expect(await states()).toEqual(['p1 sent']);
	});

	test('more people than agreed at its time hold it before anybody is written to', async () => {
		await mailings().setApprovalOver(1, BEN);
		await someone();
		const id = await planned();
		await someone();
		hub.pass(DAY_MS);
		await run();
		expect(await states()).toEqual([]);
		expect((await mailings().get(id))?.state).toBe('approval');
	});

	test('nobody to write to, a template that is gone, a time that is over are refused', async () => {
		const segmentId = await aSegment();
		const empty = await mailings().save(null, aMailing({ segmentId }), ANNA);
		await expect(mailings().submit(empty, '', ANNA)).rejects.toMatchObject({ fields: [{ code: 'nobody' }] });
		await expect(mailings().save(null, aMailing({ name: 'x', template: 'zz' }), ANNA)).rejects.toMatchObject({ fields: [{ code: 'template-gone' }] });
		await someone();
		const over = await mailings().save(null, aMailing({ name: 'y', segmentId, firstAt: '2026-03-01T09:00' }), ANNA);
		await expect(mailings().submit(over, '', ANNA)).rejects.toMatchObject({ fields: [{ code: 'past' }] });
	});
});

describe('golden: what is under way', () => {
	test('unsubscribing stops what is queued', async () => {
		const a = await someone({ timeZone: 'America/Chicago' });
		await planned({ isLocal: true });
		hub.clock.at = new Date('2026-03-02T19:00:00Z');
		await run();
		await stop(a.id);
		hub.pass(DAY_MS);
		await run();
		expect(hub.mails).toHaveLength(0);
		expect((await states())[0]).toMatch(/ (dropped|withdrawn)$/);
	});

	test('stopping takes back what has not gone, for good', async () => {
		await someone({ timeZone: 'America/Chicago' });
		const id = await planned({ isLocal: true });
		hub.clock.at = new Date('2026-03-02T19:00:00Z');
		await run();
		expect(await mailings().stop(id, BEN)).toBe(1);
		hub.pass(2 * DAY_MS);
		await run();
		expect(hub.mails).toHaveLength(0);
	});

	test('after a pause each gets it once', async () => {
		const [early, late] = [await someone({ timeZone: 'Asia/Shanghai' }), await someone({ timeZone: 'America/Chicago' })];
		const id = await planned({ isLocal: true });
		hub.clock.at = new Date('2026-03-03T02:00:00Z');
		await run();
		expect(hub.mails.map(({ to }) => to)).toEqual([`${early.id}@firm.example`]);
		expect(await mailings().pause(id, ANNA)).toBe(1);
		hub.pass(DAY_MS);
		await run();
		expect(hub.mails).toHaveLength(1);
		await mailings().resume(id, ANNA);
		await run();
		hub.pass(14 * HOUR_MS); // quiet hours there are over
		await run();
		expect(hub.mails.map(({ to }) => to)).toEqual([`${early.id}@firm.example`, `${late.id}@firm.example`]);
	});

	test('two people who turn out to be one get one mail; an erased one none', async () => {
		const [a, b, c] = [
			await someone({ timeZone: 'America/Chicago' }),
			await someone({ timeZone: 'America/Chicago' }),
			await someone({ timeZone: 'America/Chicago' }),
		];
		await planned({ isLocal: true });
		hub.clock.at = new Date('2026-03-02T19:00:00Z');
		await run();
		await hub.db.write(async (tx) => {
			await tx.update(person).set({ leadId: a.leadId }).where(eq(person.id, b.id));
			await tx.update(person).set({ dataKey: null }).where(eq(person.id, c.id));
		});
		hub.pass(DAY_MS);
		await run();
		expect(hub.mails).toHaveLength(1);
	});

	test('a crash between batches goes on where it was: nobody twice, nobody left out', async () => {
		for (let n = 0; n < 5; n++) await someone();
		await planned();
		hub.pass(DAY_MS);
		const crashing = createJobs({
			...{ db: hub.db, now: () => hub.clock.at, log: createLog('silent') },
			handlers: {
				'mailing.run': (running) => hub.gating.jobs['mailing.run']!({ ...running, progress: () => Promise.reject(new Error('killed')) }),
			},
		});
		await crashing.runDue();
		expect(await hub.db.read.$count(mailingRecipient)).toBe(5);
		hub.pass(HOUR_MS);
		await run();
		await run();
		expect(hub.mails.map(({ to }) => to).sort()).toEqual(['p1', 'p2', 'p3', 'p4', 'p5'].map((id) => `${id}@firm.example`));
	});
});

describe('a trial', () => {
	test('gives some either variant, and the rest the better one after its time', async () => {
		for (let n = 0; n < 12; n++) await someone();
		const id = await planned({ trial: 'template', templateB: 'b', trialShare: 50 });
		hub.pass(DAY_MS);
		await run();
		const first = (await mailings().report(id)).figures;
		expect(first.held).toBeGreaterThan(0);
		expect(first.held + first.sent).toBe(12);
		hub.pass(5 * HOUR_MS);
		await run();
		const { figures, trial, runs } = await mailings().report(id);
		expect(figures).toMatchObject({ held: 0, sent: 12 });
		// Too little to tell: the first one.
		expect([trial?.better, runs[0]?.winner]).toEqual(['', 'a']);
	});
});

describe('golden: a link of a mail', () => {
	const land = async (query: string, userAgent = HUMAN) =>
		hub.gating.channels.visit({ query, referrer: null, subject: 'white_papers:p1', visitor: await hub.browser().who(), userAgent, network: null });
	/** The template's own page holds one link: the way home. */
	const linkOf = async () => {
		const [sent] = await hub.db.read.select().from(message);
		const { signToken } = await import('#kernel/signed-token.ts');
		return `?utm_medium=email&m=${signToken(hub.keys, 'mail-click', `${sent!.id}~1`, null)}`;
	};

	test('counts once, by its page’s beacon, for whom it was written to; a scanner and a forged code count nothing', async () => {
		const a = await someone();
		const id = await planned();
		hub.pass(DAY_MS);
		await run();
		const query = await linkOf();
		await land(query, 'Mozilla/5.0 (compatible; GoogleImageProxy; bot)');
		await land(`${query}x`);
		expect(await hub.db.read.$count(mailClick)).toBe(0);
		await land(query);
		await land(query);
		expect(await hub.db.read.$count(mailClick)).toBe(1);
		expect(await hub.db.read.select().from(event).where(eq(event.type, 'mail.click'))).toMatchObject([
			{ personId: a.id, subject: 'white_papers:p1' },
		]);
		const touches = await hub.db.read.select().from(touchpoint).where(eq(touchpoint.personId, a.id));
		expect(touches[0]).toMatchObject({ channel: 'mail', kind: 'visit', visitorId: null });
		expect(touches[0]?.tacticId).toBe((await mailings().get(id))?.tacticId);
		expect((await mailings().report(id)).figures.clicked).toBe(1);
		await hub.db.write((tx) => mailingData().erase(tx, a.id));
		expect([await hub.db.read.$count(mailClick), await hub.db.read.$count(mailingRecipient)]).toEqual([0, 0]);
	});
});

test('the calendar shows what is planned and what waits', async () => {
	await someone({ timeZone: 'America/Chicago' });
	await planned({ rhythm: 'weekly', isLocal: true });
	hub.clock.at = new Date('2026-03-02T19:00:00Z');
	await run();
	const entries = await mailings().calendar(new Date('2026-03-01T00:00:00Z'), new Date('2026-03-18T00:00:00Z'));
	expect(entries.map(({ day, name, count }) => `${day} ${name} ${count}`)).toEqual([
		'2026-03-03 Autumn 1',
		'2026-03-10 Autumn null',
		'2026-03-17 Autumn null',
	]);
});
