import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { DAY_MS, HOUR_MS, MINUTE_MS } from '#kernel/clock.ts';
import { systemRandom } from '#kernel/id.ts';
import { createGate, type Gate } from '#tests/support/gate.ts';
import { aJourney, journeysAt, MARKETER, siteWithTemplates, step } from '#tests/support/journeys.ts';

import { moveStage } from '../../gating/lifecycle/advance.ts';
import { journeyTask, lead, tagMark, workMove } from '../../gating/schema.ts';
import { allOf, condition } from '../../gating/tag/condition.ts';

let gate: Gate;
let at: ReturnType<typeof journeysAt>;

beforeEach(async () => {
	gate = await createGate({ content: siteWithTemplates });
	await gate.gating.start();
	at = journeysAt(gate);
});
afterEach(() => gate.close());

describe('coming in', () => {
	test('what happened before it was published takes nobody in; what happens after does, once', async () => {
		const early = await at.person();
		await at.did(early.id);
		gate.pass(MINUTE_MS);
		await at.publish(aJourney());
		const late = await at.person();
		await at.did(late.id);
		await at.did(late.id);
		await at.run();
		expect((await at.enrolments()).map(({ personId, state, reason }) => [personId, state, reason])).toEqual([[late.id, 'done', 'end']]);
		expect((await at.messages()).map(({ personId, class: kind, state }) => [personId, kind, state])).toEqual([[late.id, 'nurture', 'waiting']]);
	});

	test('again only when the rule says so', async () => {
		await at.publish(aJourney({ reentry: { kind: 'after', days: 30 } }));
		const one = await at.person();
		for (const days of [0, 10, 25]) {
			gate.pass(days * DAY_MS);
			await at.did(one.id);
			await at.run();
		}
		expect(await at.enrolments()).toHaveLength(2);
	});

	test('the audience narrows it, and whoever has reached the goal stays out', async () => {
		await at.publish(aJourney({ audience: allOf(condition('stage', { values: ['mql'] })), goal: allOf(condition('state', { values: ['sales'] })) }));
		const [suspect, mql] = [await at.person(), await at.person({ stage: 'opportunity' })];
		for (const one of [suspect, mql]) await at.did(one.id);
		await at.run();
		expect(await at.enrolments()).toEqual([]);
	});

	test('a segment takes in who comes into it, and who is in it only when told to', async () => {
		const present = await at.person({ stage: 'customer' });
		const segmentId = await gate.gating.segments.save(
			{ name: 'Customers', conditions: allOf(condition('stage', { values: ['customer'] })) },
			MARKETER,
		);
		await at.publish(aJourney({ trigger: { kind: 'segment', segmentId, takesPresent: false } }));
		const withAll = await at.publish(aJourney({ trigger: { kind: 'segment', segmentId, takesPresent: true } }));
		await at.run();
		expect((await at.enrolments()).map(({ journeyId, personId }) => [journeyId, personId])).toEqual([[withAll, present.id]]);
		const next = await at.person({ stage: 'customer' });
		gate.pass(MINUTE_MS);
		await at.did(next.id);
		await at.run();
		expect((await at.enrolments()).filter(({ personId }) => personId === next.id)).toHaveLength(2);
	});

	test('who was silent for long comes in without doing anything', async () => {
		await at.publish(aJourney({ trigger: { kind: 'date', of: 'silent', days: 90, day: '' } }));
		const one = await at.person();
		await at.run();
		gate.pass(89 * DAY_MS);
		await at.run();
		expect(await at.enrolments()).toEqual([]);
		gate.pass(2 * DAY_MS);
		await at.run();
		expect((await at.enrolments()).map(({ personId }) => personId)).toEqual([one.id]);
	});

	test('a stage that is reached takes in', async () => {
		await at.publish(aJourney({ trigger: { kind: 'stage', to: ['opportunity'] } }));
		const [moved, other] = [await at.person({ stage: 'customer' }), await at.person({ stage: 'customer' })];
		gate.pass(MINUTE_MS);
		const move = { leadId: moved.leadId, from: 'customer', to: 'opportunity', kind: 'rule', cause: 'rule:test', evidence: {} } as const;
		await gate.db.write((tx) => moveStage(tx, move, gate.clock.at, systemRandom));
		for (const one of [moved, other]) await at.did(one.id);
		await at.run();
		expect((await at.enrolments()).map(({ personId }) => personId)).toEqual([moved.id]);
	});
});

