import { buffer } from 'node:stream/consumers';

import { eq } from 'drizzle-orm';
import Papa from 'papaparse';
import { afterEach, beforeEach, expect, test } from 'vitest';

import type { Reader } from '#gating';
import { DAY_MS } from '#kernel/clock.ts';
import { createJobs } from '#kernel/job.ts';
import { createLog } from '#kernel/log.ts';
import { audit, file } from '#kernel/schema.ts';
import { createGate, type Gate } from '#tests/support/gate.ts';

import { exportFile } from '../../gating/schema.ts';

const mara: Reader = { actor: 'staff:mara', origin: '192.0.2.0', seesPeople: true };
const analyst: Reader = { actor: 'staff:ana', origin: '192.0.2.0', seesPeople: false };

let gate: Gate;
let jobs: ReturnType<typeof createJobs>;
beforeEach(async () => {
	gate = await createGate();
	jobs = createJobs({ db: gate.db, now: () => gate.clock.at, log: createLog('silent'), handlers: gate.gating.jobs });
	await gate.gating.start();
});
afterEach(async () => {
	await gate.gating.stop();
	await gate.close();
});

async function aLead(name: string, email: string, consents: readonly string[] = []) {
	const browser = gate.browser();
	const form = gate.form(await browser.who(), { name, email }, { consents: [...consents] });
	const sent = await gate.gating.forms.submit(form);
	if ('setCookies' in sent) browser.take(sent.setCookies);
	const token = await gate.deliver();
	await gate.gating.access.confirm(token ?? '', await browser.use(email));
}
const take = async (by: Reader, over: Partial<Parameters<Gate['gating']['exports']['order']>[0]> = {}) => {
	const id = await gate.gating.exports.order({ list: 'leads', format: 'csv', columns: [], query: {}, locale: 'en', ...over }, by);
	await jobs.runDue();
	return id;
};
const textOf = async (id: string, by: Reader) => {
	const opened = await gate.gating.exports.open(id, by);
	return opened && (await buffer(await opened.read())).toString('utf8');
};
const rowsOf = (text: string | null) =>
	Papa.parse<Record<string, string>>((text ?? '').replace(/^\u{FEFF}/u, ''), { header: true, skipEmptyLines: true }).data;

test('a list is taken away with the chosen columns, safe in a spreadsheet, and says who may be contacted how', async () => {
	await aLead('=cmd()', 'ada@packline.example', ['marketing.email']);
	await aLead('Ben Ott', 'ben@packline.example');
	const id = await take(mara, { columns: ['name', 'email', 'stage'] });
	const text = await textOf(id, mara);
	expect(text?.charCodeAt(0)).toBe(0xfeff);
	const rows = rowsOf(text);
	expect(Object.keys(rows[0] ?? {})).toEqual(['Id', 'Name', 'Email', 'Stage', 'May be contacted by']);
	expect(rows.map((row) => [row['Name'], row['Email'], row['May be contacted by']]).sort()).toEqual([
		["'=cmd()", 'ada@packline.example', 'email'],
		['Ben Ott', 'ben@packline.example', ''],
	]);
	expect(await gate.gating.exports.get(id, mara)).toMatchObject({ state: 'done', rows: 2, hasPeople: true });
});

test('who may not see people gets no name and no address, whatever columns are asked for', async () => {
	await aLead('Ada Keller', 'ada@packline.example');
	const text = await textOf(await take(analyst, { columns: ['name', 'email', 'company', 'total'] }), analyst);
	expect(text).toContain('Packline AG');
	expect(text).not.toMatch(/Ada|Keller|@/);
});

test('a file is its maker’s only, lies encrypted, and is gone after a day', async () => {
	await aLead('Ada Keller', 'ada@packline.example');
	const id = await take(mara, { columns: ['name', 'email'] });
	expect([await textOf(id, analyst), await gate.gating.exports.get(id, analyst)]).toEqual([null, null]);
	gate.pass(DAY_MS + 1);
	expect([await textOf(id, mara), (await gate.gating.exports.get(id, mara))?.state]).toEqual([null, 'gone']);
});

test('each order, each fetch and the count stand in the audit log; what was searched for does not', async () => {
	await aLead('Ada Keller', 'ada@packline.example');
	const id = await take(mara, { query: { q: 'ada@packline.example' } });
	await textOf(id, mara);
	const rows = await gate.db.read
		.select()
		.from(audit)
		.where(eq(audit.subject, `export:${id}`));
	expect(rows.map(({ action }) => action).sort()).toEqual(['export.done', 'export.fetch', 'export.order']);
	expect(rows.find(({ action }) => action === 'export.done')?.detail).toMatchObject({ list: 'leads', count: 1, filters: ['q'], hasPeople: true });
	expect(JSON.stringify(rows)).not.toContain('ada@');
	expect(gate.bytes()).not.toContain('ada@packline.example');
});

test('a cancelled order makes nothing, and a file that is taken back cannot be opened', async () => {
	await aLead('Ada Keller', 'ada@packline.example');
	const id = await gate.gating.exports.order({ list: 'leads', format: 'csv', columns: [], query: {}, locale: 'en' }, mara);
	expect(await gate.gating.exports.cancel(id, mara)).toBe(true);
	await jobs.runDue();
	expect(await gate.db.read.$count(file)).toBe(0);
	const made = await take(mara);
	expect(await gate.gating.exports.cancel(made, mara)).toBe(true);
	expect(await textOf(made, mara)).toBeNull();
});

test('an erasure takes the files with names in them along, and leaves the others', async () => {
	await aLead('Ada Keller', 'ada@packline.example');
	const [named, plain] = [await take(mara), await take(analyst)];
	const person = await gate.gating.leads.get((await gate.gating.leads.list({}, mara)).items[0]?.id ?? '', mara);
	await gate.gating.privacy.erase(person?.persons[0]?.personId ?? '', 'staff:mara');
	expect(await textOf(named, mara)).toBeNull();
	expect(await textOf(plain, analyst)).toContain('Grade');
	expect((await gate.db.read.select().from(exportFile).where(eq(exportFile.id, named)))[0]).toMatchObject({ dataKey: null, query: null });
});

test('a list or format that is none, and a sixth order at once, are refused', async () => {
	const order = { list: 'leads', format: 'csv', columns: [], query: {}, locale: 'en' } as const;
	await expect(gate.gating.exports.order({ ...order, list: 'people' }, mara)).rejects.toMatchObject({ code: 'invalid' });
	await expect(gate.gating.exports.order({ ...order, format: 'pdf' }, mara)).rejects.toMatchObject({ code: 'invalid' });
	await expect(gate.gating.exports.order({ ...order, query: { createdSince: 'soon' } }, mara)).rejects.toMatchObject({ code: 'invalid' });
	for (let at = 0; at < 5; at++) await gate.gating.exports.order(order, mara);
	await expect(gate.gating.exports.order(order, mara)).rejects.toMatchObject({ code: 'conflict' });
});

test.each(['accounts', 'queue', 'channels'])('the list %s is taken away too', async (list) => {
	await aLead('Ada Keller', 'ada@packline.example');
	const id = await take(mara, { list, query: { queue: 'open', from: '2026-01-01', to: '2026-12-31' }, locale: 'zh-CN' });
	expect(await gate.gating.exports.get(id, mara)).toMatchObject({ state: 'done' });
	expect((await textOf(id, mara))?.split('\r\n').length).toBeGreaterThan(2);
});
