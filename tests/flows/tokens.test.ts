import { afterEach, beforeEach, expect, test } from 'vitest';

import { DAY_MS } from '#kernel/clock.ts';
import { audit } from '#kernel/schema.ts';
import { createGate, type Gate } from '#tests/support/gate.ts';

const admin = { actor: 'staff:a', origin: '192.0.2.0', seesPeople: true };
let gate: Gate;
beforeEach(async () => {
	gate = await createGate();
});
afterEach(() => gate.close());

const tokens = () => gate.gating.tokens;
const make = (over = {}) => tokens().create({ name: 'CRM', rights: ['leads.list'], expiresAt: null, ...over }, admin);

test('a token allows what it was made for and nothing else', async () => {
	const holder = tokens().holder(await make());
	expect(holder?.actor).toBe('api:CRM');
	expect([holder?.may('leads.list'), holder?.may('people.read'), holder?.may('submissions.send')]).toEqual([true, false, false]);
});

test('its secret is kept nowhere', async () => {
	const secret = await make();
	expect(JSON.stringify(await tokens().list())).not.toContain(secret);
	expect(gate.bytes()).not.toContain(secret);
});

test('an unknown, changed, ended or revoked one opens nothing', async () => {
	const secret = await make({ expiresAt: new Date(gate.clock.at.getTime() + DAY_MS) });
	expect(tokens().holder(`${secret}x`)).toBeNull();
	expect(tokens().holder('')).toBeNull();
	gate.pass(DAY_MS);
	expect(tokens().holder(secret)).toBeNull();
	const other = await make({ name: 'Reports' });
	const [{ id } = { id: '' }] = await tokens().list();
	await tokens().revoke(id, admin);
	expect(tokens().holder(other)).toBeNull();
	await expect(tokens().revoke(id, admin)).rejects.toMatchObject({ code: 'not-found' });
});

test('making and revoking are on record, without the secret', async () => {
	const secret = await make();
	const [{ id } = { id: '' }] = await tokens().list();
	await tokens().revoke(id, admin);
	const rows = await gate.db.read.select().from(audit);
	expect(rows.map(({ action, actor }) => `${actor} ${action}`)).toEqual(['staff:a token.create', 'staff:a token.revoke']);
	expect(JSON.stringify(rows)).not.toContain(secret);
});

test('its last use is known by the day', async () => {
	const secret = await make();
	tokens().holder(secret);
	await gate.db.write(async () => undefined);
	expect(await tokens().list()).toMatchObject([{ usedDay: '2026-03-02' }]);
});

test.each([
	['no name', { name: ' ' }, 'name', 'required'],
	['too long a name', { name: 'x'.repeat(61) }, 'name', 'too-long'],
	['a control character', { name: 'CRM\u0007' }, 'name', 'characters'],
	['a name in use', { name: 'Used' }, 'name', 'taken'],
	['no right', { rights: [] }, 'rights', 'required'],
	['a right that is none', { rights: ['all'] }, 'rights', 'choice'],
	['what only a person can do', { rights: ['scoring.sign-sales'] }, 'rights', 'choice'],
	['an end that is past', { expiresAt: new Date('2026-03-01') }, 'expires', 'date-past'],
])('%s is refused', async (_what, over, field, code) => {
	await make({ name: 'Used' });
	await expect(make(over)).rejects.toMatchObject({ code: 'invalid', fields: [{ field, code }] });
});
