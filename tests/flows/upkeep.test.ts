import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { DAY_MS } from '#kernel/clock.ts';
import { newId, systemRandom } from '#kernel/id.ts';
import { createJobs } from '#kernel/job.ts';
import { followKeyFile, readKeyFile, writeKeyFile } from '#kernel/key-file.ts';
import { createKeys, rotatedRing } from '#kernel/keys.ts';
import { silentLog } from '#kernel/log.ts';
import { audit, outbox } from '#kernel/schema.ts';
import { signToken } from '#kernel/signed-token.ts';
import { createGate, type Gate } from '#tests/support/gate.ts';
import { stepsOf } from '#tests/support/gate-steps.ts';

import { personByMail } from '../../gating/identity/person.ts';
import { event, formSubmission, lead, pass, person, staffSession, visitor } from '../../gating/schema.ts';

const BY = { actor: 'staff:1', origin: '' };
let gate: Gate;
beforeEach(async () => void (gate = await createGate()));
afterEach(() => gate.close());

const jobsOf = () => createJobs({ db: gate.db, now: () => gate.clock.at, log: silentLog, handlers: gate.gating.privacy.upkeep.jobs });
const runAll = async (): Promise<void> => {
	await gate.gating.privacy.upkeep.runRetention(BY);
	await jobsOf().runDue();
};
const line = async (name: string) => (await gate.gating.privacy.upkeep.retention()).find((rule) => rule.name === name);
const personOf = async (email: string) => (await personByMail(gate.db.read, gate.keys, email))?.id ?? null;
const known = async (email: string) => {
	const steps = stepsOf(gate);
	const browser = gate.browser();
	await steps.agree(browser);
	const { token } = await steps.submitAndMail(browser, { email });
	await steps.confirm(browser, token);
	return { browser, personId: (await personOf(email)) ?? '' };
};

describe('what is kept how long', () => {
	test('an address that nobody confirmed is forgotten after 30 days, with everything typed; a confirmed one stays', async () => {
		await stepsOf(gate).submitAndMail(gate.browser(), { email: 'typed@plant.example' });
		await known('real@plant.example');
		gate.pass(29 * DAY_MS);
		expect(await line('unconfirmed')).toMatchObject({ days: 30, due: 0 });
		await stepsOf(gate).submitAndMail(gate.browser(), { email: 'fresh@plant.example' });
		gate.pass(2 * DAY_MS);
		expect(await line('unconfirmed')).toMatchObject({ due: 1 });
		await runAll();
		expect(await line('unconfirmed')).toMatchObject({ due: 0, lastRemoved: 1, lastRunAt: gate.clock.at });
		expect(await personOf('typed@plant.example')).toBeNull();
		expect(await personOf('fresh@plant.example')).not.toBeNull();
		expect(await personOf('real@plant.example')).not.toBeNull();
	});

	test('somebody who types again within the time is not forgotten', async () => {
		await stepsOf(gate).submitAndMail(gate.browser(), { email: 'typed@plant.example' });
		gate.pass(20 * DAY_MS);
		await stepsOf(gate).submitAndMail(gate.browser(), { email: 'typed@plant.example' }, { subject: 'white_papers:p2' });
		gate.pass(20 * DAY_MS);
		await runAll();
		expect(await personOf('typed@plant.example')).not.toBeNull();
	});

	test('behaviour is cut loose after 25 months and stays counted; the score goes on without it', async () => {
		const { browser, personId } = await known('ada@plant.example');
		await stepsOf(gate).view(browser);
		const before = await gate.db.read.$count(event);
		gate.pass(761 * DAY_MS);
		await gate.gating.privacy.upkeep.setRetention('inactive', 3_000, BY);
		await gate.gating.privacy.upkeep.setRetention('visitors', 3_000, BY);
		await runAll();
		expect(await gate.db.read.$count(event)).toBe(before);
		expect(await gate.db.read.$count(event, eq(event.personId, personId))).toBe(0);
		expect((await gate.db.read.select({ day: lead.scoredDay }).from(lead))[0]?.day).toBe('');
	});

	test('a browser whose consent is not renewed for 13 months becomes a stranger', async () => {
		const steps = stepsOf(gate);
		const [stays, goes] = [gate.browser(), gate.browser()];
		await steps.agree(stays);
		await steps.agree(goes);
		gate.pass(200 * DAY_MS);
		await steps.agree(stays);
		gate.pass(200 * DAY_MS);
		await runAll();
		expect((await goes.who()).visitorId).toBeNull();
		expect((await stays.who()).visitorId).not.toBeNull();
		expect(await gate.db.read.$count(visitor)).toBe(1);
	});

	test('old words go, the profile stays', async () => {
		const { personId } = await known('ada@plant.example');
		await gate.gating.privacy.upkeep.setRetention('answers', 10, BY);
		gate.pass(11 * DAY_MS);
		await runAll();
		expect((await gate.db.read.select({ answers: formSubmission.answers }).from(formSubmission))[0]?.answers).toHaveLength(0);
		expect(await gate.gating.people.contact(personId)).toMatchObject({ name: 'Ada Keller' });
		expect((await gate.gating.people.submissions(personId))[0]?.answers).toEqual({});
		expect(await line('answers')).toMatchObject({ due: 0, days: 10, shippedDays: 1_095 });
	});

	test('people nobody heard of for three years are erased, customers are not', async () => {
		const { personId } = await known('ada@plant.example');
		const customer = await known('cust@plant.example');
		await gate.db.write(async (tx) => {
			const [row] = await tx.select().from(person).where(eq(person.id, customer.personId));
			await tx
				.update(lead)
				.set({ stage: 'customer' })
				.where(eq(lead.id, row?.leadId ?? ''));
		});
		gate.pass(1_096 * DAY_MS);
		await runAll();
		expect(await gate.gating.people.contact(personId)).toBeNull();
		expect(await gate.gating.people.contact(customer.personId)).not.toBeNull();
	});

	test('ended access, sessions, deliveries and the log itself go after their time', async () => {
		await known('ada@plant.example');
		const at = gate.clock.at;
		const session = { hash: 'h', staffId: '1', name: 'N', role: 'sales', createdAt: at, checkedAt: at, expiresAt: at };
		await gate.db.write(async (tx) => void (await tx.insert(staffSession).values({ id: newId(at, systemRandom), ...session })));
		await gate.gating.privacy.upkeep.setRetention('inactive', 3_000, BY);
		gate.pass(800 * DAY_MS);
		await runAll();
		expect([await gate.db.read.$count(pass), await gate.db.read.$count(staffSession), await gate.db.read.$count(outbox)]).toEqual([0, 0, 0]);
		const actions = (await gate.db.read.select({ action: audit.action }).from(audit)).map(({ action }) => action);
		expect(actions).toEqual(['retention.run']);
	});

	test('the night is planned once for all processes, for three o’clock of the company', async () => {
		await gate.gating.privacy.upkeep.planNight();
		await gate.gating.privacy.upkeep.planNight();
		expect(await jobsOf().runDue()).toBe(0);
		gate.clock.at = new Date('2026-03-03T02:00:01Z');
		expect(await jobsOf().runDue()).toBe(1);
		await gate.gating.privacy.upkeep.planNight();
		expect(await jobsOf().runDue()).toBe(0);
	});

	test.each([
		['events', 0],
		['events', 3_651],
		['events', 1.5],
		['everything', 30],
	])('%s for %s days is refused', async (rule, days) => {
		await expect(gate.gating.privacy.upkeep.setRetention(rule, days, BY)).rejects.toMatchObject({ code: 'invalid' });
	});
});

