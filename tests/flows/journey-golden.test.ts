/* eslint max-lines: ["error", 300] -- what journeys never do to people, in one place */
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { HOUR_MS, MINUTE_MS } from '#kernel/clock.ts';
import { systemRandom } from '#kernel/id.ts';
import type { Database } from '#kernel/database.ts';
import { createTestDatabase } from '#tests/support/database.ts';
import { createGate, type Gate } from '#tests/support/gate.ts';
import { aJourney, aTemplate, journeysAt, MARKETER, siteWithTemplates, step } from '#tests/support/journeys.ts';
import { createHall, type Hall } from '#tests/support/webinars.ts';

import { append } from '../../gating/consent/ledger.ts';
import { mergeLeads } from '../../gating/identity/merge.ts';
import { journeyEnrolment, journeyTask, message } from '../../gating/schema.ts';
import { attendance, occurrence } from '../../webinar/schema.ts';

const OUTCOME_JOURNEYS = [
	['no-show', ['no-show'], 'a'],
	['attended', ['stayed', 'left-early'], 'b'],
] as const;

describe('webinars', () => {
	let hall: Hall;
	let at: ReturnType<typeof journeysAt>;
	beforeEach(async () => {
		hall = await createHall();
		await hall.republish({ ...hall.deps.content(), mailTemplates: [aTemplate('a'), aTemplate('b')] });
		await hall.gate.gating.start();
		at = journeysAt(hall.gate);
		hall.gate.pass(MINUTE_MS);
		for (const [name, outcomes, template] of OUTCOME_JOURNEYS)
			await at.publish(
				aJourney({
					...{ name, trigger: { kind: 'webinar', outcomes, webinarId: '' }, reentry: { kind: 'each', days: 0 } },
					steps: [step.wait('w1', 3, 'hours'), step.message('m1', template), step.end()],
				}),
			);
	});
	afterEach(() => hall.close());

	const due = async () => {
		await hall.hall.settleDue();
		await hall.hall.aftermath.planDue();
		await at.run();
		await hall.gate.gating.messages.runDue();
	};
	/** Signals that come in late: they were there after all. */
	const wasThere = async (personId: string) => {
		const id = await hall.occurrenceId();
		const seen = { firstJoinedAt: new Date('2026-03-03T10:00:05Z'), lastLeftAt: new Date('2026-03-03T10:02:55Z') };
		const row = { occurrenceId: id, personId, seconds: 170, ...seen, stays: 1, devices: 1, settledAt: hall.gate.clock.at };
		await hall.gate.db.write(async (tx) => {
			await tx
				.insert(attendance)
				.values(row)
				.onConflictDoUpdate({ target: [attendance.occurrenceId, attendance.personId], set: row });
		});
	};
	const settledAgain = () =>
		hall.gate.db.write(
			async (tx) =>
				void (await tx
					.update(occurrence)
					.set({ settledAt: hall.gate.clock.at })
					.where(eq(occurrence.id, await hall.occurrenceId()))),
		);
	const subjects = () => hall.mails.filter(({ subject }) => subject.startsWith('About')).map(({ subject }) => subject);
	const registrant = async (): Promise<string> => {
		const bob = await hall.attend('bob@plant.example', { consents: ['marketing.email'] });
		return (await bob.who()).personId ?? '';
	};

	test('golden: a no-show gets the no-show journey and never the attended one, and no second mail of the webinar itself', async () => {
		await registrant();
		hall.at('2026-03-03T10:04:00Z');
		await due();
		for (const hour of ['12:10', '13:10', '14:10']) {
			hall.at(`2026-03-03T${hour}:00Z`);
			await hall.deliver();
			await due();
		}
		expect(subjects()).toEqual(['About a']);
		expect(hall.mails.filter(({ subject }) => /missed|After/.test(subject))).toEqual([]);
	});

	test('golden: late signals before the mail make an attendee of a no-show, who gets the attended journey alone', async () => {
		const personId = await registrant();
		hall.at('2026-03-03T10:04:00Z');
		await due();
		hall.at('2026-03-03T11:00:00Z');
		await wasThere(personId);
		await settledAgain();
		for (const hour of ['11:01', '13:10', '14:10']) {
			hall.at(`2026-03-03T${hour}:00Z`);
			await due();
		}
		expect(subjects()).toEqual(['About b']);
		const rows = await at.enrolments();
		expect(rows.map(({ state, reason }) => [state, reason])).toEqual([
			['left', 'outcome'],
			['done', 'end'],
		]);
	});

	test('golden: signals that come when the mail is queued already are asked for once more at its delivery', async () => {
		const personId = await registrant();
		hall.at('2026-03-03T10:04:00Z');
		await due();
		hall.at('2026-03-03T13:10:00Z');
		await at.run();
		await wasThere(personId);
		await hall.gate.gating.messages.runDue();
		expect(subjects()).toEqual([]);
		const queued = (await at.messages()).find(({ composer }) => composer === 'journey');
		expect([queued?.state, queued?.reason]).toEqual(['dropped', 'outcome-changed']);
		await settledAgain();
		hall.at('2026-03-03T13:11:00Z');
		await due();
		hall.at('2026-03-03T17:00:00Z');
		await due();
		expect(subjects()).toEqual(['About b']);
	});

	test('golden: once the no-show mail has gone, no attended mail follows', async () => {
		const personId = await registrant();
		hall.at('2026-03-03T10:04:00Z');
		await due();
		hall.at('2026-03-03T13:10:00Z');
		await due();
		await wasThere(personId);
		await settledAgain();
		for (const hour of ['13:20', '17:00', '18:00']) {
			hall.at(`2026-03-03T${hour}:00Z`);
			await due();
		}
		expect(subjects()).toEqual(['About a']);
	});

	test('who agreed to no mails of ours gets the webinar’s own mail as before', async () => {
		await hall.attend('bob@plant.example');
		hall.at('2026-03-03T10:04:00Z');
		await due();
		hall.at('2026-03-03T13:10:00Z');
		await due();
		expect(await hall.deliver()).toBe(1);
		expect(subjects()).toEqual([]);
	});
});

