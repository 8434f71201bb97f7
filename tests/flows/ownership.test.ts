import { isNull } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { SECOND_MS } from '#kernel/clock.ts';
import { stepsOf } from '#tests/support/gate-steps.ts';
import { createGate, type Gate } from '#tests/support/gate.ts';
import { runs } from '#tests/support/runs.ts';

import { event, fileOpening, formSubmission, lead, merge, person, visitor as visitors } from '../../gating/schema.ts';

const PEOPLE = ['ada', 'ben', 'cleo'] as const;
const BROWSERS = 3;
const STAFF = { actor: 'staff:u1', origin: '', seesPeople: true };

const who = { person: fc.nat(PEOPLE.length - 1), browser: fc.nat(BROWSERS - 1) };
const act = fc.oneof(
	fc.record({ kind: fc.constantFrom('agree' as const, 'view' as const, 'sign-out' as const), browser: who.browser }),
	fc.record({ kind: fc.constantFrom('form' as const, 'ask' as const, 'link' as const, 'code' as const), ...who }),
	fc.record({ kind: fc.constant('merge' as const), into: who.person, from: who.person }),
	fc.record({ kind: fc.constant('undo' as const), which: fc.nat(4) }),
);

test('any order of verified acts, sign-outs, merges and undos leaves each event with one owner and every receipt adding up', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 24 }), async (acts) => {
			const gate = await createGate();
			try {
				await play(gate, acts);
				await expectSums(gate);
			} finally {
				await gate.close();
			}
		}),
		{ numRuns: runs(20) },
	);
}, 120_000);

type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

async function play(gate: Gate, acts: readonly Act[]): Promise<void> {
	const steps = stepsOf(gate);
	const { access, leads, visitors: known, scoring } = gate.gating;
	const browsers = Array.from({ length: BROWSERS }, () => gate.browser());
	const mailOf = (name: string) => `${name}@works.example`;
	const lastMail = (name: string) => gate.mails.findLast(({ to }) => to === mailOf(name))?.text ?? '';
	const owners = new Map<string, string>();
	for (const each of acts) {
		gate.pass(SECOND_MS);
		if (each.kind === 'merge') {
			const rows = await gate.db.read.select().from(person).orderBy(person.createdAt);
			const [into, from] = [rows[each.into]?.leadId, rows[each.from]?.leadId];
			if (into && from) await leads.merge(into, from, STAFF).catch(refused);
		} else if (each.kind === 'undo') {
			const journal = await gate.db.read.select().from(merge).orderBy(merge.at);
			const line = journal[each.which];
			if (line) await leads.undoMerge(line.id, STAFF).catch(refused);
		} else {
			const browser = browsers[each.browser]!;
			const name = 'person' in each ? PEOPLE[each.person]! : PEOPLE[0];
			if (each.kind === 'agree') await steps.agree(browser);
			if (each.kind === 'view') await steps.view(browser);
			if (each.kind === 'sign-out') browser.take((await known.signOut(browser.cookies)).setCookies);
			if (each.kind === 'form') await steps.submitAndMail(browser, { name, email: mailOf(name) });
			if (each.kind === 'ask') {
				await access.ask({ email: mailOf(name), subject: 'pass', locale: 'en', visitor: await browser.who(), network: null, honeypot: '' });
				await gate.deliver();
			}
			if (each.kind === 'link') await steps.confirm(browser, /\/c\/(\S+)/.exec(lastMail(name))?.[1] ?? '', mailOf(name));
			if (each.kind === 'code') {
				const typed = /^\d{6}$/m.exec(lastMail(name))?.[0] ?? '';
				const outcome = await access.enterCode({ code: typed, visitor: await browser.who(), network: null });
				if (outcome.status === 'confirmed') browser.take(outcome.setCookies);
			}
		}
		for (const { id, personId } of await gate.db.read.select({ id: event.id, personId: event.personId }).from(event)) {
			if (personId === null) expect(owners.has(id)).toBe(false);
			else expect(owners.get(id) ?? personId).toBe(personId);
			if (personId !== null) owners.set(id, personId);
		}
	}
	while ((await scoring.runDue()) > 0);
}

/** Each event counts for the lead of its owner and no other, browsers have the owner of their events, and totals are the sums of the lines shown. */
async function expectSums(gate: Gate): Promise<void> {
	const events = await gate.db.read.select().from(event);
	const browsers = new Map((await gate.db.read.select().from(visitors)).map(({ id, personId }) => [id, personId]));
	for (const { visitorId, personId, type } of events) {
		if (type === 'page.view' && visitorId !== null && browsers.has(visitorId)) expect(browsers.get(visitorId) ?? null).toBe(personId);
	}
	let counted = 0;
	for (const { id } of await gate.db.read.select().from(lead).where(isNull(lead.mergedInto))) {
		const receipt = await gate.gating.leads.receipt(id);
		if (!receipt) throw new Error('a standing lead has no receipt');
		const lines = [...receipt.fit.lines, ...receipt.engagement.lines];
		expect(lines.reduce((sum, { points }) => sum + points, 0)).toBe(receipt.total);
		const { items = [] } = (await gate.gating.leads.timeline(id, STAFF, { kinds: ['did', 'form', 'file'], limit: 200 })) ?? {};
		counted += items.filter(({ source, type }) => source !== 'event' || isShownAsItself(type)).length;
	}
	// Submissions and opened files stand for the events they led to.
	const others = (await gate.db.read.$count(formSubmission)) + (await gate.db.read.$count(fileOpening));
	expect(counted).toBe(events.filter(({ personId, type }) => personId !== null && isShownAsItself(type)).length + others);
}

const isShownAsItself = (type: string): boolean => type !== 'form.submitted' && type !== 'download';

function refused(error: unknown): void {
	expect(['conflict', 'not-found']).toContain((error as { code?: string }).code);
}
