import fc from 'fast-check';
import { count, eq, isNotNull } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';

import { MINUTE_MS } from '#kernel/clock.ts';
import { newId, systemRandom } from '#kernel/id.ts';
import { createGate, type Gate } from '#tests/support/gate.ts';

import { event, formSubmission, lead, person, visitor as visitors } from '../../gating/schema.ts';

const MAILS = ['ada@packline.example', 'ben@packline.example', 'cem@rotorwerk.example'];

type Act = { readonly kind: 'agree' | 'view' | 'submit' | 'confirm' | 'sign-out'; readonly browser: number; readonly who: number };

const act: fc.Arbitrary<Act> = fc.record({
	kind: fc.constantFrom('agree' as const, 'view' as const, 'view' as const, 'submit' as const, 'confirm' as const, 'sign-out' as const),
	browser: fc.nat(1),
	who: fc.nat(MAILS.length - 1),
});

async function play(gate: Gate, acts: readonly Act[], check: () => Promise<void>): Promise<void> {
	const browsers = [gate.browser(), gate.browser()];
	const tokens = new Map<number, string>();
	for (const { kind, browser: which, who } of acts) {
		gate.pass(MINUTE_MS);
		const browser = browsers[which]!;
		const visitor = await browser.who();
		switch (kind) {
			case 'agree':
				browser.take((await gate.gating.consents.answer({ purposes: ['analytics'], locale: 'en', channel: 'direct', visitor, firstTouch: {} })).setCookies);
				break;
			case 'view': {
				if (visitor.visitorId === null) break;
				const at = gate.clock.at;
				const row = { type: 'page.view', version: 1, at, receivedAt: at, localDay: '2026-03-02', subject: '', props: {}, basis: 'consent' };
				await gate.db.write(async (tx) => void (await tx.insert(event).values({ ...row, id: newId(at, systemRandom), visitorId: visitor.visitorId, personId: visitor.personId })));
				break;
			}
			case 'submit': {
				const before = gate.mails.length;
				await gate.gating.forms.submit(gate.form(visitor, { email: MAILS[who] ?? '' }));
				const token = await gate.deliver();
				if (token !== null && gate.mails.length > before) tokens.set(who, token);
				break;
			}
			case 'confirm': {
				const outcome = await gate.gating.access.confirm(tokens.get(who) ?? '', visitor);
				if (outcome.status === 'confirmed') browser.take(outcome.setCookies);
				break;
			}
			case 'sign-out':
				browser.take((await gate.gating.visitors.signOut(browser.cookies)).setCookies);
		}
		await check();
	}
}

describe('whatever people do in whatever order', () => {
	test('an owner once found never changes, of a browser or of an event, and one mail is one person', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 14 }), async (acts) => {
				const gate = await createGate();
				const owners = new Map<string, string>();
				const keep = (id: string, owner: string) => {
					expect(owners.get(id) ?? owner).toBe(owner);
					owners.set(id, owner);
				};
				try {
					await play(gate, acts, async () => {
						for (const row of await gate.db.read.select().from(visitors).where(isNotNull(visitors.personId))) keep(row.id, row.personId ?? '');
						for (const row of await gate.db.read.select().from(event).where(isNotNull(event.personId))) keep(row.id, row.personId ?? '');
					});
					const joined = await gate.db.read.select({ ofEvent: event.personId, ofBrowser: visitors.personId }).from(event).innerJoin(visitors, eq(visitors.id, event.visitorId)).where(eq(event.basis, 'consent'));
					for (const { ofEvent, ofBrowser } of joined) expect(ofEvent).toBe(ofBrowser);
					const people = await gate.db.read.select().from(person);
					expect(people.length).toBeLessThanOrEqual(MAILS.length);
					expect(new Set(people.map(({ leadId }) => leadId)).size).toBe(people.length);
				} finally {
					await gate.close();
				}
			}),
			{ numRuns: 25 },
		);
	});
});

describe('many at one instant', () => {
	test('none is lost and none doubled', async () => {
		const gate = await createGate();
		const who = await gate.browser().who();
		const people = Array.from({ length: 40 }, (_, i) => gate.form(who, { email: `p${i}@packline.example` }, { idempotencyKey: `key-${i}` }));
		const outcomes = await Promise.all([...people, ...people].map((form) => gate.gating.forms.submit(form)));
		expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['confirmation-sent']));
		const rows = await Promise.all([person, lead, formSubmission, event].map((table) => gate.db.read.select({ n: count() }).from(table)));
		expect(rows.map(([row]) => row?.n)).toEqual([40, 40, 40, 40]);
		await gate.deliver();
		expect(new Set(gate.mails.map(({ to }) => to)).size).toBe(40);
		expect(gate.mails).toHaveLength(40);
		await gate.close();
	});
});
