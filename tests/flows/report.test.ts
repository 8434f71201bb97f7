import { afterEach, beforeEach, expect, test } from 'vitest';

import { mailboxMailer } from '#kernel/mailer.ts';
import { enqueue } from '#kernel/outbox.ts';
import { systemRandom } from '#kernel/id.ts';
import { createGate, type Gate } from '#tests/support/gate.ts';
import { stepsOf } from '#tests/support/gate-steps.ts';

const HOUR_MS = 3_600_000;
let gate: Gate;
beforeEach(async () => {
	gate = await createGate();
});
afterEach(() => gate.database.close());

const keep = async (personId: string, subject: string) => {
	const mailer = mailboxMailer({
		db: gate.db,
		now: () => gate.clock.at,
		random: systemRandom,
		seal: (id, text) => gate.gating.people.seal(id ?? '', 'mailbox', text),
	});
	await mailer.send({ to: 'ada.keller@packline.example', subject, text: subject, html: `<p>${subject}</p>`, messageId: subject }, personId);
	gate.pass(1_000);
};

async function aPerson(): Promise<string> {
	const { outcome } = await stepsOf(gate).submitAndMail();
	if (outcome.status !== 'confirmation-sent') throw new Error(outcome.status);
	return outcome.personId;
}

test('a lead counts as new until midnight of the company', async () => {
	await aPerson();
	expect(await gate.gating.report.overview()).toMatchObject({ newToday: 1, leads: 1, mqls: 0, quarantined: 0 });
	gate.pass(14 * HOUR_MS);
	expect((await gate.gating.report.overview()).newToday).toBe(0);
});

test('kept mails are read newest first, page by page, and cannot be opened once their receiver is erased', async () => {
	const personId = await aPerson();
	for (const subject of ['one', 'two', 'three']) await keep(personId, subject);
	const first = await gate.gating.report.mails({ cursor: null, limit: 2 });
	expect(first.mails.map(({ mail }) => mail?.subject)).toEqual(['three', 'two']);
	const second = await gate.gating.report.mails({ cursor: first.nextCursor, limit: 2 });
	expect(second.mails.map(({ mail }) => mail?.subject)).toEqual(['one']);
	expect(second.nextCursor).toBeNull();

	const id = first.mails[0]?.id ?? '';
	expect((await gate.gating.report.mail(id))?.mail?.html).toBe('<p>three</p>');
	await gate.gating.privacy.erase(personId, 'staff:x');
	expect((await gate.gating.report.mail(id))?.mail ?? null).toBeNull();
});

test('the audit log is read newest first, of all or of one subject', async () => {
	const entry = { actor: 'staff:x', origin: '', detail: {} };
	for (const subject of ['lead:1', 'lead:2', 'lead:1']) {
		await gate.gating.report.note({ ...entry, action: 'lead.read', subject });
		gate.pass(1_000);
	}
	const page = await gate.gating.report.audit({ subject: null, cursor: null, limit: 2 });
	expect(page.entries.map(({ subject }) => subject)).toEqual(['lead:1', 'lead:2']);
	expect((await gate.gating.report.audit({ subject: null, cursor: page.nextCursor, limit: 2 })).entries).toHaveLength(1);
	expect((await gate.gating.report.audit({ subject: 'lead:2', cursor: null, limit: 10 })).entries).toHaveLength(1);
});

test('what waits is listed by when it is due', async () => {
	await gate.db.write(async (tx) => {
		for (const [key, minutes] of [
			['later', 30],
			['sooner', 5],
		] as const)
			await enqueue(tx, { kind: 'mail', key, payload: {}, dueAt: new Date(gate.clock.at.getTime() + minutes * 60_000) }, gate.clock.at, systemRandom);
	});
	expect((await gate.gating.report.waiting(10)).map(({ key }) => key)).toEqual(['sooner', 'later']);
});
