/** What somebody may do in a media room. Hosts' powers are the hub's own; no browser holds an administrator's grant. */
export type StageRole = 'host' | 'speaker' | 'viewer';

export interface RoomToken {
	/** Address of the media server for browsers. */
	readonly url: string;
	/** Bearer secret, valid for {@link TOKEN_SECONDS}; made just before connecting. */
	readonly token: string;
	readonly expiresAt: Date;
}

export const TOKEN_SECONDS = 600;

/** Somebody connected now. `identity` is opaque, one for each registrant and occurrence. */
export interface RoomSession {
	/** Changes with each full reconnect. */
	readonly sessionId: string;
	readonly identity: string;
	readonly joinedAt: Date;
	/** Whether they publish something. */
	readonly isOnStage: boolean;
}

/** What a recorder says of its job. */
export interface RecorderJob {
	readonly id: string;
	readonly state: 'recording' | 'complete' | 'failed';
	/** The file it made, as the recorder names it; '' while there is none. */
	readonly file: string;
	readonly sizeBytes: number;
	readonly durationSeconds: number | null;
	/** In the recorder's words, for the log; '' when all is well. */
	readonly error: string;
}

/** What a media server told us. */
export interface RoomEvent {
	/** Unique: the same event may come twice. */
	readonly id: string;
	readonly type: string;
	/** Room name, or '' for events without one. */
	readonly room: string;
	readonly identity: string | null;
	readonly sessionId: string | null;
	readonly joinedAt: Date | null;
	/** Of a recorder's event. */
	readonly job: RecorderJob | null;
	readonly at: Date;
}

/** A media server's rooms. A room is named by the id of its occurrence. */
export interface Rooms {
	/** False: there is no media server; live stages cannot be shown. */
	readonly isAvailable: boolean;
	/** So many viewers fit into one room; more get another picture, or a word. */
	readonly mostViewers: number;
	/** Address of the same picture, some seconds later, for viewers who do not fit; null: there is none. */
	overflow(room: string): string | null;
	/** Makes the room; does nothing when it is there. @throws DomainError unavailable */
	ensureRoom(room: string): Promise<void>;
	/** @throws DomainError unavailable without a media server. */
	mintToken(room: string, who: { readonly identity: string; readonly name: string; readonly role: StageRole }, now: Date): Promise<RoomToken>;
	/** Changes what a connected participant may do and the name others see, at once. @throws DomainError not-found, unavailable */
	setRole(room: string, identity: string, role: StageRole, name: string): Promise<void>;
	/** Silences a participant's microphones; nobody can switch them on again but they themselves. @throws DomainError not-found, unavailable */
	mute(room: string, identity: string): Promise<void>;
	/** Closes the participant's connection; nothing when they are gone. @throws DomainError unavailable */
	kick(room: string, identity: string): Promise<void>;
	/** Everybody connected, hidden viewers too; empty when there is no room. @throws DomainError unavailable */
	sessions(room: string): Promise<readonly RoomSession[]>;
	/** Closes the room for all; nothing when there is none. @throws DomainError unavailable */
	end(room: string): Promise<void>;
	/** Checks and reads a webhook: the raw body, and the header `authorization`. Null when it is not the media server's. */
	readEvent(rawBody: string, authorization: string): Promise<RoomEvent | null>;
	/** Starts recording a room. Null: no recorder is configured. @throws DomainError unavailable */
	startRecording(room: string): Promise<string | null>;
	/** Ends a recorder's job; nothing when it is over. @throws DomainError unavailable */
	stopRecording(jobId: string): Promise<void>;
	/** How the media server answered last; without one there is nothing to be down. */
	status(): { readonly state: 'ok' | 'down'; readonly reason: string };
}
