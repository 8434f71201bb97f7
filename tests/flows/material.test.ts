import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';

import type { StaffDirectory } from '../../gating/staff/create-staff.ts';
import { DAY_MS, HOUR_MS } from '#kernel/clock.ts';
import { systemRandom } from '#kernel/id.ts';
import { createLog } from '#kernel/log.ts';
import type { Mail } from '#kernel/mailer.ts';
import { createOutbox } from '#kernel/outbox.ts';
import { aSite } from '#tests/support/gate.ts';
import { createScoredHub, engineer, mara, type ScoredHub } from '#tests/support/scored.ts';

import { withdrawConsent } from '../../gating/consent/answer.ts';
import { agentOf } from '../../gating/lifecycle/agent.ts';
import { createMaterial, type Material } from '../../gating/material/create-material.ts';
import { noticeColleague } from '../../gating/material/colleague.ts';
import { materialData } from '../../gating/material/personal-data.ts';
import { account, accountMember, event, lead, materialOpening, ownerNotice, pass, staffMember, visitor } from '../../gating/schema.ts';

const CHROME = 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36';
const sam = agentOf({ id: 'sam', name: 'Sam', role: 'sales' }, { ...mara, actor: 'staff:sam' });
const sue = agentOf({ id: 'sue', name: 'Sue', role: 'sales' }, { ...mara, actor: 'staff:sue' });
const paper = 'white_papers:w1';

let hub: ScoredHub;
let material: Material;
let mails: Mail[];
let leadId: string;
let deliver: () => Promise<number>;
beforeEach(async () => {
	hub = await createScoredHub();
	mails = [];
	const directory = {
		signIn: async () => ({ status: 'refused' }),
		check: async () => ({ status: 'active', role: 'sales', name: 'Sam Ott', email: 'sam@halden.example', language: 'zh-CN' }),
	} as StaffDirectory;
	material = createMaterial({
		...{
			db: hub.db,
			keys: hub.keys,
			now: () => hub.clock.at,
			random: systemRandom,
			directory,
			origin: 'https://hub.example',
			content: () => aSite(),
		},
		mailer: { send: async (mail) => void mails.push(mail), check: async () => 'ok', close: async () => undefined },
		contentOf: hub.leads.contentOf,
	});
	const outbox = createOutbox({
		...{ db: hub.db, now: () => hub.clock.at, random: systemRandom, log: createLog('silent') },
		handlers: material.handlers,
	});
	deliver = () => outbox.runDue();
	leadId = await hub.aPerson('p1', engineer);
	await hub.db.write(async (tx) => {
		await tx.insert(staffMember).values({ id: 'sam', name: 'Sam Ott', role: 'sales', seenAt: hub.clock.at });
		await tx.update(lead).set({ owner: 'sam' }).where(eq(lead.id, leadId));
	});
});
afterEach(() => hub.close());

const later = (milliseconds: number) => (hub.clock.at = new Date(hub.clock.at.getTime() + milliseconds));
const aShare = async () => {
	await material.share(leadId, { subject: paper, locale: 'en' }, sam);
	return (await material.ofLead(leadId))[0]?.token ?? '';
};

test('a fetched link counts nothing, however often; a pressed button counts once an hour and tells the owner', async () => {
	const token = await aShare();
	for (let at = 0; at < 5; at++) expect(await material.peek(token)).toMatchObject({ subject: paper, sender: 'Sam Ott' });
	expect((await material.ofLead(leadId))[0]).toMatchObject({ openings: 0, lastOpenedAt: null });
	await material.open(token, CHROME);
	await material.open(token, CHROME);
	expect((await material.ofLead(leadId))[0]).toMatchObject({ openings: 1, lastOpenedAt: hub.clock.at });
	later(HOUR_MS + 1);
	await material.open(token, CHROME);
	expect((await material.ofLead(leadId))[0]?.openings).toBe(2);
	expect(await material.notices('sam')).toMatchObject([{ kind: 'opened', leadId, name: 'Anna Keller' }]);
	await deliver();
	expect(mails).toMatchObject([{ to: 'sam@halden.example', subject: expect.stringContaining('伺服电机选型') as string }]);
	await material.seen('sam');
	expect(await material.notices('sam')).toEqual([]);
});