describe('another master key', () => {
	test('wraps everything anew while people come and go; then the old one leaves, and all opens, is found and verifies', async () => {
		const people = await Promise.all(['a', 'b', 'c'].map((name) => known(`${name}@plant.example`)));
		const token = signToken(gate.keys, 'preferences', people[0]?.personId ?? '', null);
		const rotated = rotatedRing(gate.keys.forThread(), systemRandom);
		gate.keys.replace(rotated);
		expect((await gate.gating.people.contact(people[0]?.personId ?? ''))?.name).toBe('Ada Keller');
		await known('new@plant.example');
		expect((await gate.gating.privacy.upkeep.keys()).keys).toEqual([
			{ id: 'k2', wraps: 1 },
			{ id: 'k1', wraps: 3 },
		]);
		await gate.gating.privacy.upkeep.planRekey();
		await Promise.all([jobsOf().runDue(), known('meanwhile@plant.example')]);
		expect(await gate.gating.privacy.upkeep.keys()).toMatchObject({ keys: [{ wraps: 5 }, { id: 'k1', wraps: 0 }], hasRoots: true, rotating: null });

		gate.keys.replace(rotated.filter(({ id }) => id !== 'k1'));
		for (const email of ['a', 'b', 'c', 'new', 'meanwhile'].map((name) => `${name}@plant.example`)) {
			const personId = (await personOf(email)) ?? '';
			expect(await gate.gating.people.contact(personId)).toMatchObject({ email, name: 'Ada Keller' });
			expect((await gate.gating.people.submissions(personId))[0]?.answers).toMatchObject({ email });
		}
		expect(await gate.gating.preferences.open(token)).toMatchObject({ status: 'open' });
		await gate.gating.privacy.upkeep.planRekey();
		expect(await jobsOf().runDue()).toBe(0);
	});

	test('is taken from the key file while everything runs, and a file that would find nobody is not', () => {
		const folder = mkdtempSync(join(tmpdir(), 'foyer-keys-'));
		try {
			const file = join(folder, 'foyer.keys');
			const ring = [{ id: 'k1', key: systemRandom(32) }];
			writeKeyFile(file, ring);
			const keys = createKeys(readKeyFile(file), systemRandom);
			const follow = followKeyFile(file, keys);
			expect(follow()).toBe(false);
			writeKeyFile(file, rotatedRing(ring, systemRandom));
			expect(follow()).toBe(true);
			expect(keys.ids()).toEqual(['k2', 'k1']);
			writeKeyFile(file, [{ id: 'k9', key: systemRandom(32) }]);
			expect(follow).toThrow('look-up');
			expect(keys.ids()).toEqual(['k2', 'k1']);
		} finally {
			rmSync(folder, { recursive: true });
		}
	});
});
