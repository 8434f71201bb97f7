import { count } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { MINUTE_MS } from '#kernel/clock.ts';
import { outbox } from '#kernel/schema.ts';
import type { SubmitInput, SubmitOutcome } from '#gating';
import { createGate, type Gate } from '#tests/support/gate.ts';
import { proofFor } from '#tests/support/proof.ts';

import { formSubmission, lead, person } from '../../gating/schema.ts';

const WAVE = 10_000;
/** The wave takes ten minutes, so it meets two windows of counting. */
const STEP_MS = (10 * MINUTE_MS) / WAVE;
const NETWORK = '203.0.113.0/24';

let gate: Gate;
beforeEach(async () => {
	gate = await createGate();
});
afterEach(() => gate.close());

const kindOf = (outcome: SubmitOutcome): string => ('needsProof' in outcome && outcome.needsProof ? 'proof' : outcome.status);
const rows = async () => ({
	persons: await countOf(person),
	leads: await countOf(lead),
	submissions: await countOf(formSubmission),
	mails: await countOf(outbox),
});
async function countOf(table: typeof person | typeof lead | typeof formSubmission | typeof outbox): Promise<number> {
	const [row] = await gate.db.read.select({ rows: count() }).from(table);
	return row?.rows ?? 0;
}

async function send(email: string, network: string, more: Partial<SubmitInput> = {}): Promise<string> {
	return kindOf(await gate.gating.forms.submit(gate.form(await gate.browser().who(), { email }, { network, ...more })));
}

/** Counts of outcomes of a whole wave; `network` names where each comes from. */
async function wave(network: (at: number) => string, between: (at: number) => Promise<void> = async () => undefined) {
	const outcomes = new Map<string, number>();
	for (let at = 0; at < WAVE; at++) {
		const kind = await send(`bot${at}@wave-${at % 97}.example`, network(at));
		outcomes.set(kind, (outcomes.get(kind) ?? 0) + 1);
		gate.pass(STEP_MS);
		await between(at);
	}
	return outcomes;
}

describe(`${WAVE} forms within ten minutes`, () => {
	test('from one network leave a handful of leads and mails, and nobody else notices', async () => {
		const others: string[] = [];
		const outcomes = await wave(
			() => NETWORK,
			async (at) => {
				if (at % 2_500 === 0) others.push(await send(`ada${at}@packline.example`, `198.51.${100 + at / 2_500}.0/24`));
			},
		);
		expect(others).toEqual(others.map(() => 'confirmation-sent'));
		const kept = outcomes.get('confirmation-sent') ?? 0;
		expect(kept).toBeLessThanOrEqual(10);
		const stored = { persons: kept + others.length, leads: kept + others.length, submissions: kept + others.length, mails: kept + others.length };
		expect(await rows()).toEqual(stored);
	}, 120_000);

	test('from all networks of a /16 leave few; a visitor from another network notices nothing, one from within works for it', async () => {
		const others: string[] = [];
		const within: string[] = [];
		const outcomes = await wave(
			(at) => `203.0.${at % 256}.0/24`,
			async (at) => {
				if (at % 2_500 === 0) others.push(await send(`ada${at}@packline.example`, `198.51.${100 + at / 2_500}.0/24`));
				if (at !== 5_000) return;
				const proof = await proofFor(await gate.gating.forms.issueProof('paper-default'));
				const proved = { trap: { honeypot: '', challenge: null, proof } };
				within.push(await send('eva@packline.example', '203.0.7.0/24'));
				within.push(await send('eva@packline.example', '203.0.7.0/24', proved));
				within.push(await send('other@packline.example', '203.0.7.0/24', proved));
			},
		);
		expect(others).toEqual(others.map(() => 'confirmation-sent'));
		expect(within).toEqual(['proof', 'confirmation-sent', 'proof']);
		expect(outcomes.get('confirmation-sent') ?? 0).toBeLessThanOrEqual(120);
		const { leads, mails } = await rows();
		expect(Math.max(leads, mails)).toBeLessThanOrEqual(120 + others.length + 1);
	}, 120_000);

	test('from everywhere at once are bounded, too', async () => {
		const outcomes = await wave((at) => `${1 + (at % 200)}.${Math.floor(at / 200)}.1.0/24`);
		expect(outcomes.get('confirmation-sent') ?? 0).toBeLessThanOrEqual(2_400);
	}, 120_000);
});

test('whoever waits may send again without a proof', async () => {
	for (let at = 0; at < 5; at++) await send(`a${at}@packline.example`, NETWORK);
	expect(await send('ada@packline.example', NETWORK)).toBe('proof');
	gate.pass(10 * MINUTE_MS);
	expect(await send('ada@packline.example', NETWORK)).toBe('confirmation-sent');
});

test('a verified person is never asked for a proof', async () => {
	const browser = gate.browser();
	await gate.gating.forms.submit(gate.form(await browser.who()));
	const outcome = await gate.gating.access.confirm((await gate.deliver()) ?? '', await browser.use());
	if (outcome.status === 'confirmed') browser.take(outcome.setCookies);
	for (let at = 0; at < 8; at++) await send(`a${at}@packline.example`, NETWORK);
	const own = gate.form(await browser.who(), {}, { answers: {}, network: NETWORK, subject: 'white_papers:p2' });
	expect((await gate.gating.forms.submit(own)).status).toBe('granted');
});

test('a browser that runs our script and yet fetched no token works for it', async () => {
	const trap = { honeypot: '', challenge: null, isScripted: true };
	expect(await send('ada@packline.example', NETWORK, { trap })).toBe('proof');
	const challenge = gate.gating.forms.issueChallenge();
	expect(await send('ada@packline.example', NETWORK, { trap: { ...trap, challenge } })).toBe('confirmation-sent');
});

describe('the same form', () => {
	const key = 'one-click';
	test('sent a hundred times at once under one key is one submission and one mail', async () => {
		const who = await gate.browser().who();
		const outcomes = await Promise.all(
			Array.from({ length: 100 }, (_, at) =>
				gate.gating.forms.submit(gate.form(who, {}, { idempotencyKey: key, network: `198.51.${at}.0/24` })).then(kindOf, () => 'failed'),
			),
		);
		expect(outcomes.filter((outcome) => outcome === 'confirmation-sent')).not.toHaveLength(0);
		expect(outcomes.filter((outcome) => outcome === 'failed')).toEqual([]);
		expect(await rows()).toEqual({ persons: 1, leads: 1, submissions: 1, mails: 1 });
	});

	test('sent twice in a moment without a key is one, and a second one later', async () => {
		const who = await gate.browser().who();
		for (let at = 0; at < 3; at++) expect((await gate.gating.forms.submit(gate.form(who))).status).toBe('confirmation-sent');
		expect((await rows()).submissions).toBe(1);
		gate.pass(MINUTE_MS);
		await gate.gating.forms.submit(gate.form(who));
		expect((await rows()).submissions).toBe(2);
	});

	test('of many people at once is kept of each', async () => {
		const who = await gate.browser().who();
		const outcomes = await Promise.all(
			Array.from({ length: 300 }, (_, at) =>
				gate.gating.forms
					.submit(gate.form(who, { email: `p${at}@packline.example` }, { idempotencyKey: `k${at}`, network: `10.${at}.0.0/24` }))
					.then(kindOf),
			),
		);
		expect(outcomes.filter((outcome) => outcome !== 'confirmation-sent')).toEqual([]);
		expect(await rows()).toEqual({ persons: 300, leads: 300, submissions: 300, mails: 300 });
	});
});