describe('steps', () => {
	test('waits, then branches, then acts; each line says why', async () => {
		await at.publish(
			aJourney({
				steps: [
					step.wait('w1', 2, 'days'),
					step.branch('b1', allOf(condition('did', { values: ['offer.claimed'] })), { yes: 't1' }),
					step.message('m1', 'a', { next: 'end' }),
					step.tag('t1', 'key-account'),
					step.task('k1', 'Call about the offer'),
					step.end(),
				],
			}),
		);
		const [plain, claimed] = [await at.person(), await at.person()];
		for (const one of [plain, claimed]) await at.did(one.id);
		await at.run();
		await at.did(claimed.id, 'offer.claimed');
		gate.pass(2 * DAY_MS - 1);
		await at.run();
		expect(await at.messages()).toEqual([]);
		gate.pass(1);
		await at.run();
		expect(await at.trailOf(plain.id)).toEqual(['w1 event', 'w1 waited', 'b1 no', 'm1 done', 'end end']);
		expect(await at.trailOf(claimed.id)).toEqual(['w1 event', 'w1 waited', 'b1 yes', 't1 done', 'k1 done', 'end end']);
		expect((await gate.db.read.select().from(tagMark)).map(({ tag, personId }) => [tag, personId])).toEqual([['key-account', claimed.id]]);
		expect((await gate.db.read.select().from(journeyTask)).map(({ words }) => words)).toEqual(['Call about the offer']);
		const [due] = await gate.db.read.select().from(lead).where(eq(lead.id, claimed.leadId));
		expect(due?.nextActionAt?.getTime()).toBe(gate.clock.at.getTime() + 2 * DAY_MS);
	});

	test('what is waited for moves on at once, otherwise the limit does', async () => {
		const steps = [step.until('u1', ['offer.claimed'], 3, { next: 'end', late: 'm1' }), step.message('m1'), step.end()];
		await at.publish(aJourney({ steps }));
		const [came, late] = [await at.person(), await at.person()];
		for (const one of [came, late]) await at.did(one.id);
		await at.run();
		gate.pass(HOUR_MS);
		await at.did(came.id, 'offer.claimed');
		await at.run();
		expect(await at.trailOf(came.id)).toEqual(['u1 event', 'u1 came', 'end end']);
		expect(await at.trailOf(late.id)).toEqual(['u1 event']);
		gate.pass(3 * DAY_MS);
		await at.run();
		expect(await at.trailOf(late.id)).toEqual(['u1 event', 'u1 late', 'm1 done', 'end end']);
	});

	test('a goal that is reached ends it before the next step', async () => {
		await at.publish(
			aJourney({ goal: allOf(condition('did', { values: ['offer.claimed'] })), steps: [step.wait('w1', 5), step.message('m1'), step.end()] }),
		);
		const one = await at.person();
		await at.did(one.id);
		await at.run();
		await at.did(one.id, 'offer.claimed');
		await at.run();
		expect((await at.enrolments()).map(({ state, reason }) => [state, reason])).toEqual([['done', 'goal']]);
		expect(await at.messages()).toEqual([]);
	});

	test('a lead in nurture is to be called again, by a rule that lifecycle knows', async () => {
		await at.publish(aJourney({ steps: [step.move('s1', 'state:open'), step.end()] }));
		const [nurture, sales] = [await at.person(), await at.person()];
		await gate.db.write((tx) => tx.update(lead).set({ workingState: 'nurture' }).where(eq(lead.id, nurture.leadId)));
		await gate.db.write((tx) => tx.update(lead).set({ workingState: 'sales' }).where(eq(lead.id, sales.leadId)));
		for (const one of [nurture, sales]) await at.did(one.id);
		await at.run();
		const moves = await gate.db.read.select().from(workMove);
		expect(moves.map(({ leadId, from, to, cause }) => [leadId, from, to, cause])).toEqual([[nurture.leadId, 'nurture', 'open', 'rule:journey']]);
	});
});

