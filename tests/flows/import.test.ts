import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { DAY_MS, MINUTE_MS } from '#kernel/clock.ts';
import { job } from '#kernel/schema.ts';
import { createGate, type Gate } from '#tests/support/gate.ts';
import { csvOf, peopleOf, settings, stateOf } from '#tests/support/imports.ts';

import { importBatch, person } from '../../gating/schema.ts';

const marketer = { actor: 'staff:m', origin: '', seesPeople: true };
let gate: Gate;
beforeEach(async () => {
	gate = await createGate();
});
afterEach(() => gate.close());

const imports = () => gate.gating.imports;

/** Uploads a list and does the dry run. Returns the import's id. */
async function checked(bytes: Buffer, over = {}): Promise<string> {
	const id = await imports().upload(bytes, 'Hannover 2026', 'en', marketer);
	await imports().check(id, settings(over), marketer);
	await imports().work(id);
	return id;
}

async function imported(bytes: Buffer, over = {}): Promise<string> {
	const id = await checked(bytes, over);
	await imports().run(id, marketer);
	await imports().work(id);
	expect(await imports().get(id)).toMatchObject({ state: 'done' });
	return id;
}

const anna = ['Anna Keller', 'anna.keller@bottling.example', '+86 138 1025 4688', 'Bottling AG', '11'];
const wang = ['王小明', 'wang@pumps.example', '', '', '12'];
const fake = ['Ben Test', 'ben@fans.example', '13888888888', 'Fans Ltd', ''];
const nobody = ['No Body', '', 'call me', 'Somewhere', '=1+1'];
const caller = ['', '', '139 1026 8846', 'Valves GmbH', ''];

describe('a dry run', () => {
	test('judges each row and changes nobody', async () => {
		const before = await stateOf(gate.db, gate.keys);
		const id = await checked(csvOf([anna, wang, fake, nobody, caller]));
		expect(await stateOf(gate.db, gate.keys)).toEqual(before);
		const rows = await imports().rows(id, marketer, {});
		expect(rows.map(({ row, outcome, reasons, match }) => [row, outcome, reasons, match])).toEqual([
			[1, 'accept', [], 'new'],
			[2, 'accept', [], 'new'],
			[3, 'quarantine', ['phone-repeats-digits'], 'new'],
			[4, 'error', ['no-contact'], ''],
			[5, 'accept', [], 'new'],
		]);
		expect(rows[3]?.cells).toEqual(nobody);
		expect((await imports().rows(id, { ...marketer, seesPeople: false }, {}))[3]?.cells).toBeNull();
		expect(await imports().get(id)).toMatchObject({ state: 'checked', rows: 5, progress: 1, counts: { accept: 3, quarantine: 1, error: 1, new: 4 } });
	});

	test('finds out encoding, separator and columns by itself', async () => {
		const id = await imports().upload(
			Buffer.from('\ufeff姓名;手机;邮箱;单位;参观日\r\n王小明;13910268846;wang@pumps.example;水泵;2 月\r\n', 'utf16le'),
			'x',
			'zh-CN',
			marketer,
		);
		expect(await imports().get(id)).toMatchObject({
			encoding: 'utf-16le',
			delimiter: ';',
			mapping: ['name', 'phone', 'email', 'company', 'attribute'],
			rows: 1,
		});
	});

	test.each([
		['nothing', Buffer.alloc(0), 'import-empty'],
		['a head alone', Buffer.from('Name,Mail\r\n'), 'import-empty'],
		['no list', Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), Buffer.alloc(600)]), 'import-no-list'],
	])('refuses %s', async (_what, bytes, code) => {
		await expect(imports().upload(bytes, 'x', 'en', marketer)).rejects.toMatchObject({ code: 'invalid', fields: [{ field: 'file', code }] });
	});

	test('is needed before a run; a run happens once', async () => {
		const id = await imports().upload(csvOf([anna]), 'x', 'en', marketer);
		await expect(imports().run(id, marketer)).rejects.toMatchObject({ code: 'conflict' });
		await imports().check(id, settings(), marketer);
		await imports().work(id);
		await imports().run(id, marketer);
		await expect(imports().run(id, marketer)).rejects.toMatchObject({ code: 'conflict' });
		await imports().work(id);
		await expect(imports().run(id, marketer)).rejects.toMatchObject({ code: 'conflict' });
		await expect(imports().undo('nothing', marketer)).rejects.toMatchObject({ code: 'not-found' });
	});
});

