import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { listAudit } from '#kernel/audit.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '#kernel/clock.ts';
import { systemRandom } from '#kernel/id.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';

import { staffSession } from '../../gating/schema.ts';
import { createStaff, type Staff, type StaffDirectory, type StaffDoor } from '../../gating/staff/create-staff.ts';

const mara: Staff = { id: 'u1', name: 'Mara', role: 'marketer' };
let database: TestDatabase;
let staff: StaffDoor;
let at: number;
let asked: number;
/** What the directory says of Mara; null while it is down. */
let account: { role: Staff['role']; name: string } | 'gone' | null;

const directory: StaffDirectory = {
	signIn: async (email, password) => {
		if (account === null) return { status: 'unavailable' };
		if (email === 'api@halden.example') return { status: 'no-role' };
		return email === 'mara@halden.example' && password === 'right' ? { status: 'signed-in', staff: mara } : { status: 'refused' };
	},
	check: async () => {
		asked++;
		if (account === null) return { status: 'unavailable' };
		return account === 'gone' ? { status: 'gone' } : { status: 'active', email: '', language: null, ...account };
	},
};

beforeEach(async () => {
	database = await createTestDatabase();
	at = Date.parse('2026-03-02T08:00:00Z');
	asked = 0;
	account = { role: 'marketer', name: 'Mara' };
	staff = createStaff({ db: database.db, now: () => new Date(at), random: systemRandom, directory });
});
afterEach(() => database.close());

const signIn = async () => {
	const answer = await staff.signIn(' Mara@Halden.example ', 'right', '192.0.2.0');
	if (answer.status !== 'signed-in') throw new Error(answer.status);
	return answer.cookie.value;
};

describe('signing in', () => {
	test('opens a session of eight hours whose secret is not stored', async () => {
		const cookie = await signIn();
		expect(await staff.session(cookie)).toEqual(mara);
		expect(JSON.stringify(await database.db.read.select().from(staffSession))).not.toContain(cookie);
		account = null;
		at += 8 * HOUR_MS - 1;
		expect(await staff.session(cookie)).toEqual(mara);
		at += 1;
		expect(await staff.session(cookie)).toBeNull();
	});

	test.each([
		['mara@halden.example', 'wrong', 'refused'],
		['nobody@halden.example', 'right', 'refused'],
		['api@halden.example', 'right', 'no-role'],
	])('of %s with a %s password is %s', async (email, password, status) => expect(await staff.signIn(email, password, 'n')).toEqual({ status }));

	test('says that the directory is down', async () => {
		account = null;
		expect(await staff.signIn('mara@halden.example', 'right', 'n')).toEqual({ status: 'unavailable' });
	});

	test('has five tries at an account, from wherever', async () => {
		for (let tries = 0; tries < 5; tries++) expect(await staff.signIn('mara@halden.example', 'wrong', `n${tries}`)).toEqual({ status: 'refused' });
		expect(await staff.signIn('MARA@halden.example', 'right', 'n9')).toEqual({ status: 'slow-down', retryAfterSeconds: 900 });
		at += 15 * MINUTE_MS;
		expect((await staff.signIn('mara@halden.example', 'right', 'n9')).status).toBe('signed-in');
	});

	test('has twenty tries from a network, at whatever account', async () => {
		for (let tries = 0; tries < 20; tries++) expect(await staff.signIn(`x${tries}@halden.example`, 'wrong', 'n')).toEqual({ status: 'refused' });
		expect((await staff.signIn('mara@halden.example', 'right', 'n')).status).toBe('slow-down');
	});

	test('and out is on record', async () => {
		const cookie = await signIn();
		expect(await staff.signOut(cookie)).toEqual({ setCookies: [{ name: 'foyer_staff', value: '', maxAgeSeconds: 0, httpOnly: true }] });
		expect(await staff.session(cookie)).toBeNull();
		const entries = await listAudit(database.db.read, { limit: 10 });
		expect(entries.map(({ action, actor }) => [action, actor]).sort()).toEqual([
			['staff.sign-in', 'staff:u1'],
			['staff.sign-out', 'staff:u1'],
		]);
	});
});

describe('an open session', () => {
	test('is checked once a minute at most, however many requests come', async () => {
		const cookie = await signIn();
		at += MINUTE_MS - 1;
		await staff.session(cookie);
		expect(asked).toBe(0);
		at += 1;
		await Promise.all(Array.from({ length: 20 }, () => staff.session(cookie)));
		expect(asked).toBe(1);
	});

	test('takes a new role within a minute', async () => {
		const cookie = await signIn();
		account = { role: 'analyst', name: 'Mara B.' };
		at += MINUTE_MS;
		expect(await staff.session(cookie)).toEqual({ id: 'u1', name: 'Mara B.', role: 'analyst' });
		expect(await staff.session(cookie)).toMatchObject({ role: 'analyst' });
	});

	test('ends within a minute when the account is gone, and so do the others of that account', async () => {
		const [first, second] = [await signIn(), await signIn()];
		account = 'gone';
		at += MINUTE_MS;
		expect(await staff.session(first)).toBeNull();
		account = { role: 'marketer', name: 'Mara' };
		expect(await staff.session(second)).toBeNull();
	});

	test('goes on while the directory is down, which is asked once a minute', async () => {
		const cookie = await signIn();
		account = null;
		for (let seconds = 0; seconds < 300; seconds += 10) {
			at += 10 * SECOND_MS;
			expect(await staff.session(cookie)).toEqual(mara);
		}
		expect(asked).toBe(5);
	});

	test('is not opened by a made-up cookie', async () => {
		expect(await staff.session('A'.repeat(22))).toBeNull();
		expect(await staff.session(undefined)).toBeNull();
	});
});
