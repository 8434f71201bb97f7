import { asc, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { DAY_MS, MINUTE_MS } from '#kernel/clock.ts';
import { createGate, type Gate } from '#tests/support/gate.ts';
import { stepsOf } from '#tests/support/gate-steps.ts';
import { csvOf, settings, stateOf } from '#tests/support/imports.ts';

import { importRow, person, tag, tagMark } from '../../gating/schema.ts';

const marketer = { actor: 'staff:m', origin: '', seesPeople: true };
const HEAD = ['Mail', 'Phone', 'Company', 'Tags', 'Plant'];
const AT = new Date('2026-02-10T09:00:00Z');
let gate: Gate;
beforeEach(async () => void (gate = await createGate()));
afterEach(() => gate.close());

const imports = () => gate.gating.imports;
const over = { name: 'Register 2026', reach: 'known', mapping: ['email', 'phone', 'company', 'tag', 'attribute'] } as const;

async function checked(rows: readonly (readonly string[])[], more = {}): Promise<string> {
	const id = await imports().upload(csvOf(rows, HEAD), 'Register', 'en', marketer);
	await imports().check(id, settings({ ...over, ...more }), marketer);
	await imports().work(id);
	return id;
}

async function imported(rows: readonly (readonly string[])[], more = {}): Promise<string> {
	const id = await checked(rows, more);
	await imports().run(id, marketer);
	await imports().work(id);
	expect(await imports().get(id)).toMatchObject({ state: 'done' });
	return id;
}

async function undone(id: string): Promise<void> {
	await imports().undo(id, marketer);
	await imports().work(id);
	expect(await imports().get(id)).toMatchObject({ state: 'undone' });
}

/** Somebody who sent a form and confirmed their address. Returns the person's id. */
async function verified(answers: Record<string, string>): Promise<string> {
	const steps = stepsOf(gate);
	const { browser, token } = await steps.submitAndMail(gate.browser(), answers);
	await steps.confirm(browser, token);
	gate.pass(MINUTE_MS);
	return (await browser.who()).personId ?? '';
}

const ada = { name: 'Ada Keller', email: 'ada@packline.example', company: 'Packline AG' };
const adaRow = ['ada@packline.example', '+86 138 1025 4688', 'Packline Holding', 'Key account; 水泵、Spare parts', 'Bern'];
const stranger = ['nobody@stranger.example', '', 'Stranger AG', 'Only strangers', 'Basel'];
const marks = () => gate.db.read.select().from(tagMark).orderBy(asc(tagMark.tag));
const leadOf = async (personId: string) => (await gate.gating.leads.forPerson(personId)) ?? '';

describe('golden (b): an enrichment import', () => {
	test('adds to who is known, lists who is not, and creates nobody', async () => {
		const personId = await verified(ada);
		await imported([['', '139 1026 8846', 'Valves GmbH', '', '']], { reach: 'people', name: 'Callers' });
		const people = await gate.db.read.$count(person);
		const rows = [
			adaRow,
			stranger,
			['', '+86 139 1026 8846', '', 'Caller', 'Ulm'],
			['new@x.example', '13910268846', '', '', ''],
			['', '', 'Nobody', '', ''],
		];
		const id = await checked(rows);
		expect(await imports().get(id)).toMatchObject({ state: 'checked', reach: 'known', counts: { known: 2, new: 0, unmatched: 2, error: 1 } });
		expect(await marks()).toEqual([]);

		await imports().run(id, marketer);
		await imports().work(id);
		expect(await imports().get(id)).toMatchObject({ state: 'done', counts: { known: 2, new: 0, unmatched: 2, error: 1 } });
		expect(await gate.db.read.$count(person)).toBe(people);
		const told = await imports().rows(id, marketer, { outcome: 'unmatched' });
		expect(told.map(({ row, reasons, match, cells }) => [row, reasons, match, cells])).toEqual([
			[2, ['unmatched'], '', stranger],
			[4, ['unmatched-phone'], '', rows[3]],
		]);
		const file = (await imports().errorFile(id, marketer, (code) => code))?.toString() ?? '';
		expect(file.split('\r\n').slice(1, 4)).toEqual([
			'nobody@stranger.example,,Stranger AG,Only strangers,Basel,unmatched',
			'new@x.example,13910268846,,,,unmatched-phone',
			',,Nobody,,,no-contact',
		]);
		// Nobody has come by a list that only tells more of them.
		expect((await gate.gating.channels.touchesOf(personId)).map(({ kind }) => kind)).not.toContain('import');
		expect((await gate.gating.tags.catalogue()).map(({ name }) => name.en)).not.toContain('Only strangers');
		expect(gate.bytes()).not.toMatch(/nobody@stranger|Only strangers/);
	});

	test('never goes over what the person said; both are told with source and date', async () => {
		const personId = await verified(ada);
		await imported([adaRow]);
		expect(await gate.gating.people.contact(personId)).toMatchObject({ company: 'Packline AG', name: 'Ada Keller', phone: '+8613810254688' });
		const lead = await gate.gating.leads.get(await leadOf(personId), marketer);
		expect(lead?.persons[0]).toMatchObject({
			said: { company: 'Packline AG' },
			lists: [{ source: 'Register 2026', at: AT, fields: { company: 'Packline Holding' }, extra: { Plant: 'Bern' } }],
		});
		// A later list does not go over them either, nor does a form that comes after the list lose its word.
		await imported([['ada@packline.example', '', 'Packline Group', '', '']], { name: 'Later', contactedAt: new Date(gate.clock.at) });
		expect(await gate.gating.people.contact(personId)).toMatchObject({ company: 'Packline AG' });
	});
});

describe('a column of tags', () => {
	test('shows in the dry run which are new, and puts them on with source, date and end', async () => {
		const personId = await verified(ada);
		const id = await checked([adaRow, [...adaRow.slice(0, 3), 'KEY ACCOUNT;Active this week', '']], { tagDays: 90 });
		expect((await imports().get(id))?.sample?.tags).toEqual([
			{ word: '水泵', status: 'new', rows: 1 },
			{ word: 'Spare parts', status: 'new', rows: 1 },
			{ word: 'Key account', status: 'known', rows: 2 },
			{ word: 'Active this week', status: 'ruled', rows: 1 },
		]);
		await imports().run(id, marketer);
		await imports().work(id);
		const { marked } = await gate.gating.tags.ofLead(await leadOf(personId));
		const expected = { source: `import:${id}`, list: 'Register 2026', at: AT, expiresAt: new Date(AT.getTime() + 90 * DAY_MS) };
		expect(marked.map((one) => one.tag?.name.en).sort()).toEqual(['Key account', 'Spare parts', '水泵']);
		for (const one of marked) expect(one).toMatchObject(expected);
		const made = (await gate.gating.tags.catalogue()).filter(({ name }) => ['水泵', 'Spare parts'].includes(name['zh-CN']));
		expect(made.map(({ group, rule }) => [group, rule])).toEqual([
			['imported', null],
			['imported', null],
		]);
	});

	test('holds as long as its tag says where the list says nothing', async () => {
		await verified(ada);
		await gate.gating.tags.add({ code: 'fair-guest', group: 'imported', nameEn: 'Fair guest', nameZh: '展会来宾', expiryDays: 30 }, marketer);
		await imported([['ada@packline.example', '', '', '展会来宾;Other', '']]);
		expect((await marks()).map(({ tag: code, expiresAt }) => [code, expiresAt])).toEqual([
			['fair-guest', new Date(AT.getTime() + 30 * DAY_MS)],
			['other', null],
		]);
	});

	test('also tags people that a list makes, each once', async () => {
		const rows = [
			['', '13910268846', '', 'Pumps', ''],
			['b@y.example', '', '', 'Pumps;pumps;Fans', ''],
			['B@y.example', '', '', 'FANS', ''],
		];
		await imported(rows, { reach: 'people' });
		expect((await marks()).map(({ tag: code }) => code)).toEqual(['fans', 'pumps', 'pumps']);
	});

	test('is refused where it is another column: too long or too many', async () => {
		await verified(ada);
		const id = await checked([['ada@packline.example', '', '', 'x'.repeat(61), '']]);
		expect(await imports().rows(id, marketer, {})).toMatchObject([{ outcome: 'error', reasons: ['too-long'] }]);
		const many = await checked(Array.from({ length: 101 }, (_, at) => ['ada@packline.example', '', '', `Number ${at}`, '']));
		await expect(imports().run(many, marketer)).rejects.toMatchObject({ code: 'invalid', fields: [{ code: 'import-many-tags' }] });
		expect(await gate.db.read.$count(tag)).toBe(0);
	});

	test('goes with the person, and is in their data', async () => {
		const personId = await verified(ada);
		const id = await imported([adaRow]);
		const data = await gate.gating.privacy.export(personId, 'test');
		expect(data['tags']).toHaveLength(3);
		expect(data['gating']).toMatchObject({ imported: [{ source: 'Register 2026', extra: { Plant: 'Bern' } }] });
		await gate.gating.privacy.erase(personId, 'test');
		expect(await marks()).toEqual([]);
		expect(await imports().errorFile(id, marketer, (code) => code)).toBeNull();
		await undone(id);
	});

	test('does not outlive somebody who was not known yet when a list named them', async () => {
		await verified(ada);
		const id = await imported([adaRow, stranger, ['other@x.example', '', '', '', 'Ulm']]);
		const personId = await verified({ name: 'No Body', email: 'nobody@stranger.example', company: 'Stranger AG' });
		await gate.gating.privacy.erase(personId, 'test');
		const rows = await imports().rows(id, marketer, { outcome: 'unmatched' });
		expect(rows.map(({ row, cells }) => [row, cells?.[0] ?? null])).toEqual([
			[2, null],
			[3, 'other@x.example'],
		]);
		expect((await imports().errorFile(id, marketer, (code) => code))?.toString()).not.toContain('Stranger');
	});

	test.each([{ tagDays: -1 }, { tagDays: 1.5 }, { tagDays: 4_000 }, { reach: 'everybody' }])('refuses settings with %o', async (wrong) => {
		const id = await imports().upload(csvOf([adaRow], HEAD), 'x', 'en', marketer);
		await expect(imports().check(id, settings({ ...over, ...wrong } as never), marketer)).rejects.toMatchObject({ code: 'invalid' });
	});
});

describe('undo of an enrichment', () => {
	test('leaves exactly what was there, with another list in between', async () => {
		await verified(ada);
		await gate.gating.tags.put('key-account', { leadId: await leadOf(await personIdOf()) }, marketer);
		await imported([['ada@packline.example', '', 'Earlier AG', 'Fans', '']], { name: 'Earlier' });
		const before = await stateOf(gate.db, gate.keys);
		const id = await imported([adaRow, stranger]);
		expect(await stateOf(gate.db, gate.keys)).not.toEqual(before);
		const between = await imported([['ada@packline.example', '', 'Between AG', 'Spare parts; Valves', 'Ulm']], { name: 'Between' });
		await undone(id);
		const tags = async () => (await gate.db.read.select().from(tag).orderBy(asc(tag.code))).map(({ nameEn }) => nameEn);
		// The other list uses a tag that this one brought: it stays until nobody does.
		expect(await tags()).toEqual(['Fans', 'Spare parts', 'Valves']);
		await undone(between);
		expect(await stateOf(gate.db, gate.keys)).toEqual(before);
		expect(await gate.db.read.$count(importRow, eq(importRow.importId, id))).toBe(2);
	});

	test('keeps tags that staff has taken for their own', async () => {
		const personId = await verified(ada);
		const id = await imported([['ada@packline.example', '', '', 'Renamed later; Put on later; Asked for; Nothing', '']]);
		await gate.gating.tags.change('renamed-later', { nameEn: 'Kept' }, marketer);
		await gate.gating.tags.put('put-on-later', { leadId: await leadOf(personId) }, marketer);
		const one = { field: 'tag', values: ['asked-for'] };
		await gate.gating.segments.save({ name: 'S', conditions: { match: 'all', groups: [{ match: 'all', conditions: [one] }] } }, marketer);
		await undone(id);
		expect((await gate.db.read.select().from(tag).orderBy(asc(tag.code))).map(({ code }) => code)).toEqual([
			'asked-for',
			'put-on-later',
			'renamed-later',
		]);
		expect((await marks()).map(({ tag: code, source }) => [code, source])).toEqual([['put-on-later', 'staff:m']]);
	});

	test('whatever the rows, in either reach', async () => {
		await verified(ada);
		await verified({ name: 'Known Caller', email: 'known@z.example', phone: '+8613810254688' });
		const before = await stateOf(gate.db, gate.keys);
		const cell = (...values: string[]) => fc.constantFrom(...values);
		const row = fc.tuple(
			cell('ada@packline.example', 'ADA@packline.example', 'b@y.example', ''),
			cell('13910268846', '+86 138 1025 4688', ''),
			cell('X AG', ''),
			cell('Key account', 'Pumps;水泵', 'pumps', 'Quiet for 90 days', ''),
			cell('Bern', 'Ulm'),
		);
		const list = fc.array(row, { minLength: 1, maxLength: 6 });
		await fc.assert(
			fc.asyncProperty(list, list, cell('people', 'known'), async (first, second, reach) => {
				const one = await imported(first, { reach });
				const two = await imported(second, { reach: 'known', name: 'Second' });
				const people = await gate.db.read.$count(person);
				if (reach === 'known') expect(people).toBe(2);
				await undone(one);
				await undone(two);
				expect(await stateOf(gate.db, gate.keys)).toEqual(before);
			}),
			{ numRuns: 8 },
		);
	});
});

async function personIdOf(): Promise<string> {
	const [row] = await gate.db.read.select({ id: person.id }).from(person);
	return row?.id ?? '';
}
