import { and, eq, isNull } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { DAY_MS } from '#kernel/clock.ts';
import { createGate, type Gate } from '#tests/support/gate.ts';

import { sealProfile } from '../../gating/identity/person.ts';
import { disposition, event, lead, person, tagMark, workMove } from '../../gating/schema.ts';

let gate: Gate;
beforeEach(async () => {
	gate = await createGate();
	await gate.gating.scoring.start();
});
afterEach(() => gate.close());

const standing = { stage: 'mql', workingState: 'sales', owner: null, nextActionAt: null };

/** A lead that did something ten days ago, was handed over five days ago, and got a decision since. */
async function handedOver(n: number, type: 'download' | 'document.open', kind: string | null, reason = ''): Promise<string> {
	const { db, keys, clock } = gate;
	const [acted, given] = [new Date(clock.at.getTime() - 10 * DAY_MS), new Date(clock.at.getTime() - 5 * DAY_MS)];
	const [id, who] = [`l${n}`, `p${n}`];
	await db.write(async (tx) => {
		const numbers = { fit: 0, engagement: 0, total: 0, grade: 'D4', modelVersion: 1, scoredDay: '', hasDecay: true };
		const state = { stage: kind === null ? 'mql' : 'sql', workingState: 'sales', company: `Firm ${n}`, mailDomain: 'firm.example' };
		await tx.insert(lead).values({ id, ...state, ...numbers, lastActivityAt: acted, createdAt: acted });
		const dataKey = keys.newDataKey();
		const profile = sealProfile(keys, dataKey, { name: `Person ${n}`, email: `p${n}@firm.example`, company: `Firm ${n}` });
		await tx.insert(person).values({ id: who, leadId: id, firstLeadId: id, dataKey, profile, locale: 'en', timeZone: 'UTC', createdAt: acted });
		const of = { version: 1, receivedAt: acted, localDay: '2026-02-20', visitorId: null, personId: who, basis: 'consent' };
		await tx.insert(event).values({ id: `e${n}`, type, at: acted, subject: 'white_papers:p1', props: {}, ...of });
		const line = { leadId: id, from: 'open', to: 'sales', cause: 'rule:standard', evidence: { kind: 'handed-over' } };
		await tx.insert(workMove).values({ id: `m${n}`, ...line, at: given });
		if (kind === null) return;
		const at = new Date(given.getTime() + DAY_MS);
		await tx
			.insert(disposition)
			.values({ id: `d${n}`, personId: who, leadId: id, kind, reason, by: 'staff:s', at, before: standing, after: standing });
	});
	return id;
}

describe('rule precision', () => {
	test('goes by the receipt of the moment of hand-over, and by what was decided after it', async () => {
		await handedOver(1, 'download', 'accepted');
		await handedOver(2, 'download', 'returned', 'too-early');
		const open = await handedOver(3, 'document.open', null);
		await gate.db.write(async (tx) => {
			const at = new Date(gate.clock.at.getTime() - DAY_MS);
			const late = { type: 'download', version: 1, at, receivedAt: at, localDay: '2026-03-01', visitorId: null, props: {}, basis: 'consent' };
			await tx.insert(event).values({ id: 'later', personId: 'p3', subject: 'white_papers:p2', ...late });
		});
		const { acceptance } = gate.gating;
		const { rules, ...rest } = await acceptance.precision();
		expect(rest).toMatchObject({ handedOver: 3, decided: 2, accepted: 1, base: 0.5, reasons: { returned: [{ reason: 'too-early', count: 1 }] } });
		expect(rules.find(({ rule }) => rule === 'paper-downloaded')).toMatchObject({ held: 2, accepted: 1, notAccepted: 1 });
		expect(rules.find(({ rule }) => rule === 'document-opened')).toMatchObject({ held: 1, open: 1 });
		expect((await acceptance.handOvers({ rule: 'document-opened' })).map(({ leadId }) => leadId)).toEqual([open]);
	});

	test('leaves out what sales fetched itself, and what was undone', async () => {
		await handedOver(1, 'download', 'accepted');
		await handedOver(2, 'download', 'accepted');
		await handedOver(3, 'download', 'returned', 'other');
		await gate.db.write(async (tx) => {
			await tx
				.update(workMove)
				.set({ evidence: { kind: 'accepted' } })
				.where(eq(workMove.id, 'm1'));
			await tx.update(workMove).set({ cause: 'undone:d9', evidence: {} }).where(eq(workMove.id, 'm2'));
			await tx.update(disposition).set({ undoneAt: gate.clock.at }).where(eq(disposition.id, 'd3'));
		});
		expect(await gate.gating.acceptance.precision()).toMatchObject({ handedOver: 1, decided: 0, base: null });
	});
});

describe('the chance of acceptance', () => {
	const LEADS = 100;
	const marks = () =>
		gate.db.read
			.select()
			.from(tagMark)
			.where(and(eq(tagMark.tag, 'likely-accepted'), isNull(tagMark.removedAt)));

	test('is not said before there is enough to learn from', async () => {
		await handedOver(1, 'download', 'accepted');
		expect(await gate.gating.acceptance.learn()).toBeNull();
		expect(await gate.gating.acceptance.model()).toBeNull();
		expect(await gate.gating.acceptance.chanceOf('l1')).toBeNull();
		expect(await gate.gating.acceptance.missing()).toMatchObject({ decided: 79, accepted: 19 });
	});

	test('is learnt, told of a lead, and put on likely MQLs as a tag; score and stage stay as they are', { timeout: 60_000 }, async () => {
		const { acceptance, scoring, tags } = gate.gating;
		for (let n = 0; n < LEADS; n++) {
			const isDownload = n % 2 === 0;
			const isOdd = n % 20 < 2;
			await handedOver(
				n,
				isDownload ? 'download' : 'document.open',
				isDownload === isOdd ? 'returned' : 'accepted',
				isDownload === isOdd ? 'other' : '',
			);
		}
		const [likely, unlikely] = [await handedOver(500, 'download', null), await handedOver(501, 'document.open', null)];
		while ((await scoring.runDue()) > 0);
		await gate.db.write((tx) => tx.update(lead).set({ stage: 'mql' }).where(eq(lead.id, likely)));
		const before = await gate.db.read.select().from(lead).where(eq(lead.id, likely));

		expect(await acceptance.learn()).toBe(1);
		expect(await acceptance.model()).toMatchObject({ version: 1, isUseful: true, cases: LEADS });
		const [one, other] = [await acceptance.chanceOf(likely), await acceptance.chanceOf(unlikely)];
		expect(one?.chance ?? 0).toBeGreaterThan((other?.chance ?? 1) + 0.3);
		expect(one).toMatchObject({ version: 1, trainedAt: gate.clock.at });
		expect((await marks()).map(({ personId, source }) => [personId, source])).toEqual([['p500', 'model:1']]);
		expect((await tags.ofLead(likely)).marked).toMatchObject([{ code: 'likely-accepted', source: 'model:1', holds: true }]);
		expect(await gate.db.read.select().from(lead).where(eq(lead.id, likely))).toEqual(before);
		await expect(tags.put('likely-accepted', { leadId: unlikely }, { actor: 'staff:m', origin: '', seesPeople: true })).rejects.toMatchObject({
			code: 'invalid',
		});

		expect(await acceptance.learn()).toBe(2);
		expect((await marks()).map(({ source }) => source)).toEqual(['model:2']);
	});
});