describe('running journeys', () => {
	const waiting = () => aJourney({ steps: [step.message('m1'), step.wait('w1', 5), step.message('m2', 'b'), step.end()] });

	test('paused, nobody comes in or moves on; resumed, they go on', async () => {
		const id = await at.publish(waiting());
		const [one, other] = [await at.person(), await at.person()];
		await at.did(one.id);
		await at.run();
		await gate.gating.journeys.act(id, 'pause', MARKETER);
		await at.did(other.id);
		gate.pass(6 * DAY_MS);
		await at.run();
		expect(await at.messages()).toHaveLength(1);
		await gate.gating.journeys.act(id, 'resume', MARKETER);
		await at.run();
		expect((await at.messages()).map(({ personId }) => personId)).toEqual([one.id, one.id]);
		expect(await at.enrolments()).toHaveLength(1);
	});

	test('stopped, everybody leaves and what is queued is taken back', async () => {
		const id = await at.publish(waiting());
		const one = await at.person();
		await at.did(one.id);
		await at.run();
		expect(await gate.gating.journeys.act(id, 'stop', MARKETER)).toBe(1);
		gate.pass(6 * DAY_MS);
		await at.did(one.id);
		await at.run();
		expect((await at.enrolments()).map(({ state, reason }) => [state, reason])).toEqual([['left', 'stopped']]);
		expect((await at.messages()).map(({ state }) => state)).toEqual(['withdrawn']);
	});

	test('who is under way stays on their version, unless moved on purpose', async () => {
		const id = await at.publish(waiting());
		const [one, other] = [await at.person(), await at.person()];
		for (const each of [one, other]) await at.did(each.id);
		await at.run();
		await at.publish(aJourney({ steps: [step.wait('w1', 5), step.message('m3', 'b'), step.end()] }), id);
		const moved = await gate.gating.journeys.move(id, 1, { w1: 'w1', m1: '', m2: 'm3', end: 'end' }, MARKETER);
		expect(moved).toBe(2);
		gate.pass(5 * DAY_MS);
		await at.run();
		expect(await at.trailOf(one.id)).toEqual(['m1 event', 'm1 done', 'w1 waited', 'm3 done', 'end end']);
	});

	test('a walk shows each step and writes nothing; a dry run counts', async () => {
		const one = await at.person();
		await at.did(one.id);
		const definition = aJourney({
			steps: [
				step.wait('w1', 2),
				step.branch('b1', allOf(condition('did', { values: ['download'] })), { yes: 'm1' }),
				step.end('e1'),
				step.message('m1'),
				step.end(),
			],
		});
		const walk = await gate.gating.journeys.walk(definition, { leadId: one.leadId, outcome: null, comes: false });
		expect(walk?.steps.map((each) => [each.step, each.because, each.at.getTime() - gate.clock.at.getTime()])).toEqual([
			['w1', 'waited', 2 * DAY_MS],
			['b1', 'yes', 2 * DAY_MS],
			['m1', 'done', 2 * DAY_MS],
			['end', 'end', 2 * DAY_MS],
		]);
		expect([await at.enrolments(), await at.messages()]).toEqual([[], []]);
		gate.pass(DAY_MS);
		expect(await gate.gating.journeys.dryRun(definition, 30)).toEqual({ leads: 1, before: 1, isNow: false });
	});

	test('everybody is asked for twice', async () => {
		await at.person();
		const { journeys } = gate.gating;
		const id = await journeys.save(null, aJourney({ trigger: { kind: 'date', of: 'day', days: 0, day: '2026-03-05' } }), MARKETER);
		expect(await journeys.publish(id, MARKETER)).toEqual({ status: 'everybody' });
		await journeys.save(id, aJourney({ trigger: { kind: 'date', of: 'day', days: 0, day: '2026-03-05' }, agreedToEverybody: true }), MARKETER);
		expect(await journeys.publish(id, MARKETER)).toEqual({ status: 'published', version: 1 });
		await at.run();
		expect(await at.enrolments()).toEqual([]);
		gate.pass(3 * DAY_MS);
		await at.run();
		expect(await at.enrolments()).toHaveLength(1);
	});
});