describe('an import', () => {
	test('makes people that nobody has verified, with source, date and where they came from', async () => {
		const id = await imported(csvOf([anna, fake, caller]));
		const rows = await gate.db.read.select().from(person);
		expect(rows.map(({ verifiedAt }) => verifiedAt)).toEqual([null, null, null]);
		const { items } = await gate.gating.quarantine.list(marketer);
		expect(items).toMatchObject([{ name: 'Ben Test', hits: [{ rule: 'phone-repeats-digits', value: '+8613888888888' }] }]);
		const personId = await personOf('anna.keller@bottling.example');
		expect(await gate.gating.channels.touchesOf(personId)).toMatchObject([{ kind: 'import', channel: 'fair', at: new Date('2026-02-10T09:00:00Z') }]);
		const told = await gate.gating.privacy.export(personId, 'test');
		expect(told['gating']).toMatchObject({
			imported: [{ source: 'Hannover 2026', channel: 'fair', fields: { company: 'Bottling AG' }, extra: { Hall: '11' } }],
		});
		expect(await imports().get(id)).toMatchObject({ counts: { new: 3, known: 0 }, progress: 1 });
	});

	test('adds to people on record and never goes over their own words', async () => {
		await verified({ name: 'Anna K.', email: 'anna.keller@bottling.example', company: 'Bottling Group' });
		await imported(csvOf([anna]));
		const contact = await gate.gating.people.contact(await personOf('anna.keller@bottling.example'));
		expect(contact).toMatchObject({ name: 'Anna K.', company: 'Bottling Group', phone: '+8613810254688', isVerified: true });
		expect(await gate.db.read.$count(person)).toBe(1);
		// What a list says is not what the person said: their next form asks for it.
		const visitor = { ...(await gate.browser().who()), personId: contact?.personId ?? '', isVerified: true };
		const form = await gate.gating.forms.describe('paper-default', visitor, 'en');
		expect(form.fields.map(({ name }) => name)).not.toContain('company');
	});

	test('keeps consent as it was given at the stand, and not over an answer of the person', async () => {
		const personId = await verified({ email: 'anna.keller@bottling.example' });
		await gate.gating.consents.withdraw({ personId, purposes: ['marketing.email'], how: 'preferences', channel: 'direct' });
		await imported(csvOf([anna, wang]), {
			basis: { kind: 'consent', purposes: ['marketing.email'], statement: 'Ticked on the stand’s form.' },
			contactedAt: new Date(gate.clock.at.getTime() + DAY_MS),
		});
		const held = async (mail: string) => (await gate.gating.consents.of(await personOf(mail))).find(({ purpose }) => purpose === 'marketing.email');
		expect(await held('anna.keller@bottling.example')).toMatchObject({ given: false, how: 'preferences' });
		expect(await held('wang@pumps.example')).toMatchObject({ given: true, channel: 'fair' });
	});

	test('counts consent by its column', async () => {
		const rows = [
			['Anna', 'a@bottling.example', '', '', '是'],
			['Ben', 'b@bottling.example', '', '', '否'],
			['Cem', 'c@bottling.example', '', '', ''],
		];
		await imported(csvOf(rows), {
			mapping: ['name', 'email', 'phone', 'company', 'consent'],
			basis: { kind: 'consent', purposes: ['marketing.email'], statement: 'Column “newsletter”.' },
		});
		const held = await Promise.all(
			['a', 'b', 'c'].map(async (mail) => (await gate.gating.consents.of(await personOf(`${mail}@bottling.example`))).length),
		);
		expect(held).toEqual([1, 0, 0]);
	});

	test('takes line ends and quotes in cells; one of a megabyte is an error of its row', async () => {
		const note = `"said: see\r\nthe "large" one, and left`;
		const id = await imported(csvOf([[...anna.slice(0, 4), note], [...caller.slice(0, 4), 'x'.repeat(1_000_000)], wang]));
		expect(await gate.db.read.$count(person)).toBe(2);
		expect(await imports().rows(id, marketer, { outcome: 'error' })).toMatchObject([{ row: 2, reasons: ['too-long'] }]);
	});

	test('is not held up by cells that patterns are slow on', async () => {
		const cells = [`a@${'a.'.repeat(150_000)} `, `x${' '.repeat(300_000)}x`, '"\'=+-@'.repeat(50_000)];
		const id = await imported(csvOf([...cells.map((cell) => [cell, cell, cell]), wang]));
		expect(await imports().get(id)).toMatchObject({ counts: { accept: 1, error: 3 } });
	});

	test('tells that it failed for good, and can go on or be taken back', async () => {
		const id = await checked(csvOf([anna, wang]));
		await imports().run(id, marketer);
		await failJobs();
		expect(await imports().get(id)).toMatchObject({ state: 'failed', failure: { step: 'run', reason: 'fault' } });
		await expect(imports().check(id, settings(), marketer)).rejects.toMatchObject({ code: 'conflict' });
		await imports().run(id, marketer);
		expect(await imports().get(id)).toMatchObject({ state: 'running', failure: null });
		await failJobs();
		await imports().undo(id, marketer);
		await imports().work(id);
		expect(await imports().get(id)).toMatchObject({ state: 'undone' });
		expect(await gate.db.read.$count(person)).toBe(0);
	});

	test('gives back what could not be read, so that no spreadsheet runs it', async () => {
		const id = await imported(csvOf([anna, nobody, ['', 'no mail at all', '', '', '']]));
		const file = (await imports().errorFile(id, marketer, (code) => code))?.toString() ?? '';
		expect(file.split('\r\n')).toEqual([
			'\ufeffName,E-mail,Phone,Company,Hall,heading',
			"No Body,,call me,Somewhere,'=1+1,no-contact",
			',no mail at all,,,,mail-syntax',
			'',
		]);
	});

	test('leaves nothing in clear, and nothing at all of somebody who is erased', async () => {
		await checked(csvOf([['Zacharias Unverwechselbar', 'zach@unverwechselbar-gmbh.example', '', '', 'geheimnis-4711'], nobody]));
		expect(gate.bytes()).not.toMatch(/Unverwechselbar|geheimnis-4711|call me/);
		const id = await imported(csvOf([['Zacharias Unverwechselbar', 'zach@unverwechselbar-gmbh.example', '', '', 'geheimnis-4711'], nobody]));
		expect(gate.bytes()).not.toMatch(/Zacharias|geheimnis-4711|call me/);
		await gate.gating.privacy.erase(await personOf('zach@unverwechselbar-gmbh.example'), 'test');
		expect(await imports().errorFile(id, marketer, (code) => code)).toBeNull();
		expect((await gate.db.read.select().from(importBatch).where(eq(importBatch.id, id)))[0]).toMatchObject({ dataKey: null, sample: null });
	});
});

