import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { DomainError } from '#kernel/errors.ts';
import { audit } from '#kernel/schema.ts';
import { aWebinar, createHall, type Hall } from '#tests/support/webinars.ts';

import { interaction, occurrence, registration, roomBan } from '../../webinar/schema.ts';

const DOORS = '2026-03-03T09:50:00Z';
const LIVE = '2026-03-03T10:01:00Z';
let hall: Hall;

beforeEach(async () => {
	hall = await createHall([aWebinar({ mode: 'live' })]);
});
afterEach(() => hall.close());

const stage = () => hall.hall.stage;
const registrationId = async (): Promise<string> => (await hall.gate.db.read.select({ id: registration.id }).from(registration))[0]?.id ?? '';
const states = async () =>
	(await hall.gate.db.read.select().from(interaction).where(eq(interaction.kind, 'state')).orderBy(interaction.seq)).map(({ data }) => data['state']);
/** A viewer whom the host called while it is live. */
const called = async () => {
	const ada = await hall.attend('ada@plant.example');
	hall.at(LIVE);
	const host = await hall.host();
	await stage().goLive(host);
	const token = await stage().tokens.forViewer('sizing', await ada.who());
	if (token.status !== 'granted') throw new Error(token.status);
	await hall.rooms.connect(token.room.token);
	return { ada, host, identity: token.identity, id: await registrationId() };
};

describe('a live webinar', () => {
	test('begins when its host says so, and not before the doors', async () => {
		const host = await hall.host();
		hall.at('2026-03-03T09:00:00Z');
		expect(await stage().goLive(host)).toEqual({ status: 'too-early' });
		hall.at(DOORS);
		expect(await stage().finish(host)).toEqual({ status: 'not-begun' });
		expect(await stage().goLive(host)).toEqual({ status: 'live' });
		expect(await stage().goLive(host)).toEqual({ status: 'already' });
		expect((await hall.hall.view('sizing'))?.status).toBe('live');
		expect(await states()).toEqual(['live']);
	});

	test('past its start its doors stand open until the host comes', async () => {
		hall.at(LIVE);
		expect((await hall.hall.view('sizing'))?.status).toBe('doors');
	});

	test('ends when its host says so; the room is closed seconds later, when everybody has gone', async () => {
		const host = await hall.host();
		hall.at(LIVE);
		await stage().goLive(host);
		hall.at('2026-03-03T10:20:00Z');
		expect(await stage().finish(host)).toEqual({ status: 'ended' });
		expect(await stage().finish(host)).toEqual({ status: 'already' });
		expect((await hall.hall.view('sizing'))?.status).toBe('ended');
		await hall.deliver();
		expect(hall.rooms.done).not.toContain('end');
		hall.at('2026-03-03T10:20:15Z');
		await hall.deliver();
		expect(hall.rooms.done).toContain('end');
		expect(await states()).toEqual(['live', 'ended']);
		const acts = await hall.gate.db.read.select({ action: audit.action, actor: audit.actor }).from(audit).where(eq(audit.actor, 'staff:h1'));
		expect(acts.map(({ action }) => action)).toEqual(['webinar.live', 'webinar.end']);
	});

	test('nobody but a host runs it', async () => {
		const [one] = await hall.gate.db.read.select({ id: occurrence.id }).from(occurrence);
		const sales = { id: 's1', name: 'Sam', role: 'sales' as const };
		const reader = { actor: 'staff:s1', origin: '' };
		await expect(stage().requireHost(sales, reader, one?.id ?? '')).rejects.toMatchObject({ code: 'forbidden' });
		await expect(stage().requireHost({ ...sales, role: 'host' }, reader, 'nothing')).rejects.toMatchObject({ code: 'not-found' });
	});
});

