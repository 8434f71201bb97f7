import type { Visitor } from '#gating';
import { STRANGER } from '#gating';
import { createKeys } from '#kernel/keys.ts';
import { systemRandom } from '#kernel/id.ts';

import { createSight } from '../../site/components/webinar/sight.ts';
import { createBeat, type Seat } from '../../webinar/attendance/beat.ts';
import type * as fold from '../../webinar/attendance/fold.ts';
import { memoryRooms } from '../../webinar/room/memory.ts';
import type { RoomEvent } from '../../webinar/room/rooms.ts';
import type { History, Visit } from './presence-oracle.ts';

export type Rules = Pick<typeof fold, 'extend' | 'mergeSession' | 'presence' | 'startOf'>;

const EPOCH = Date.UTC(2026, 2, 3, 10);
const LOOK = 500;
const BEAT = 5_000;
const LIST = 30_000;
/** After so long the media server notices that a device is gone. */
const NOTICED = 20_000;
const SEAT: Seat = { occurrenceId: 'o1', webinarId: 'w1', registrationId: 'r1', personId: 'p1', hasJoined: false };
const VISITOR: Visitor = { ...STRANGER, personId: 'p1', isVerified: true };
const keys = createKeys([{ id: 'k1', key: Buffer.alloc(32, 5) }], systemRandom);

interface Session {
	readonly id: string;
	readonly from: number;
	to: number;
}

/**
 * A hub that keeps stays in memory and otherwise is the real one: beats go through `createBeat` with its signed tokens, webhooks through `readEvent` of a
 * media server, and `rules` fold them. Devices beat as the room's page does, with the page's own account of its sight.
 */
export async function hubSeconds(history: History, rules: Rules): Promise<{ readonly seconds: number; readonly isLeftTold: boolean }> {
	const clock = { at: EPOCH };
	const stays = new Map<string, fold.SourcedStay>();
	const beat = createBeat({
		keys,
		now: () => new Date(clock.at),
		random: systemRandom,
		startOf: rules.startOf,
		webinarId: () => 'w1',
		seat: async () => SEAT,
		open: async (id, _seat, startedAt, at) => void stays.set(id, { source: 'beat', startedAt, lastSeenAt: at, endedAt: null }),
		tell: async (id, signal) => {
			const known = stays.get(id);
			if (!known) return null;
			const told = rules.extend(known, signal);
			stays.set(id, { source: 'beat', ...told.stay });
			return told;
		},
	});
	const sessions: Session[] = [];
	for (const visits of history.devices) {
		if (history.speaks) await attend(history, visits, clock, beat);
		if (history.hasMediaRoom) sessions.push(...connect(visits, history));
	}
	const isLeftTold = await hearMediaServer(history, sessions, stays, rules);
	const span = { startsAt: new Date(EPOCH + history.run.from), endsAt: new Date(EPOCH + history.run.to) };
	return { seconds: rules.presence([...stays.values()], span).seconds, isLeftTold };
}

/** One device from its first to its last visit: looks twice a second, beats, beacons, and what of it gets through. */
async function attend(
	{ down, chance }: History,
	visits: readonly Visit[],
	clock: { at: number },
	beat: ReturnType<typeof createBeat>,
): Promise<void> {
	let here = 0;
	let token: string | null = null;
	let sight = createSight(() => here);
	let dueAt = 0;
	const way = (): number => 20 + Math.round(chance() * 380);
	const send = async (isLeaving: boolean, isLost: boolean): Promise<boolean> => {
		const arrives = here + way();
		if (isLost || (down && arrives >= down.from && arrives < down.to)) return false;
		clock.at = EPOCH + arrives;
		const outcome = await beat({ slug: 's', visitor: VISITOR, token, isLeaving, ...sight.word() });
		if (outcome.status === 'counted') ({ token } = outcome);
		return true;
	};

	for (const [index, { from, to, ending, isBeaconLost }] of visits.entries()) {
		const before = visits[index - 1]?.ending;
		here = from;
		if (before === 'close' || before === 'die' || before === undefined) [token, sight] = [null, createSight(() => here)];
		const isSilent = ending === 'sleep' || ending === 'die' || isBeaconLost;
		for (; here < to; here += LOOK) {
			const turn = sight.look(true);
			if (turn !== 'came' && here < dueAt - LOOK) continue;
			const isLost = chance() < 0.04 && !(isSilent && to - here < 8_000) && here !== from;
			const isHeard = await send(false, isLost);
			if (isHeard) sight.answered();
			dueAt = here + (isHeard ? BEAT : 1_500);
		}
		here = to;
		if (ending === 'close') await send(true, isBeaconLost);
		if (ending === 'hide') {
			sight.look(false);
			await send(true, isBeaconLost);
			for (const next = visits[index + 1]?.from ?? to; here < next; here += LOOK) sight.look(false);
		}
	}
}

/** The same device at the media server: a session lasts until the page closes, or until it is noticed that nobody answers. */
function connect(visits: readonly Visit[], { chance }: History): Session[] {
	const sessions: Session[] = [];
	let open: Session | null = null;
	for (const [index, { from, to, ending }] of visits.entries()) {
		if (open && from > open.to) open = null;
		if (!open) sessions.push((open = { id: `PA_${Math.floor(chance() * 1e12)}`, from: from + Math.round(chance() * 900), to }));
		open.to = ending === 'hide' ? (visits[index + 1]?.to ?? to) : ending === 'close' ? to : to + NOTICED;
		if (ending !== 'hide' && ending !== 'sleep') open = null;
	}
	return sessions;
}

/** Webhooks lost, doubled and shuffled, the list every 30 s, in any order. True when every leaving was told. */
async function hearMediaServer(
	{ chance, run }: History,
	sessions: readonly Session[],
	stays: Map<string, fold.SourcedStay>,
	rules: Rules,
): Promise<boolean> {
	const rooms = memoryRooms(() => new Date(EPOCH));
	const events: RoomEvent[] = [];
	let isLeftTold = true;
	for (const { id, from, to } of sessions) {
		const event = (type: string, at: number): RoomEvent => ({
			...{ id: `EV_${id}_${at}`, type, room: 'o1', identity: 'p_1', sessionId: id },
			...{ joinedAt: new Date(EPOCH + from), at: new Date(EPOCH + at), job: null },
		});
		const isLeftLost = chance() < 0.25;
		isLeftTold &&= !isLeftLost;
		const sent = [...(chance() < 0.25 ? [] : [event('participant_joined', from)]), ...(isLeftLost ? [] : [event('participant_left', to)])];
		for (let at = Math.ceil(from / LIST) * LIST; at < Math.min(to, run.to); at += LIST) sent.push(event('seen', at));
		events.push(...sent, ...sent.filter(() => chance() < 0.3));
	}
	for (const { body, authorization } of shuffled(
		events.map((event) => rooms.signed(event)),
		chance,
	)) {
		const event = await rooms.readEvent(body, authorization);
		if (!event?.sessionId) continue;
		const kind = ({ participant_joined: 'joined', participant_left: 'left' } as const)[event.type] ?? 'seen';
		const merged = rules.mergeSession(stays.get(event.sessionId) ?? null, { kind, at: event.at, joinedAt: event.joinedAt });
		stays.set(event.sessionId, { source: 'livekit', ...merged });
	}
	return isLeftTold;
}

function shuffled<T>(list: readonly T[], chance: () => number): T[] {
	return list
		.map((one) => ({ one, key: chance() }))
		.sort((a, b) => a.key - b.key)
		.map(({ one }) => one);
}
