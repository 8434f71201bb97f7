import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { DAY_MS } from '#kernel/clock.ts';
import { DomainError } from '#kernel/errors.ts';
import { createGate, type Gate } from '#tests/support/gate.ts';
import { stepsOf } from '#tests/support/gate-steps.ts';

import { account, accountMember, accountPost, postHolder, targetEntry } from '../../gating/schema.ts';

const mara = { actor: 'staff:m', origin: '', seesPeople: true };
let gate: Gate;
beforeEach(async () => void (gate = await createGate()));
afterEach(() => gate.close());
const accounts = () => gate.gating.accounts;

/** Somebody who confirmed their address. Returns the person's id. */
async function verified(name: string, email: string, jobTitle: string): Promise<string> {
	const steps = stepsOf(gate);
	const { browser, token } = await steps.submitAndMail(gate.browser(), { name, email, company: 'Packline AG', jobTitle });
	await steps.confirm(browser, token);
	gate.pass(DAY_MS);
	return (await browser.who()).personId ?? '';
}
const leadOf = async (personId: string) => (await gate.gating.leads.forPerson(personId)) ?? '';
const packline = async () => (await accounts().list({})).items[0]!;
const committee = async (seesPeople = true) => accounts().committee((await packline()).id, { ...mara, seesPeople });

describe('a buying committee', () => {
	test('has roles by job title, and says who is missing', async () => {
		await verified('Ada Keller', 'ada@packline.example', 'Design engineer');
		await verified('Ben Roth', 'ben@packline.example', '采购经理');
		const { coverage, missing } = await committee();
		expect(coverage.map(({ role, people }) => [role, people])).toEqual([
			['economic', 0],
			['technical', 1],
			['user', 0],
			['purchasing', 1],
		]);
		expect(missing).toEqual(['economic', 'user']);
		expect((await packline()).roles).toBe(2);
	});

	test('takes the word of staff before the title, until it is left to the title again', async () => {
		const ada = await verified('Ada Keller', 'ada@packline.example', 'Design engineer');
		await accounts().seat(ada, 'economic', mara);
		await verified('Ada Keller', 'ada@packline.example', 'Senior design engineer');
		expect((await committee()).members).toMatchObject([{ committeeRole: 'economic', suggested: 'technical', seatedBy: 'staff:m' }]);
		await accounts().seat(ada, null, mara);
		expect((await committee()).members).toMatchObject([{ committeeRole: 'technical', seatedBy: null }]);
		await expect(accounts().seat(ada, 'boss', mara)).rejects.toMatchObject({ code: 'invalid' });
		await expect(accounts().seat('nobody', 'user', mara)).rejects.toMatchObject({ code: 'not-found' });
	});

	test('tells who may not see people roles and numbers only', async () => {
		await verified('Ada Keller', 'ada@packline.example', 'Design engineer');
		const told = await committee(false);
		expect(told.members).toMatchObject([{ name: null, jobTitle: null, committeeRole: 'technical' }]);
		expect(JSON.stringify(told)).not.toMatch(/Ada|engineer/);
	});
});

describe('the score of an account', () => {
	test('is the sum of its lines, the same in the list, and goes with who leaves', async () => {
		const ada = await verified('Ada Keller', 'ada@packline.example', 'Design engineer');
		await verified('Ben Roth', 'ben@packline.example', 'Head of purchasing');
		await gate.gating.scoring.runDue();
		const { receipt } = await committee();
		expect(receipt.lines.filter(({ kind }) => kind === 'lead')).toHaveLength(2);
		expect(receipt.score).toBe(receipt.lines.reduce((sum, { points }) => sum + points, 0));
		const before = await packline();
		expect(before.total).toBe(receipt.score);
		await accounts().left(before.id, await leadOf(ada), true, mara);
		await gate.gating.scoring.runDue();
		const after = await packline();
		expect(after).toMatchObject({ people: 1, roles: 1, total: (await committee()).receipt.score });
		expect(after.total).toBeLessThan(before.total);
	});
});