describe('a token of the stage', () => {
	test('is given to viewers once it is live, and to hosts before', async () => {
		const ada = await hall.attend('ada@plant.example');
		const stranger = hall.gate.browser();
		hall.at(DOORS);
		expect((await stage().tokens.forViewer('sizing', await ada.who())).status).toBe('not-live');
		expect((await stage().tokens.forViewer('sizing', await stranger.who())).status).toBe('refused');
		expect((await stage().tokens.forViewer('other', await ada.who())).status).toBe('unknown');
		expect(await stage().tokens.forHost(await hall.host())).toMatchObject({ status: 'granted', role: 'host' });
		await stage().goLive(await hall.host());
		expect(await stage().tokens.forViewer('sizing', await ada.who())).toMatchObject({ status: 'granted', role: 'viewer' });
	});

	test('says the role of our rows after each change, whatever the browser holds', async () => {
		const { ada, host, identity, id } = await called();
		const role = async () => {
			const outcome = await stage().tokens.forViewer('sizing', await ada.who());
			return outcome.status === 'granted' ? outcome.role : outcome.status;
		};
		expect(await role()).toBe('viewer');
		await stage().invite(host, id);
		expect(await role()).toBe('viewer');
		await stage().answer('sizing', await ada.who(), 'accept');
		expect(await role()).toBe('speaker');
		await stage().bringBack(host, identity);
		expect(await role()).toBe('viewer');
		await stage().ban(host, identity);
		expect(await role()).toBe('banned');
		await stage().unban(host, identity);
		expect(await role()).toBe('viewer');
		expect(hall.rooms.done).toEqual([`role ${identity} speaker ada`, `role ${identity} viewer`]);
	});
});

describe('the stage', () => {
	test('nobody comes to it uncalled, or after the call was taken back', async () => {
		const { ada, host, identity, id } = await called();
		expect(await stage().answer('sizing', await ada.who(), 'accept')).toEqual({ status: 'not-called' });
		await stage().invite(host, id);
		await stage().bringBack(host, identity);
		expect(await stage().answer('sizing', await ada.who(), 'accept')).toEqual({ status: 'not-called' });
		await stage().invite(host, id);
		expect(await stage().answer('sizing', await ada.who(), 'decline')).toEqual({ status: 'declined' });
		expect(await stage().answer('sizing', await ada.who(), 'accept')).toEqual({ status: 'not-called' });
	});

	test('holds six, hosts and speakers by link included', async () => {
		const { ada, host, id } = await called();
		await stage().tokens.forHost(host);
		await stage().invite(host, id);
		for (const name of ['a', 'b', 'c', 'd', 'e']) expect((await stage().speakers.add(host, name)).status).toBe('added');
		expect((await stage().speakers.add(host, 'f')).status).toBe('stage-full');
		expect(await stage().answer('sizing', await ada.who(), 'accept')).toEqual({ status: 'stage-full' });
		expect(await stage().invite(host, id)).toEqual({ status: 'stage-full' });
	});

	test('who is banned is put out, says nothing, and is put out again when a webhook tells that they came back', async () => {
		const { host, identity } = await called();
		await stage().ban(host, identity);
		expect(await hall.rooms.sessions(host.occurrenceId)).toEqual([]);
		expect(await hall.gate.db.read.select().from(roomBan)).toHaveLength(1);
		await hall.rooms.connect(JSON.stringify({ room: host.occurrenceId, identity, role: 'viewer' }));
		const event = { id: 'EV_1', room: host.occurrenceId, identity, sessionId: 's', joinedAt: null, job: null, at: new Date(LIVE) };
		await stage().heard({ ...event, type: 'participant_joined' });
		expect(await hall.rooms.sessions(host.occurrenceId)).toEqual([]);
	});

	test('who publishes with the token of a speaker that they are no more is stopped', async () => {
		const { ada, host, identity, id } = await called();
		await stage().invite(host, id);
		await stage().answer('sizing', await ada.who(), 'accept');
		await stage().bringBack(host, identity);
		await hall.rooms.connect(JSON.stringify({ room: host.occurrenceId, identity, role: 'speaker' }));
		const event = { id: 'EV_1', room: host.occurrenceId, identity, sessionId: 's', joinedAt: null, job: null, at: new Date(LIVE) };
		await stage().heard({ ...event, type: 'track_published' });
		expect(hall.rooms.roleOf(host.occurrenceId, identity)).toBe('viewer');
	});

	test('is shown as the host arranges it, and each change has the next revision', async () => {
		const { host, identity } = await called();
		await stage().arrange(host, { layout: 'speaker' });
		expect(await stage().arrange(host, { spotlight: identity })).toEqual({ layout: 'speaker', spotlight: identity, revision: 2 });
		expect((await stage().view(host.occurrenceId))?.layout.revision).toBe(2);
	});
});

