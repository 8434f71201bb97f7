import { isNull } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import type { Snapshot } from '#cms/content.ts';
import { systemRandom } from '#kernel/id.ts';
import { INDUSTRIES, keys, NOW, seedAudience, SUBJECTS, TYPES } from '#tests/support/audience.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { aSite, createGate, type Gate } from '#tests/support/gate.ts';
import { stepsOf } from '#tests/support/gate-steps.ts';

import { lead, person } from '../../gating/schema.ts';
import { matching } from '../../gating/tag/compile.ts';
import {
	allOf,
	condition,
	type Condition,
	type Conditions,
	EVERYBODY,
	type Field,
	FIELDS,
	KIND_OF,
	requireConditions,
} from '../../gating/tag/condition.ts';
import { contextOf } from '../../gating/tag/context.ts';
import { createTags } from '../../gating/tag/create-tags.ts';
import { DEFAULT_TAGS } from '../../gating/tag/defaults.ts';
import { factsOf } from '../../gating/tag/facts.ts';
import { holds } from '../../gating/tag/holds.ts';
import { planOf } from '../../gating/tag/plan.ts';

const VALUES: Readonly<Partial<Record<Field, readonly string[]>>> = {
	stage: ['suspect', 'prospect', 'identified', 'mql'],
	grade: ['A1', 'A2', 'B1', 'C3', 'D4'],
	state: ['open', 'sales', 'quarantine'],
	tag: ['key-account', 'met-in-person', 'customer', 'active-30', 'quiet-90', 'downloader', 'webinar-missed', 'no-such-tag'],
	'account-status': ['prospect', 'customer'],
	'account-industry': INDUSTRIES,
	'account-size': ['250-999', '1-9'],
	'account-country': ['CH', 'DE'],
	country: ['CH', 'CN', 'DE'],
	industry: INDUSTRIES,
	role: ['engineering', 'purchasing', 'maintenance'],
	seniority: ['head', 'student'],
	consent: ['marketing.email', 'profiling', 'analytics'],
	did: TYPES,
	webinar: ['registered', 'attended', 'missed'],
	channel: ['fair', 'mail', 'search'],
	import: ['list', 'other'],
};
const ABOUT = ['', 'white_papers', 'products', 'topic:servo', 'quote', ...SUBJECTS];

const aCondition: fc.Arbitrary<Condition> = fc.constantFrom(...FIELDS).chain((field) => {
	const kind = KIND_OF[field];
	const all = VALUES[field] ?? [];
	const isFree = field === 'did';
	return fc.record({
		field: fc.constant(field),
		isNot: fc.boolean(),
		values: kind === 'choice' || kind === 'behaviour' ? fc.subarray([...all], { minLength: isFree ? 0 : 1 }) : fc.constant([]),
		about: kind === 'behaviour' ? fc.constantFrom(...ABOUT) : fc.constant(''),
		least: field === 'did' ? fc.integer({ min: 1, max: 3 }) : kind === 'number' ? fc.integer({ min: 0, max: 100 }) : fc.constant(0),
		days: kind === 'days' || kind === 'behaviour' ? fc.integer({ min: kind === 'days' ? 1 : 0, max: 200 }) : fc.constant(0),
	});
});
const someConditions: fc.Arbitrary<Conditions> = fc.record({
	match: fc.constantFrom('all' as const, 'any' as const),
	groups: fc.array(
		fc.record({
			match: fc.constantFrom('all' as const, 'any' as const, 'none' as const),
			conditions: fc.array(aCondition, { minLength: 1, maxLength: 3 }),
		}),
		{ maxLength: 3 },
	),
});