describe('a post', () => {
	test('outlives who had it: the successor is offered and linked, and what the first did stays at the account', async () => {
		const ada = await verified('Ada Keller', 'ada@packline.example', 'Head of purchasing');
		const { id } = await packline();
		await verified('Eva Lind', 'eva@packline.example', 'Design engineer');
		await accounts().left(id, await leadOf(ada), true, mara);
		gate.pass(DAY_MS);
		const ben = await verified('Ben Roth', 'ben@packline.example', 'Strategic buyer');
		const [vacant] = await accounts().posts(id);
		expect(vacant).toMatchObject({ jobRole: 'purchasing', isVacant: true, candidates: [{ personId: ben }], holders: [{ personId: ada }] });
		await accounts().succeed(vacant!.id, ben, mara);
		const [filled] = await accounts().posts(id);
		expect(filled).toMatchObject({ isVacant: false, candidates: [], holders: [{ personId: ada }, { personId: ben, until: null }] });
		await expect(accounts().succeed(vacant!.id, ben, mara)).rejects.toMatchObject({ code: 'conflict' });
		const timeline = await gate.gating.leads.accountTimeline(id, mara);
		expect(timeline?.items.map(({ personId }) => personId)).toContain(ada);
		expect((await committee()).members.map(({ personId, leftCause }) => [personId, leftCause])).toContainEqual([ada, 'staff:m']);

		await accounts().left(id, await leadOf(ben), true, mara);
		const posts = await accounts().posts(id);
		expect(posts).toHaveLength(1);
		expect(posts[0]).toMatchObject({ isVacant: true });
	});

	test('falls vacant when mail to its holder comes back, and not for any other failure', async () => {
		const ada = await verified('Ada Keller', 'ada@packline.example', 'Design engineer');
		const { id } = await packline();
		const compose = () => ({ to: 'ada@packline.example', subject: 's', text: 't', html: 'h', messageId: '<m@x>', headers: {} }) as never;
		const send = () => gate.gating.messages.deliver({ personId: ada, purpose: 'necessary', locale: 'en', compose });
		gate.refuse('ada@packline.example', new DomainError('invalid', 'the mail server refused the mail (554)'));
		await expect(send()).rejects.toThrow('554');
		expect(await accounts().posts(id)).toEqual([]);
		gate.refuse('ada@packline.example', new DomainError('invalid', 'the mail server refused the mail (550)'));
		await expect(send()).rejects.toThrow('550');
		await expect(send()).rejects.toThrow('550');
		expect(await accounts().posts(id)).toMatchObject([{ isVacant: true, holders: [{ personId: ada, cause: 'bounce' }] }]);
		expect(await packline()).toMatchObject({ people: 0 });
	});

	test('is none when who left comes back', async () => {
		const ada = await verified('Ada Keller', 'ada@packline.example', 'Design engineer');
		const { id } = await packline();
		const before = await gate.db.read.select().from(accountMember);
		await accounts().left(id, await leadOf(ada), true, mara);
		await accounts().left(id, await leadOf(ada), false, mara);
		expect(await gate.db.read.select().from(accountMember)).toEqual(before);
		expect(await gate.db.read.select().from(accountPost)).toEqual([]);
		await expect(accounts().left(id, await leadOf(ada), false, mara)).rejects.toMatchObject({ code: 'not-found' });
	});

	test('a mover starts anew at the new company, and the history stays at the old one', async () => {
		const ada = await verified('Ada Keller', 'ada@packline.example', 'Head of purchasing');
		const old = await packline();
		await accounts().left(old.id, await leadOf(ada), true, mara);
		const again = await verified('Ada Keller', 'ada@bottling.example', 'Head of purchasing');
		const moved = (await accounts().ofLead(await leadOf(again))).account;
		expect(moved?.id).not.toBe(old.id);
		expect(await leadOf(again)).not.toBe(await leadOf(ada));
		const did = async (accountId: string) =>
			new Set((await gate.gating.leads.accountTimeline(accountId, mara))?.items.map(({ personId }) => personId));
		expect([...(await did(old.id))]).toEqual([ada]);
		expect([...(await did(moved!.id))]).toEqual([again]);
	});

	test('goes with merges of accounts and comes back with their undoing; erasure forgets its holder', async () => {
		const ada = await verified('Ada Keller', 'ada@packline.example', 'Head of purchasing');
		const { id } = await packline();
		await accounts().left(id, await leadOf(ada), true, mara);
		const other = await accounts().add({ name: 'Packline Group', domain: '', country: '' }, mara);
		const merge = await accounts().merge(other, id, mara);
		expect(await accounts().posts(other)).toHaveLength(1);
		await accounts().undoMerge(merge, mara);
		expect([(await accounts().posts(other)).length, (await accounts().posts(id)).length]).toEqual([0, 1]);
		await gate.gating.privacy.erase(ada, 'staff:m');
		expect(await gate.db.read.select().from(postHolder)).toEqual([]);
	});
});