describe('a speaker by link', () => {
	const invited = async () => {
		hall.at(DOORS);
		const host = await hall.host();
		const { token } = await stage().speakers.add(host, 'Jin Park');
		return { host, token };
	};

	test('comes in by the button only, under the name the host gave', async () => {
		const { token } = await invited();
		expect(await stage().speakers.peek(token)).toMatchObject({ status: 'ready', name: 'Jin Park' });
		const entered = await stage().speakers.enter(token);
		if (entered.status !== 'entered') throw new Error(entered.status);
		expect(await stage().tokens.forSpeaker(entered.session)).toMatchObject({ status: 'granted', role: 'speaker' });
	});

	test('a link that was taken back opens nothing, and puts out who came by it', async () => {
		const { host, token } = await invited();
		const entered = await stage().speakers.enter(token);
		if (entered.status !== 'entered') throw new Error(entered.status);
		const granted = await stage().tokens.forSpeaker(entered.session);
		if (granted.status !== 'granted') throw new Error(granted.status);
		await hall.rooms.connect(granted.room.token);
		const [speaker] = await stage().speakers.list(host.occurrenceId);
		await stage().speakers.revoke(host, speaker?.seatId ?? '');
		expect(await stage().speakers.peek(token)).toEqual({ status: 'revoked' });
		expect(await stage().speakers.enter(token)).toEqual({ status: 'refused' });
		expect(await stage().tokens.forSpeaker(entered.session)).toEqual({ status: 'refused' });
		expect(await hall.rooms.sessions(host.occurrenceId)).toEqual([]);
	});

	test.each([
		['forged', (token: string) => `${token.slice(0, -2)}xx`],
		['of another purpose', (token: string) => token.replace('.', '.x')],
		['empty', () => ''],
	])('a %s link is nobody', async (_what, spoil) => {
		const { token } = await invited();
		expect(await stage().speakers.peek(spoil(token))).toEqual({ status: 'unknown' });
		expect(await stage().tokens.forSpeaker(spoil(token))).toEqual({ status: 'refused' });
	});

	test('a name that says nothing is refused', async () => {
		expect(await stage().speakers.add(await hall.host(), '  ')).toEqual({ status: 'name', token: '' });
	});
});

test('without the media server the host still begins and ends, and is told', async () => {
	hall.at(LIVE);
	const host = await hall.host();
	const away = {
		...hall.rooms,
		sessions: () => Promise.reject(new DomainError('unavailable', 'gone')),
		status: () => ({ state: 'down' as const, reason: 'gone' }),
	};
	const lone = hall.secondHub({ rooms: away });
	expect(await lone.stage.goLive(host)).toEqual({ status: 'live' });
	expect(await lone.stage.view(host.occurrenceId)).toMatchObject({ status: 'live', viewers: null, media: { state: 'down', reason: 'gone' } });
	expect(await lone.stage.finish(host)).toEqual({ status: 'ended' });
});

test('what the stage knows of a person is in their export, and gone once they are erased', async () => {
	const { host, identity } = await called();
	await stage().ban(host, identity);
	const { personalData } = hall.hall;
	const [row] = await hall.gate.db.read.select({ personId: registration.personId }).from(registration);
	const personId = row?.personId ?? '';
	const stages = async () => (await hall.gate.db.write(async (tx) => (await personalData.export(tx, personId)) as { stages: unknown[] })).stages;
	expect(await stages()).toMatchObject([{ occurrenceId: host.occurrenceId, role: 'viewer' }]);
	await hall.gate.db.write((tx) => personalData.erase(tx, personId));
	expect(await stages()).toEqual([]);
});