describe('people', () => {
	let gate: Gate;
	let at: ReturnType<typeof journeysAt>;
	beforeEach(async () => {
		gate = await createGate({ content: siteWithTemplates });
		await gate.gating.start();
		at = journeysAt(gate);
	});
	afterEach(() => gate.close());

	const STEPS = { steps: [step.message('m1'), step.wait('w1', 2, 'hours'), step.message('m2', 'b'), step.end()] };

	test('golden: who unsubscribes gets nothing of what is queued', async () => {
		await at.publish(aJourney(STEPS));
		const [stays, goes] = [await at.person(), await at.person()];
		for (const one of [stays, goes]) await at.did(one.id);
		await at.run();
		const no = {
			visitorId: null,
			personId: goes.id,
			purpose: 'marketing.email',
			given: false,
			textHash: '',
			how: 'preferences',
			channel: 'direct',
		} as const;
		await gate.db.write((tx) => append(tx, [no], gate.clock.at, systemRandom));
		await gate.gating.messages.runDue();
		expect(gate.mails.map(({ personId }) => personId)).toEqual([stays.id]);
		gate.pass(14 * 24 * HOUR_MS);
		await at.run();
		await gate.gating.messages.runDue();
		expect(gate.mails.filter(({ personId }) => personId === goes.id)).toEqual([]);
	});

	test('golden: two people who become one lead get one mail', async () => {
		await at.publish(aJourney(STEPS));
		const [one, other] = [await at.person(), await at.person()];
		for (const each of [one, other]) {
			await at.did(each.id);
			await at.run();
			gate.pass(1_000);
		}
		await gate.db.write((tx) => mergeLeads(tx, { fromLeadId: other.leadId, intoLeadId: one.leadId, cause: 'staff:s1' }, gate.clock.at, systemRandom));
		await gate.gating.messages.runDue();
		expect(gate.mails.map(({ personId }) => personId)).toEqual([one.id]);
		gate.pass(14 * 24 * HOUR_MS);
		await at.run();
		await gate.gating.messages.runDue();
		expect(gate.mails.map(({ personId }) => personId)).toEqual([one.id, one.id]);
		expect((await at.enrolments()).map(({ personId, reason }) => [personId, reason])).toEqual([
			[one.id, 'end'],
			[other.id, 'merged'],
		]);
	});

	test('golden: who was erased gets nothing, and their way ends', async () => {
		await at.publish(aJourney(STEPS));
		const one = await at.person();
		await at.did(one.id);
		await at.run();
		await gate.gating.privacy.erase(one.id, 'staff:s1');
		gate.pass(HOUR_MS);
		await at.run();
		await gate.gating.messages.runDue();
		expect(gate.mails).toEqual([]);
		const [row] = await gate.db.read.select().from(journeyEnrolment).where(eq(journeyEnrolment.personId, one.id));
		expect([row?.state, row?.reason, row?.data]).toEqual(['left', 'erased', {}]);
		expect((await gate.db.read.select().from(message)).map(({ state }) => state)).toEqual(['dropped']);
	});
});

test('golden: a crash at any write leaves each step once and loses none', async () => {
	const database = await createTestDatabase();
	let left = Infinity;
	let isAfter = false;
	// Dies in a body before its end, or after it was kept but before anybody heard of it.
	const dying: Database = {
		...database.db,
		write: async (body, options) => {
			if (--left > 0) return database.db.write(body, options);
			left = Infinity;
			if (isAfter) await database.db.write(body, options);
			else
				await database.db
					.write(async (tx) => {
						await body(tx);
						throw new Error('crash');
					}, options)
					.catch(() => undefined);
			throw new Error('crash');
		},
	};
	const gate = await createGate({ content: siteWithTemplates, database: dying });
	await gate.gating.start();
	const at = journeysAt(gate);
	const steps = [step.tag('t1', 'key-account'), step.task('k1', 'Call'), step.message('m1'), step.wait('w1', 2, 'hours'), step.message('m2', 'b')];
	await at.publish(aJourney({ steps: [...steps, step.end()] }));
	const people: string[] = [];
	for (let n = 0; n < 7; n++) people.push((await at.person()).id);
	let crashes = 0;
	const round = async () => {
		for (let crash = 1; crash <= 8; crash++) {
			left = crash;
			isAfter = crash % 2 === 0;
			await at.run().catch((error: Error) => {
				if (error.message !== 'crash') throw error;
				crashes++;
			});
		}
		left = Infinity;
		await at.run();
	};
	for (const one of people) {
		await at.did(one);
		await round();
	}
	gate.pass(2 * HOUR_MS);
	await round();
	expect(crashes).toBeGreaterThan(10);
	for (const one of people) expect(await at.trailOf(one)).toEqual(['t1 event', 't1 done', 'k1 done', 'm1 done', 'w1 waited', 'm2 done', 'end end']);
	expect(await at.messages()).toHaveLength(people.length * 2);
	expect(await gate.db.read.select().from(journeyTask)).toHaveLength(people.length);
	await gate.gating.stop();
	await database.close();
});

test('nobody stops what is not running', async () => {
	const gate = await createGate({ content: siteWithTemplates });
	const id = await gate.gating.journeys.save(null, aJourney(), MARKETER);
	await expect(gate.gating.journeys.act(id, 'stop', MARKETER)).rejects.toMatchObject({ code: 'conflict' });
	await gate.close();
});