describe('a target list', () => {
	const none = { status: '', industry: '', size: '', country: '' };

	test('holds who is put on it, who an import names, and who its rule says', async () => {
		const { targets } = accounts();
		const one = await accounts().add({ name: 'Bottling AG', domain: 'bottling.example', country: 'CH' }, mara);
		const two = await accounts().add({ name: 'Kestrel Packaging', domain: '', country: 'DE' }, mara);
		await accounts().add({ name: 'Twin AG', domain: '', country: 'DE' }, mara);
		await accounts().add({ name: 'Twin AG', domain: '', country: 'CH' }, mara);
		const listId = await targets.add({ name: 'Spring', rule: none }, mara);
		expect(await targets.put(listId, [one], mara)).toEqual([one]);
		const text = 'https://www.bottling.example/contact\nKestrel Packaging,DE\n"Twin AG";x\nNobody GmbH\n\nanna@bottling.example\n';
		expect(await targets.import(listId, text, mara)).toEqual({ added: 1, known: 1, unmatched: ['Twin AG', 'Nobody GmbH'] });
		const names = async (id: string) => (await accounts().list({ listId: id, sort: 'name' })).items.map(({ name }) => name);
		expect(await names(listId)).toEqual(['Bottling AG', 'Kestrel Packaging']);
		await targets.take(listId, [two], mara);
		expect(await names(listId)).toEqual(['Bottling AG']);

		const german = await targets.add({ name: 'Germany', rule: { ...none, country: 'DE' } }, mara);
		expect(await names(german)).toEqual(['Kestrel Packaging', 'Twin AG']);
		expect((await targets.list()).map(({ name, accounts: size }) => [name, size])).toEqual([
			['Germany', 2],
			['Spring', 1],
		]);
		expect(await names('no-such-list')).toEqual([]);
		await expect(targets.import(listId, ' \n ', mara)).rejects.toMatchObject({ fields: [{ code: 'required' }] });
		await expect(targets.put('no-such-list', [one], mara)).rejects.toMatchObject({ code: 'not-found' });
		await expect(targets.add({ name: ' ', rule: none }, mara)).rejects.toMatchObject({ code: 'invalid' });
	});

	test('follows merges and their undoing, and forgets an account that goes', async () => {
		const { targets } = accounts();
		const ada = await verified('Ada Keller', 'ada@packline.example', 'Engineer');
		const { id } = await packline();
		const into = await accounts().add({ name: 'Packline Group', domain: '', country: '' }, mara);
		const listId = await targets.add({ name: 'Spring', rule: none }, mara);
		await targets.put(listId, [id], mara);
		const ids = async () => (await accounts().list({ listId })).items.map((one) => one.id);
		const merge = await accounts().merge(into, id, mara);
		expect(await ids()).toEqual([into]);
		await accounts().undoMerge(merge, mara);
		expect(await ids()).toEqual([id]);
		await gate.gating.privacy.erase(ada, 'staff:m');
		// Staff put it on a list, so it is kept without its people.
		expect((await gate.db.read.select().from(account)).map((one) => one.id)).toContain(id);
		expect(await gate.db.read.select().from(targetEntry)).toHaveLength(1);
	});
});