describe('undo', () => {
	test('restores everything exactly, and keeps who has spoken since', async () => {
		await verified({ name: 'Anna K.', email: 'anna.keller@bottling.example' });
		await imported(csvOf([wang]), { name: 'Earlier list', contactedAt: new Date('2025-06-01T09:00:00Z') });
		const before = await stateOf(gate.db, gate.keys);
		const id = await imported(csvOf([anna, ['王小明', 'wang@pumps.example', '', 'Pumps Ltd', ''], fake, caller]), {
			basis: { kind: 'consent', purposes: ['marketing.email'], statement: 'Ticked.' },
		});
		expect(await stateOf(gate.db, gate.keys)).not.toEqual(before);
		await imports().undo(id, marketer);
		await imports().work(id);
		expect(await imports().get(id)).toMatchObject({ state: 'undone', sample: null });
		expect(await stateOf(gate.db, gate.keys)).toEqual(before);

		const again = await imported(csvOf([fake, caller]));
		await verified({ name: 'Ben Fischer', email: 'ben@fans.example' });
		await imports().undo(again, marketer);
		await imports().work(again);
		expect(await gate.gating.people.contact(await personOf('ben@fans.example'))).toMatchObject({ name: 'Ben Fischer', company: 'Packline AG' });
		expect((await peopleOf(gate.db, gate.keys)).join()).not.toContain('Valves');
	});
});

describe('whatever the order of the rows', () => {
	const cell = (...values: string[]) => fc.constantFrom(...values);
	const row = fc.tuple(
		cell('Anna Keller', 'A. Keller', '', '王小明'),
		cell('a@x.example', 'A@X.example', 'b@y.example', ''),
		cell('13910268846', '+86 139 1026 8846', '13888888888', '13810254688', ''),
		cell('X AG', 'X Aktiengesellschaft', ''),
		// A list of blank rows alone is refused.
		fc.constant('11'),
	);

	test('the same people come out, and undo leaves what was there', async () => {
		await verified({ name: 'Known Caller', email: 'known@z.example', phone: '+8613810254688' });
		const before = await stateOf(gate.db, gate.keys);
		await fc.assert(
			fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8 }), fc.infiniteStream(fc.nat()), async (rows, order) => {
				const shuffled = rows.map((one) => ({ one, by: order.next().value as number })).sort((a, b) => a.by - b.by);
				const outcomes: unknown[] = [];
				for (const list of [rows, shuffled.map(({ one }) => one)]) {
					const id = await imported(csvOf(list));
					outcomes.push(await peopleOf(gate.db, gate.keys));
					await imports().undo(id, marketer);
					await imports().work(id);
					expect(await stateOf(gate.db, gate.keys)).toEqual(before);
				}
				expect(outcomes[1]).toEqual(outcomes[0]);
			}),
			{ numRuns: 6 },
		);
	});
});

/** A person who confirmed their address. */
async function verified(answers: Record<string, string>): Promise<string> {
	const browser = gate.browser();
	await gate.gating.forms.submit(gate.form(await browser.who(), answers));
	const token = (await gate.deliver()) ?? '';
	const confirmed = await gate.gating.access.confirm(token, await browser.use());
	browser.take('setCookies' in confirmed ? confirmed.setCookies : []);
	gate.pass(MINUTE_MS);
	return (await browser.who()).personId ?? '';
}

/** What the worker leaves behind after its last try. */
const failJobs = () =>
	gate.db.write(async (tx) => void (await tx.update(job).set({ state: 'failed', lastError: 'Error' }).where(eq(job.state, 'waiting'))));

async function personOf(mail: string): Promise<string> {
	const { items } = await gate.gating.leads.list({ q: mail }, marketer);
	const lead = await gate.gating.leads.get(items[0]?.id ?? '', marketer);
	return lead?.persons[0]?.personId ?? '';
}
