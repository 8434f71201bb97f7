import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { DAY_MS } from '#kernel/clock.ts';
import { systemRandom } from '#kernel/id.ts';
import { createLog } from '#kernel/log.ts';
import { createOutbox } from '#kernel/outbox.ts';
import { engineer, mara } from '#tests/support/scored.ts';
import { until } from '#tests/support/until.ts';
import { createHookedHub, type HookedHub, status } from '#tests/support/webhooks.ts';

import { webhookEndpoint } from '../../gating/schema.ts';
import { type Resolve, systemResolve } from '../../gating/webhook/address.ts';
import { verdictOf } from '../../gating/webhook/retry.ts';
import { send } from '../../gating/webhook/send.ts';

let hub: HookedHub;
beforeEach(async () => (hub = await createHookedHub()));
afterEach(() => hub.close());

const endpointState = async (id: string) => (await hub.hooks.get(id))?.state;
/** As in production: public addresses only. */
async function outside({ resolve }: { readonly resolve?: Resolve }) {
	await hub.close();
	hub = await createHookedHub({ allowsLoopback: false, ...(resolve && { resolve }) });
}

describe('a bad receiver', () => {
	test('that hangs costs its own lanes only: another is told meanwhile', async () => {
		const hanging = await hub.receive(() => undefined);
		const quick = await hub.receive(status(200));
		await hub.listen(hanging.url);
		await hub.listen(quick.url);
		for (let at = 0; at < 10; at++) await hub.aPerson(`p${at}`, { ...engineer, email: `a${at}@other.example` });
		await hub.hooks.runDue();
		await until('ten messages at one receiver and four lanes taken by the other', () => quick.got.length === 10 && hanging.got.length === 4);
		expect((await hub.states()).filter(([state]) => state === 'waiting').length).toBeGreaterThanOrEqual(10);
	});

	test('that does not answer in time is tried again later', async () => {
		const hanging = await hub.receive(() => undefined);
		const sent = await send(
			{ resolve: systemResolve, rules: { allowsLoopback: true }, answerMs: 50 },
			{ url: hanging.url, headers: {}, body: '{}', signal: new AbortController().signal },
		);
		expect([sent, verdictOf(sent, 1, 0.5)]).toMatchObject([{ status: 0, error: 'timeout' }, { next: 'retry' }]);
	});

	test('that answers and then says no end of words is heard: the answer is kept short', async () => {
		const receiver = await hub.receive((response) => {
			response.writeHead(200);
			const more = setInterval(() => response.write('x'.repeat(400)), 5);
			response.once('close', () => clearInterval(more));
		});
		const { id } = await hub.listen(receiver.url);
		await hub.aPerson('p1', engineer);
		await hub.round();
		const [delivery] = (await hub.hooks.deliveries(id, {})).items;
		const detail = await hub.hooks.delivery(delivery?.id ?? '');
		expect(detail).toMatchObject({ state: 'done', tries: [{ status: 200 }] });
		expect(detail?.tries[0]?.answer.length).toBeLessThanOrEqual(1_000);
	});

	test('that redirects to the loopback is not followed', async () => {
		const inside = await hub.receive(status(200));
		const receiver = await hub.receive((response) => void response.writeHead(302, { location: inside.url }).end());
		await hub.listen(receiver.url);
		await hub.aPerson('p1', engineer);
		await hub.round();
		expect(inside.got).toEqual([]);
		expect(await hub.states()).toEqual([['waiting', 1, 'status-302']]);
	});

	test('that answers 410 is switched off at once, with a mail to the company', async () => {
		const receiver = await hub.receive(status(410));
		const { id } = await hub.listen(receiver.url);
		await hub.aPerson('p1', engineer);
		await hub.round();
		expect(await endpointState(id)).toBe('gone');
		await createOutbox({
			db: hub.db,
			now: () => hub.clock.at,
			random: systemRandom,
			log: createLog('silent'),
			handlers: hub.hooks.handlers,
		}).runDue();
		expect(hub.mails).toMatchObject([{ to: 'hello@halden-drives.example', text: expect.stringContaining('410') as string }]);
	});

	test('that answers 500 for days is given up and switched off; what it missed can be sent again', async () => {
		let isBroken = true;
		const receiver = await hub.receive((response) => status(isBroken ? 500 : 200)(response));
		const { id } = await hub.listen(receiver.url);
		const began = hub.clock.at;
		await hub.aPerson('p1', engineer);
		await hub.untilSettled();
		expect(await hub.states()).toEqual([['dead', 10, 'status-500']]);
		expect((hub.clock.at.getTime() - began.getTime()) / DAY_MS).toBeGreaterThan(2.6);
		expect((hub.clock.at.getTime() - began.getTime()) / DAY_MS).toBeLessThan(3.4);
		expect(await endpointState(id)).toBe('failing');

		await hub.aPerson('p2', { ...engineer, email: 'ben@other.example' });
		expect((await hub.states()).map(([state]) => state)).toEqual(['dead', 'missed']);
		isBroken = false;
		receiver.got.length = 0;
		await hub.hooks.switchTo(id, 'on', mara);
		expect(await hub.hooks.replaySince(id, began, mara)).toBe(2);
		await hub.round();
		expect(receiver.got).toHaveLength(2);
		expect((await hub.hooks.get(id))?.counts).toEqual({ done: 2 });
	});
});

describe('addresses', () => {
	const strict = async (resolve: Resolve) => {
		await outside({ resolve });
		const { id } = await hub.listen('https://crm.example.com/hook');
		await hub.aPerson('p1', engineer);
		await hub.round();
		return id;
	};

	test('a name that means an inner address is refused when it is connected to', async () => {
		await strict(async () => [{ address: '127.0.0.1', family: 4 }]);
		expect(await hub.states()).toEqual([['waiting', 1, 'address']]);
	});

	test('one inner address among public ones is one too many', async () => {
		await strict(async () => [
			{ address: '93.184.216.34', family: 4 },
			{ address: '::ffff:169.254.169.254', family: 6 },
		]);
		expect(await hub.states()).toEqual([['waiting', 1, 'address']]);
	});

	test('a name is asked for once a connection, and what was checked is what is connected to', async () => {
		let asked = 0;
		await strict(async () => [{ address: (asked += 1) === 1 ? '192.168.0.7' : '93.184.216.34', family: 4 }]);
		expect([asked, await hub.states()]).toEqual([1, [['waiting', 1, 'address']]]);
	});

	test('an address that turned inner after it was entered is refused too', async () => {
		await outside({});
		const { id } = await hub.listen('https://crm.example.com/hook');
		await hub.db.write((tx) => tx.update(webhookEndpoint).set({ url: 'https://10.0.0.1/hook' }).where(eq(webhookEndpoint.id, id)));
		await hub.aPerson('p1', engineer);
		await hub.round();
		expect(await hub.states()).toEqual([['waiting', 1, 'address']]);
	});

	test('an endpoint at a wrong address, without events or with unknown ones is not kept', async () => {
		await outside({});
		await expect(hub.hooks.create({ url: 'http://127.0.0.1/x', name: '', events: ['lead.sold'], level: 'all' }, mara)).rejects.toMatchObject({
			fields: [
				{ field: 'name', code: 'required' },
				{ field: 'url', code: 'https' },
				{ field: 'events', code: 'choice' },
				{ field: 'level', code: 'choice' },
			],
		});
	});
});