describe('conditions', () => {
	let database: TestDatabase;
	const paper = { type: 'white_papers', id: 'w1', topics: ['servo'] };
	const content = () => aSite({ whitePapers: [paper] as unknown as Snapshot['whitePapers'] });
	const deps = () => ({ db: database.db, keys, now: () => NOW, random: systemRandom, content });
	beforeAll(async () => {
		database = await createTestDatabase();
		await seedAudience(database.db, 60);
	});
	afterAll(() => database.close());

	test('a query finds exactly the leads that they hold for', async () => {
		const context = await contextOf(deps());
		const rows = await database.db.read.select({ id: lead.id }).from(lead).where(isNull(lead.mergedInto));
		const living = new Set((await database.db.read.select().from(person)).filter(({ dataKey }) => dataKey !== null).map(({ leadId }) => leadId));
		const facts = new Map<string, Awaited<ReturnType<typeof factsOf>>>();
		for (const { id } of rows) if (living.has(id)) facts.set(id, await factsOf(database.db.read, keys, id, NOW));
		const found = { some: 0, none: 0 };
		await fc.assert(
			fc.asyncProperty(someConditions, async (given) => {
				const conditions = requireConditions(given);
				expect(requireConditions(conditions)).toEqual(conditions);
				const where = matching(database.db.read, planOf(conditions, context));
				const ids = (await database.db.read.select({ id: lead.id }).from(lead).where(where)).map(({ id }) => id).sort();
				const expected = [...facts].flatMap(([id, one]) => (one && holds(conditions, one, context) ? [id] : [])).sort();
				expect(ids).toEqual(expected);
				found[ids.length > 0 && ids.length < facts.size ? 'some' : 'none']++;
			}),
			{ numRuns: 300, seed: 7 },
		);
		expect(found.some).toBeGreaterThan(100);
	});

	test('every tag that ships finds the same leads by query as one by one', async () => {
		const context = await contextOf(deps());
		const tags = createTags(deps());
		const carried = new Map<string, Set<string>>();
		const rows = await database.db.read
			.select({ id: lead.id })
			.from(lead)
			.where(matching(database.db.read, planOf(EVERYBODY, context)));
		for (const { id } of rows) carried.set(id, new Set((await tags.ofLead(id)).ruled.map(({ tag }) => tag.code)));
		for (const { code, rule } of DEFAULT_TAGS) {
			if (rule === null) continue;
			const found = await database.db.read
				.select({ id: lead.id })
				.from(lead)
				.where(matching(database.db.read, planOf(rule, context)));
			expect([code, found.map(({ id }) => id).sort()]).toEqual([code, [...carried].flatMap(([id, codes]) => (codes.has(code) ? [id] : [])).sort()]);
		}
	});
});

test.each([
	[{ groups: [{ match: 'all', conditions: [] }] }, 'groups.0.conditions'],
	[{ groups: [{ match: 'some', conditions: [condition('account')] }] }, 'groups.0.match'],
	[{ groups: [{ match: 'all', conditions: [{ field: 'nothing' }] }] }, 'groups.0.conditions.0.field'],
	[{ groups: [{ match: 'all', conditions: [condition('stage')] }] }, 'groups.0.conditions.0.values'],
	[{ groups: [{ match: 'all', conditions: [condition('active')] }] }, 'groups.0.conditions.0.days'],
	[{ groups: [{ match: 'all', conditions: [condition('did', { about: "x'; drop" })] }] }, 'groups.0.conditions.0.about'],
	[{ groups: [{ match: 'all', conditions: [condition('webinar', { values: ['slept'] })] }] }, 'groups.0.conditions.0.values'],
	[{ groups: [{ match: 'all', conditions: [{ ...condition('score'), least: 0.5 }] }] }, 'groups.0.conditions.0.least'],
	[{ groups: 'all' }, 'groups'],
	[null, 'groups'],
])('%j is refused at its place', (input, field) => {
	expect(() => requireConditions(input)).toThrow(expect.objectContaining({ code: 'invalid', fields: [expect.objectContaining({ field })] }) as Error);
});

