import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { createApp } from '#app';
import { loadConfig } from '#config';
import { silentLog } from '#kernel/log.ts';

import { person } from '../../gating/schema.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const NOTHING = { company: '', phone: '', jobTitle: '', region: '', industry: '', note: '' };
const ACCESS = { token: 'a-token-of-the-tests', hookSecret: 'a-secret-of-the-tests' };
let home: string;
let env: Record<string, string>;
beforeEach(() => {
	home = mkdtempSync(join(tmpdir(), 'foyer-restore-'));
	env = { DATA_DIR: join(home, 'data'), LOG_LEVEL: 'silent' };
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const opened = () => createApp(loadConfig(env), { log: silentLog, cmsAccess: ACCESS });
const run = (script: string, ...args: string[]): string => {
	const { status, stdout, stderr } = spawnSync(process.execPath, [`scripts/${script}.ts`, ...args], {
		cwd: ROOT,
		encoding: 'utf8',
		env: { PATH: process.env['PATH'] ?? '', ...env },
	});
	if (status !== 0) throw new Error(`${script}: ${stdout}${stderr}`);
	return stdout;
};
const bytesOf = (folder: string): string => readFileSync(join(folder, 'foyer.db')).toString('latin1');

/** Two people on a list, as they come without a CMS. */
async function planted(): Promise<Record<string, string>> {
	const app = await opened();
	const ids: Record<string, string> = {};
	for (const email of ['stays@plant.example', 'goes@plant.example']) {
		const { leadId } = await app.gating.imports.enter(
			{
				answers: { ...NOTHING, name: 'Ada Keller', email },
				channel: 'other',
				country: 'DE',
				noteHeading: 'Note',
				locale: 'en',
				contactedAt: new Date(),
				basis: { kind: 'request', purposes: [], statement: '' },
			},
			{ actor: 'staff:1', origin: '', seesPeople: true },
		);
		const people = await app.db.read.select({ id: person.id, leadId: person.leadId }).from(person);
		ids[email] = people.find((row) => row.leadId === leadId)?.id ?? '';
	}
	await app.stop();
	return ids;
}

test('somebody erased after a backup is erased again when it is put back; the others are there', { timeout: 60_000 }, async () => {
	const ids = await planted();
	const backup = join(home, 'backup');
	run('backup', backup);
	const before = await opened();
	const [row] = (await before.db.read.select().from(person)).filter(({ id }) => id === ids['goes@plant.example']);
	await before.gating.privacy.erase(ids['goes@plant.example'] ?? '', 'test');
	await before.stop();
	expect(bytesOf(backup)).toContain(row?.dataKey ?? '-');

	expect(run('restore', backup)).toContain('1 of 1 people known to be erased were erased again');
	const after = await opened();
	expect(await after.gating.people.contact(ids['goes@plant.example'] ?? '')).toBeNull();
	expect(await after.gating.people.contact(ids['stays@plant.example'] ?? '')).toMatchObject({ email: 'stays@plant.example' });
	await after.stop();
	expect(bytesOf(join(home, 'data'))).not.toContain(row?.dataKey ?? '-');
});

test('where the present data is lost, a list of ids says who was erased', { timeout: 60_000 }, async () => {
	const ids = await planted();
	const backup = join(home, 'backup');
	run('backup', backup);
	cpSync(join(home, 'data', 'foyer.keys'), join(home, 'foyer.keys'));
	rmSync(join(home, 'data'), { recursive: true });
	env['FOYER_KEYS'] = readFileSync(join(home, 'foyer.keys'), 'utf8').trim();
	const list = join(home, 'erased.txt');
	writeFileSync(list, `${ids['goes@plant.example'] ?? ''}\n`);
	expect(run('restore', backup, list)).toContain('1 of 1 people');
	const after = await opened();
	expect(await after.gating.people.contact(ids['goes@plant.example'] ?? '')).toBeNull();
	expect(await after.gating.people.contact(ids['stays@plant.example'] ?? '')).not.toBeNull();
	await after.stop();
});
