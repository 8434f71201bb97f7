import { asc } from 'drizzle-orm';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { createGate, type Gate } from '#tests/support/gate.ts';
import { stepsOf } from '#tests/support/gate-steps.ts';
import { csvOf, settings } from '#tests/support/imports.ts';

import { listAccounts, orderAccounts } from '../../gating/account/list.ts';
import { account, accountDomain, accountMember } from '../../gating/schema.ts';

const marketer = { actor: 'staff:m', origin: '', seesPeople: true };
let gate: Gate;
beforeEach(async () => void (gate = await createGate()));
afterEach(() => gate.close());

const accounts = () => gate.gating.accounts;
const items = async () => (await accounts().list({ sort: 'name' })).items.map(({ name, people }) => [name, people]);

/** Somebody who sent a form and confirmed their address. Returns the person's id. */
async function verified(name: string, email: string, company: string, region = ''): Promise<string> {
	const steps = stepsOf(gate);
	const { browser, token } = await steps.submitAndMail(gate.browser(), { name, email, company, region });
	await steps.confirm(browser, token);
	return (await browser.who()).personId ?? '';
}

async function imported(rows: readonly (readonly string[])[]): Promise<string> {
	const id = await gate.gating.imports.upload(csvOf(rows), 'List', 'en', marketer);
	await gate.gating.imports.check(id, settings(), marketer);
	await gate.gating.imports.work(id);
	await gate.gating.imports.run(id, marketer);
	await gate.gating.imports.work(id);
	return id;
}

const leadOf = async (personId: string) => (await gate.gating.leads.forPerson(personId)) ?? '';
const stateOf = async () => ({
	accounts: await gate.db.read.select().from(account).orderBy(asc(account.id)),
	domains: await gate.db.read.select().from(accountDomain).orderBy(asc(accountDomain.domain)),
	members: await gate.db.read.select().from(accountMember).orderBy(asc(accountMember.personId)),
});

