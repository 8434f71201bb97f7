import { SECOND_MS, type Now } from '#kernel/clock.ts';
import { DomainError } from '#kernel/errors.ts';

import { type RoomEvent, type Rooms, type RoomSession, type StageRole, TOKEN_SECONDS } from './rooms.ts';

interface Participant extends RoomSession {
	role: StageRole;
}

/** Rooms in memory, for tests: `connect` stands for a browser with a token, `signed` for the media server's webhooks. */
export interface MemoryRooms extends Rooms {
	connect(token: string): Promise<RoomSession>;
	roleOf(room: string, identity: string): StageRole | null;
	/** What was done, in order. */
	readonly done: readonly string[];
	/** Body and header of a webhook that {@link Rooms.readEvent} accepts. */
	signed(event: RoomEvent): { readonly body: string; readonly authorization: string };
}

const SIGNATURE = 'memory';

export function memoryRooms(now: Now, { mostViewers = 300, records = false } = {}): MemoryRooms {
	const done: string[] = [];
	const rooms = new Map<string, Map<string, Participant>>();
	let connections = 0;
	const participant = (room: string, identity: string): Participant => {
		const found = rooms.get(room)?.get(identity);
		if (!found) throw new DomainError('not-found', 'nobody of that identity is in the room');
		return found;
	};
	const open = (room: string): Map<string, Participant> => {
		const known = rooms.get(room) ?? new Map<string, Participant>();
		rooms.set(room, known);
		return known;
	};

	return Object.freeze<MemoryRooms>({
		isAvailable: true,
		mostViewers,
		overflow: (room) => (records ? `https://hls.invalid/${room}.m3u8` : null),
		done,
		ensureRoom: async (room) => void open(room),
		mintToken: async (room, { identity, name, role }, at) => ({
			url: 'ws://memory.invalid',
			token: JSON.stringify({ room, identity, name, role }),
			expiresAt: new Date(at.getTime() + TOKEN_SECONDS * SECOND_MS),
		}),
		setRole: async (room, identity, role, name) => {
			Object.assign(participant(room, identity), { role, isOnStage: role !== 'viewer' });
			done.push(`role ${identity} ${role} ${name}`.trim());
		},
		mute: async (room, identity) => {
			participant(room, identity);
			done.push(`mute ${identity}`);
		},
		kick: async (room, identity) => void rooms.get(room)?.delete(identity),
		sessions: async (room) => [...(rooms.get(room)?.values() ?? [])].map(({ role: _role, ...session }) => session),
		end: async (room) => {
			rooms.delete(room);
			done.push('end');
		},
		startRecording: async (room) => {
			done.push('record');
			return records ? `job-${room}` : null;
		},
		stopRecording: async (jobId) => void done.push(`stop ${jobId}`),
		readEvent: async (rawBody, authorization) => {
			if (authorization !== `${SIGNATURE}:${rawBody.length}`) return null;
			const event = JSON.parse(rawBody) as RoomEvent;
			return { ...event, at: new Date(event.at), joinedAt: event.joinedAt && new Date(event.joinedAt) };
		},
		status: () => ({ state: 'ok', reason: '' }),
		connect: async (token) => {
			const { room, identity, role } = JSON.parse(token) as { room: string; identity: string; role: StageRole };
			const session: Participant = { sessionId: `session-${++connections}`, identity, joinedAt: now(), isOnStage: role !== 'viewer', role };
			open(room).set(identity, session);
			return session;
		},
		roleOf: (room, identity) => rooms.get(room)?.get(identity)?.role ?? null,
		signed: (event) => {
			const body = JSON.stringify(event);
			return { body, authorization: `${SIGNATURE}:${body.length}` };
		},
	});
}