describe('segments and tags of real people', () => {
	const marketer = { actor: 'staff:m', origin: '', seesPeople: true };
	let gate: Gate;
	beforeEach(async () => void (gate = await createGate()));
	afterEach(() => gate.close());

	async function verified(email: string, jobTitle = 'Design engineer'): Promise<string> {
		const steps = stepsOf(gate);
		const { browser, token } = await steps.submitAndMail(gate.browser(), { email, jobTitle, region: 'Switzerland', industry: 'packaging' });
		await steps.confirm(browser, token);
		const { personId } = await browser.who();
		return (await gate.gating.leads.forPerson(personId ?? '')) ?? '';
	}
	const engineers = allOf(condition('role', { values: ['engineering'] }), condition('country', { values: ['CH'] }));

	test('count, sample and members agree, and follow merges, undoing and erasure', async () => {
		const { segments, leads, privacy } = gate.gating;
		const [one, two] = [await verified('ada@packline.example'), await verified('ben@bottling.example')];
		await verified('cai@pumps.example', 'Buyer');
		const id = await segments.save({ name: 'Swiss engineers', conditions: engineers }, marketer);
		const members = async () => (await segments.members(id, {}, marketer)).items.map((item) => item.id).sort();
		expect(await segments.count(engineers)).toBe(2);
		expect(await members()).toEqual([one, two].sort());
		expect((await segments.sample(engineers, marketer)).map(({ name }) => name)).toEqual(['Ada Keller', 'Ada Keller']);
		expect((await segments.sample(engineers, { ...marketer, seesPeople: false })).map(({ name }) => name)).toEqual([null, null]);
		expect(await segments.ofLead(one)).toEqual([{ id, name: 'Swiss engineers' }]);

		const mergeId = await leads.merge(one, two, marketer);
		expect(await segments.count(engineers)).toBe(1);
		await leads.undoMerge(mergeId, marketer);
		expect(await segments.count(engineers)).toBe(2);
		const view = await leads.get(two, marketer);
		await privacy.erase(view?.persons[0]?.personId ?? '', 'staff:m');
		expect(await members()).toEqual([one]);
		await segments.archive(id, true, marketer);
		expect(await segments.ofLead(one)).toEqual([]);
	});

	test('a tag says why: its rule with the events, or who put it on and until when', async () => {
		const { tags, segments } = gate.gating;
		const leadId = await verified('ada@packline.example');
		const { ruled } = await tags.ofLead(leadId);
		const active = ruled.find(({ tag }) => tag.code === 'active-7');
		expect(active?.because[0]?.events[0]).toMatchObject({ type: 'form.submitted', subject: 'white_papers:p1' });
		expect(ruled.map(({ tag }) => tag.code)).toEqual(expect.arrayContaining(['engineer', 'active-7', 'active-30']));
		expect(ruled.map(({ tag }) => tag.code)).not.toContain('no-company');

		await tags.add({ code: 'visit-2026', group: 'preference', nameEn: 'Visited us', nameZh: '', expiryDays: 30 }, marketer);
		await tags.put('visit-2026', { leadId }, marketer);
		const visitors = allOf(condition('tag', { values: ['visit-2026'] }));
		expect(await segments.count(visitors)).toBe(1);
		gate.pass(31 * 86_400_000);
		expect(await segments.count(visitors)).toBe(0);
		expect((await tags.ofLead(leadId)).marked).toMatchObject([{ code: 'visit-2026', source: 'staff:m', holds: false }]);
		await tags.put('visit-2026', { leadId }, marketer);
		const [mark] = (await tags.ofLead(leadId)).marked;
		expect(mark?.holds).toBe(true);
		await tags.take(mark?.id ?? '', marketer);
		expect((await tags.ofLead(leadId)).marked[0]).toMatchObject({ holds: false, removedBy: 'staff:m' });
	});

	test('rules do not ask tags, and ruled tags are not put on by hand', async () => {
		const { tags } = gate.gating;
		const leadId = await verified('ada@packline.example');
		const own = { code: 'own', group: 'behavioural', nameEn: 'Own', nameZh: '' };
		await expect(tags.add({ ...own, rule: allOf(condition('tag', { values: ['own'] })) }, marketer)).rejects.toMatchObject({ code: 'invalid' });
		await expect(tags.put('active-7', { leadId }, marketer)).rejects.toMatchObject({ code: 'invalid' });
		await tags.add({ ...own, rule: engineers }, marketer);
		await expect(tags.add(own, marketer)).rejects.toMatchObject({ code: 'conflict' });
		expect((await tags.ofLead(leadId)).ruled.map(({ tag }) => tag.code)).toContain('own');
		await tags.change('own', { isArchived: true }, marketer);
		expect((await tags.ofLead(leadId)).ruled.map(({ tag }) => tag.code)).not.toContain('own');
	});

	test('who objected to profiling has no tags from behaviour', async () => {
		const { tags, consents, segments } = gate.gating;
		const leadId = await verified('ada@packline.example');
		const personId = (await gate.gating.leads.get(leadId, marketer))?.persons[0]?.personId ?? '';
		await consents.withdraw({ personId, purposes: ['profiling'], how: 'preferences', channel: 'direct' });
		expect((await tags.ofLead(leadId)).ruled.map(({ tag }) => tag.code)).not.toContain('active-7');
		expect(await segments.count(allOf(condition('did')))).toBe(0);
	});
});