describe('an account', () => {
	test('appears with the first verified person of its domain, not with a stranger’s words', async () => {
		await stepsOf(gate).submitAndMail(gate.browser(), { email: 'x@stranger.example', company: 'Stranger AG' });
		expect(await items()).toEqual([]);
		await verified('Ada Keller', 'ada@mail.packline.example', 'Packline AG');
		await verified('Ben Roth', 'ben@packline.example', 'Packline Group');
		await verified('Cai Li', 'cai@qq.com', 'Packline AG');
		expect(await items()).toEqual([['Packline AG', 2]]);
		const { items: found } = await accounts().list({});
		const named = async (seesPeople: boolean) =>
			(await accounts().committee(found[0]!.id, { ...marketer, seesPeople })).members.map(({ name }) => name).sort();
		expect([await named(true), await named(false)]).toEqual([
			['Ada Keller', 'Ben Roth'],
			[null, null],
		]);
	});

	test('takes people in by its exact name in its own country, and only suggests elsewhere', async () => {
		await verified('Ada Keller', 'ada@packline.ch', 'Packline AG', 'Switzerland');
		const near = await verified('Ben Roth', 'ben@gmail.com', 'PACKLINE A.G.', 'Bern, Switzerland');
		const far = await verified('Cai Li', 'cai@qq.com', 'Packline GmbH', 'China');
		const other = await verified('Dora Fey', 'dora@gmail.com', 'Packline China AG', 'Switzerland');
		const of = async (personId: string) => accounts().ofLead(await leadOf(personId));
		expect(await of(near)).toMatchObject({ account: { name: 'Packline AG' }, cause: 'name' });
		expect(await of(far)).toMatchObject({ account: null, suggestions: [{ name: 'Packline AG', country: 'CH' }] });
		expect(await of(other)).toMatchObject({ account: null, suggestions: [] });
		const { items: [first] = [] } = await accounts().list({});
		expect((await accounts().get(first?.id ?? ''))?.mayBelong).toEqual([await leadOf(far)]);

		await accounts().assign(await leadOf(far), first?.id ?? '', marketer);
		expect(await of(far)).toMatchObject({ account: { name: 'Packline AG' }, cause: 'staff:m' });
		await accounts().assign(await leadOf(near), null, marketer);
		expect(await of(near)).toMatchObject({ account: null, cause: 'staff:m', suggestions: [] });
	});

	test('comes with an import and goes with its undoing', async () => {
		await verified('Ada Keller', 'ada@packline.example', 'Packline AG');
		const before = await stateOf();
		const id = await imported([
			['Anna Keller', 'anna@bottling.example', '', 'Bottling AG', ''],
			['Bo Keller', 'bo@bottling.example', '', '', ''],
			['Ada K', 'ada@packline.example', '', 'Other name', ''],
			['Wang', 'wang@163.com', '', 'Bottling AG', ''],
		]);
		expect(await items()).toEqual([
			['Bottling AG', 2],
			['Packline AG', 1],
		]);
		await gate.gating.imports.undo(id, marketer);
		await gate.gating.imports.work(id);
		expect((await stateOf()).accounts).toEqual(before.accounts);
		expect((await stateOf()).domains).toEqual(before.domains);
	});

	test('goes with the last person who made it known; what staff work stays, without that person’s words', async () => {
		const ada = await verified('Ada Keller', 'ada@packline.example', 'ZZ-unique-words AG');
		const ben = await verified('Ben Roth', 'ben@bottling.example', 'YY-unique-words AG');
		const { items: all } = await accounts().list({ sort: 'name' });
		await accounts().change(all[0]?.id ?? '', { status: 'customer', maySuggest: true }, marketer);
		expect(await accounts().suggest('yy-un', 5)).toEqual(['YY-unique-words AG']);
		await gate.gating.privacy.erase(ada, 'staff:m');
		await gate.gating.privacy.erase(ben, 'staff:m');
		expect(await items()).toEqual([['bottling.example', 0]]);
		expect(JSON.stringify(await stateOf())).not.toContain('unique-words');
	});

	test('takes its next person’s name when the one who named it is erased', async () => {
		const ada = await verified('Ada Keller', 'ada@packline.example', 'Ada’s own words');
		await verified('Ben Roth', 'ben@packline.example', 'Packline AG');
		await gate.gating.privacy.erase(ada, 'staff:m');
		expect(await items()).toEqual([['Packline AG', 1]]);
	});

	test('is offered to strangers only where staff allow it', async () => {
		await verified('Ada Keller', 'ada@packline.example', 'Packline AG');
		expect(await accounts().suggest('pack', 5)).toEqual([]);
		const { items: [only] = [] } = await accounts().list({ q: '@packline' });
		await accounts().change(only?.id ?? '', { maySuggest: true, name: 'Päckline AG' }, marketer);
		expect(await accounts().suggest('ＰＡＣＫ', 5)).toEqual(['Päckline AG']);
		expect(await accounts().suggest('p', 5)).toEqual([]);
	});

	test('can be given the tenant domain of its people, and nobody else’s', async () => {
		const ada = await verified('Ada Keller', 'ada@packline.onmicrosoft.com', 'Packline AG');
		const id = await accounts().add({ name: 'Packline AG', domain: 'packline.onmicrosoft.com', country: 'CH' }, marketer);
		expect(await accounts().ofLead(await leadOf(ada))).toMatchObject({ account: { id }, cause: 'domain' });
		await expect(accounts().addDomain(id, 'gmail.com', marketer)).rejects.toMatchObject({ code: 'invalid' });
		const other = await accounts().add({ name: 'Other', domain: 'other.example', country: '' }, marketer);
		await expect(accounts().addDomain(other, 'packline.onmicrosoft.com', marketer)).rejects.toMatchObject({ code: 'conflict' });
		await accounts().change(other, { parentId: id }, marketer);
		await expect(accounts().change(id, { parentId: other }, marketer)).rejects.toMatchObject({ code: 'invalid' });
	});
});