test('an opened link proves nobody and adds nothing: no visitor, no pass, no event, the same score', async () => {
	const token = await aShare();
	await hub.scoring.runDue();
	const before = (await hub.leads.receipt(leadId))?.total;
	await material.open(token, CHROME);
	await hub.scoring.runDue();
	expect([await hub.db.read.$count(visitor), await hub.db.read.$count(pass), await hub.db.read.$count(event)]).toEqual([0, 0, 0]);
	expect((await hub.leads.receipt(leadId))?.total).toBe(before);
});

test.each(['', 'Mozilla/5.0 (compatible; Googlebot/2.1)', 'curl/8.4.0', 'Barracuda Sentinel (EE) bot'])(
	'a scanner (%j) that presses buttons does not count',
	async (agent) => {
		const token = await aShare();
		expect(await material.open(token, agent)).toMatchObject({ subject: paper });
		expect(await hub.db.read.$count(materialOpening)).toBe(0);
	},
);

test('who objected to profiling is not followed', async () => {
	const token = await aShare();
	await withdrawConsent(
		{ db: hub.db, now: () => hub.clock.at, random: systemRandom },
		{ personId: 'p1', purposes: ['profiling'], how: 'preferences', channel: 'direct' },
	);
	expect(await material.open(token, CHROME)).not.toBeNull();
	expect(await hub.db.read.$count(materialOpening)).toBe(0);
});

test('a link that was taken back, forged or whose person was erased opens nothing', async () => {
	const token = await aShare();
	expect(await material.peek(`${token.slice(0, -2)}xx`)).toBeNull();
	const [share] = await material.ofLead(leadId);
	await material.revoke(share?.id ?? '', sam);
	expect([await material.peek(token), (await material.ofLead(leadId))[0]?.token]).toEqual([null, '']);
	await expect(material.revoke(share?.id ?? '', sam)).rejects.toMatchObject({ code: 'not-found' });
	const other = await aShare();
	await material.open(other, CHROME);
	await hub.db.write((tx) => materialData().erase(tx, 'p1'));
	expect([await material.peek(other), await hub.db.read.$count(materialOpening), await hub.db.read.$count(ownerNotice)]).toEqual([null, 0, 0]);
});

test('nobody shares with somebody else’s lead, or what is not published', async () => {
	await expect(material.share(leadId, { subject: paper, locale: 'en' }, sue)).rejects.toMatchObject({ code: 'forbidden' });
	await expect(material.share(leadId, { subject: 'white_papers:none', locale: 'en' }, sam)).rejects.toMatchObject({ code: 'invalid' });
});

test('an owner hears of a return after thirty days, once, and not of every visit', async () => {
	await hub.did('f1', 'p1', { type: 'form.submitted', props: { form: 'paper-default' } });
	await hub.scoring.runDue();
	later(10 * DAY_MS);
	await hub.did('f2', 'p1');
	await hub.scoring.runDue();
	expect(await material.notices('sam')).toEqual([]);
	later(31 * DAY_MS);
	await hub.did('f3', 'p1');
	await hub.scoring.runDue();
	await hub.did('f4', 'p1');
	await hub.scoring.runDue();
	expect((await material.notices('sam')).map(({ kind }) => kind)).toEqual(['came-back']);
});

test('an owner hears of a colleague who becomes known; what is switched off comes without mail', async () => {
	await hub.db.write(async (tx) => {
		const at = hub.clock.at;
		const nothing = { status: 'open', owner: '', industry: '', size: '', country: '', website: '', maySuggest: true };
		await tx.insert(account).values({ id: 'a1', name: 'Bottling AG', nameKey: 'bottling', nameFolded: 'bottling', ...nothing, createdAt: at });
		const member = { accountId: 'a1', firstAccountId: 'a1', cause: 'domain', companyKey: '', at };
		await tx.insert(accountMember).values({ ...member, personId: 'p1' });
	});
	await material.mute('sam', ['colleague']);
	await hub.aPerson('p2', { ...engineer, name: 'Ben Ott', email: 'ben@bottling.example' });
	await hub.db.write((tx) => noticeColleague(tx, 'p2', 'a1', hub.clock.at, systemRandom));
	expect((await material.notices('sam')).map(({ kind }) => kind)).toEqual(['colleague']);
	await deliver();
	expect(mails).toEqual([]);
});
