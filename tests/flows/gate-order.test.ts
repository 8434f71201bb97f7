import fc from 'fast-check';
import { count, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { MINUTE_MS } from '#kernel/clock.ts';
import { newId, systemRandom } from '#kernel/id.ts';
import { createGate, type Gate } from '#tests/support/gate.ts';

import { event, formSubmission, lead, person, visitor as visitors } from '../../gating/schema.ts';

const NAMES = ['ada', 'ben', 'cem'];

let gate: Gate;
beforeAll(async () => {
	gate = await createGate();
});
afterAll(() => gate.close());

type Act = { readonly kind: 'agree' | 'view' | 'submit' | 'confirm' | 'sign-out'; readonly browser: number; readonly who: number };

const act: fc.Arbitrary<Act> = fc.record({
	kind: fc.constantFrom('agree' as const, 'view' as const, 'view' as const, 'submit' as const, 'confirm' as const, 'sign-out' as const),
	browser: fc.nat(1),
	who: fc.nat(NAMES.length - 1),
});

/** One database serves all runs: the people of each run work for a company of their own. */
async function play(run: number, acts: readonly Act[], check: () => Promise<void>): Promise<void> {
	const browsers = [gate.browser(), gate.browser()];
	const tokens = new Map<number, string>();
	for (const { kind, browser: which, who } of acts) {
		gate.pass(MINUTE_MS);
		const browser = browsers[which]!;
		const visitor = await browser.who();
		switch (kind) {
			case 'agree':
				browser.take(
					(await gate.gating.consents.answer({ purposes: ['analytics'], locale: 'en', channel: 'direct', visitor, firstTouch: {} })).setCookies,
				);
				break;
			case 'view': {
				if (visitor.visitorId === null) break;
				const at = gate.clock.at;
				const row = { type: 'page.view', version: 1, at, receivedAt: at, localDay: '2026-03-02', subject: '', props: {}, basis: 'consent' };
				await gate.db.write(
					async (tx) =>
						void (await tx.insert(event).values({ ...row, id: newId(at, systemRandom), visitorId: visitor.visitorId, personId: visitor.personId })),
				);
				break;
			}
			case 'submit': {
				const before = gate.mails.length;
				await gate.gating.forms.submit(gate.form(visitor, { email: `${NAMES[who] ?? ''}@works-${run}.example` }));
				const token = await gate.deliver();
				if (token !== null && gate.mails.length > before) tokens.set(who, token);
				break;
			}
			case 'confirm': {
				const outcome = await gate.gating.access.confirm(tokens.get(who) ?? '', { visitor, email: null, network: null });
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
		const owners = new Map<string, string>();
		const keep = ({ id, personId }: { readonly id: string; readonly personId: string | null }) => {
			if (personId === null) return;
			expect(owners.get(id) ?? personId).toBe(personId);
			owners.set(id, personId);
		};
		let runs = 0;
		await fc.assert(
			fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 14 }), async (acts) => {
				await play(++runs, acts, async () => {
					for (const row of await gate.db.read.select({ id: visitors.id, personId: visitors.personId }).from(visitors)) keep(row);
					for (const row of await gate.db.read.select({ id: event.id, personId: event.personId }).from(event)) keep(row);
				});
			}),
			{ numRuns: 25 },
		);
		const views = await gate.db.read
			.select({ ofEvent: event.personId, ofBrowser: visitors.personId })
			.from(event)
			.innerJoin(visitors, eq(visitors.id, event.visitorId))
			.where(eq(event.basis, 'consent'));
		expect(views.length).toBeGreaterThan(0);
		for (const { ofEvent, ofBrowser } of views) expect(ofEvent).toBe(ofBrowser);
		const people = await gate.db.read.select({ leadId: person.leadId }).from(person);
		expect(people.length).toBeLessThanOrEqual(runs * NAMES.length);
		expect(new Set(people.map(({ leadId }) => leadId)).size).toBe(people.length);
	});
});

describe('many at one instant', () => {
	test('none is lost and none doubled', async () => {
		const tables = [person, lead, formSubmission, event];
		const sizes = async () => (await Promise.all(tables.map((table) => gate.db.read.select({ n: count() }).from(table)))).map(([row]) => row?.n ?? 0);
		const [before, mailed] = [await sizes(), gate.mails.length];
		const who = await gate.browser().who();
		const people = Array.from({ length: 40 }, (_, i) => gate.form(who, { email: `p${i}@packline.example` }, { idempotencyKey: `key-${i}` }));
		const outcomes = await Promise.all([...people, ...people].map((form) => gate.gating.forms.submit(form)));
		expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['confirmation-sent']));
		expect((await sizes()).map((size, index) => size - (before[index] ?? 0))).toEqual([40, 40, 40, 40]);
		await gate.deliver();
		const sent = gate.mails.slice(mailed).map(({ to }) => to);
		expect(sent).toHaveLength(40);
		expect(new Set(sent).size).toBe(40);
	});
});