describe('merges of accounts', () => {
	test('any order of merging, undoing and arriving leaves everybody where they would be without what was undone', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: 1, maxLength: 4 }),
				fc.infiniteStream(fc.nat(9)),
				async (pairs, order) => {
					const own = await createGate();
					try {
						const [before, ids] = await fourAccounts(own);
						const merges: string[] = [];
						for (const [into, from] of pairs) {
							const merge = own.gating.accounts.merge(ids[into] ?? '', ids[from] ?? '', marketer);
							await merge.then(
								(id) => merges.push(id),
								() => undefined,
							);
						}
						const people = await own.db.read.select().from(accountMember);
						for (const { accountId } of people) expect((await own.gating.accounts.get(accountId ?? ''))?.id).toBe(accountId);
						while (merges.length > 0)
							await own.gating.accounts.undoMerge(merges.splice((order.next().value ?? 0) % merges.length, 1)[0] ?? '', marketer);
						expect(await own.db.read.select().from(accountMember).orderBy(asc(accountMember.personId))).toEqual(before);
					} finally {
						await own.close();
					}
				},
			),
			{ numRuns: 6, seed: 4 },
		);
	});

	test('a merge brings people, domains and newcomers to one account, and undoing parts them', async () => {
		await verified('Ada Keller', 'ada@packline.example', 'Packline AG');
		await verified('Ben Roth', 'ben@bottling.example', 'Bottling AG');
		const [one, two] = (await accounts().list({ sort: 'name' })).items.map(({ id }) => id);
		const mergeId = await accounts().merge(one ?? '', two ?? '', marketer);
		await verified('Cai Li', 'cai@packline.example', 'Packline AG');
		expect(await items()).toEqual([['Bottling AG', 3]]);
		expect((await accounts().get(two ?? ''))?.id).toBe(one);
		await accounts().undoMerge(mergeId, marketer);
		expect(await items()).toEqual([
			['Bottling AG', 1],
			['Packline AG', 2],
		]);
		await expect(accounts().undoMerge(mergeId, marketer)).rejects.toMatchObject({ code: 'conflict' });
	});
});

test('people from before there were accounts are placed by a job, once', async () => {
	await verified('Ada Keller', 'ada@packline.example', 'Packline AG');
	const before = (await stateOf()).accounts.map(({ name }) => name);
	await gate.db.write(async (tx) => {
		await tx.delete(accountMember);
		await tx.delete(accountDomain);
		await tx.delete(account);
	});
	const job = accounts().jobs['accounts.place'];
	await job?.({ key: 'k', params: {}, cursor: null, progress: async () => true });
	await job?.({ key: 'k', params: {}, cursor: null, progress: async () => true });
	expect((await stateOf()).accounts.map(({ name }) => name)).toEqual(before);
	expect(await items()).toEqual([['Packline AG', 1]]);
});

test('an order that is kept is the order of the list; who came since goes last, and filters hold', async () => {
	await fourAccounts(gate);
	for (let n = 0; n < 3; n++) await verified(`Ada ${n}`, `ada${n}@bb.example`, 'Firm b');
	const engagedSince = gate.clock.at.getTime() - 30 * 86_400_000;
	const kept = await orderAccounts(gate.db.read, { engagedSince, atLeast: 1 });
	if (!kept) throw new Error('no order');
	expect(await orderAccounts(gate.db.read, { engagedSince, atLeast: 100 })).toBeNull();
	const ids = async (params: Partial<Parameters<typeof listAccounts>[1]>) =>
		(await listAccounts(gate.db.read, { engagedSince, ...params })).items.map(({ id }) => id);
	for (const sort of ['total', 'people', 'engaged', 'activity'] as const) {
		expect(kept[sort]).toEqual(await ids({ sort }));
		expect(await ids({ sort, ranked: kept[sort].toReversed() })).toEqual(kept[sort].toReversed());
		expect(await ids({ sort, ranked: kept[sort].slice(1) })).toEqual([...kept[sort].slice(1), kept[sort][0]]);
		expect(await ids({ sort, ranked: kept[sort], q: 'Firm b' })).toEqual(await ids({ sort, q: 'Firm b' }));
	}
	const { items: shown } = await listAccounts(gate.db.read, { engagedSince, sort: 'people', ranked: kept.people });
	expect(shown).toEqual((await listAccounts(gate.db.read, { engagedSince, sort: 'people' })).items);
});

async function fourAccounts(own: Gate) {
	const id = await own.gating.imports.upload(
		csvOf(['a', 'b', 'c', 'd', 'a'].map((name, index) => [`P ${index}`, `p${index}@${name}${name}.example`, '', `Firm ${name}`, ''])),
		'List',
		'en',
		marketer,
	);
	await own.gating.imports.check(id, settings(), marketer);
	await own.gating.imports.work(id);
	await own.gating.imports.run(id, marketer);
	await own.gating.imports.work(id);
	const before = await own.db.read.select().from(accountMember).orderBy(asc(accountMember.personId));
	const ids = (await own.gating.accounts.list({ sort: 'name' })).items.map((one) => one.id);
	return [before, ids] as const;
}
