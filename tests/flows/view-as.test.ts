import { afterAll, beforeAll, expect, test } from 'vitest';

import { createGate } from '#tests/support/gate.ts';

type Gate = Awaited<ReturnType<typeof createGate>>;

let gate: Gate;
beforeAll(async () => {
	gate = await createGate();
});
afterAll(() => gate.database.close());

test('staff look through the eyes of a lead once somebody proved its address, and not before', async () => {
	const { forms, leads, profiles, access } = gate.gating;
	const browser = gate.browser();
	await forms.submit(gate.form(await browser.who(), { email: 'di@packline.example' }));
	const { items } = await leads.list({}, { actor: 'staff:mara', origin: '', seesPeople: true });
	expect(items).toHaveLength(1);
	const { id } = items[0]!;
	expect(await profiles.ofLead(id)).toBeNull();
	const token = await gate.deliver();
	expect((await access.confirm(token ?? '', await browser.use('di@packline.example'))).status).toBe('confirmed');
	expect(await profiles.ofLead(id)).not.toBeNull();
});
