import type { Snapshot, Webinar } from '#cms/content.ts';
import type { Gating } from '#gating';
import type { Now } from '#kernel/clock.ts';
import type { Database } from '#kernel/database.ts';
import type { FileStore } from '#kernel/files.ts';
import type { Random } from '#kernel/id.ts';
import type { Keys } from '#kernel/keys.ts';
import type { Log } from '#kernel/log.ts';

import type { Rooms } from './room/rooms.ts';

/** What webinars need of gating: whose answers these are, who a link's holder is, and where behaviour is recorded. */
export interface WebinarGating {
	readonly forms: Pick<Gating['forms'], 'check' | 'describe'>;
	readonly people: Pick<Gating['people'], 'resolve' | 'verifiedAct' | 'contact' | 'seal' | 'unseal'>;
	readonly access: Pick<Gating['access'], 'of' | 'offer' | 'codeFor' | 'checkLink' | 'give' | 'requestDownload'>;
	readonly events: Pick<Gating['events'], 'record' | 'restate' | 'past' | 'retract' | 'ofSession'>;
	readonly channels: Pick<Gating['channels'], 'addSource' | 'addressOf' | 'cameBy'>;
	readonly consents: Pick<Gating['consents'], 'give' | 'of'>;
	/** Hands who asks for a person to sales. */
	readonly routing: Pick<Gating['routing'], 'demanded'>;
	readonly messages: Gating['messages'];
	readonly journeys: Pick<Gating['journeys'], 'tellOutcome' | 'takesOver' | 'followOutcomes'>;
	readonly leads: Pick<Gating['leads'], 'grades'>;
	readonly staff: Pick<Gating['staff'], 'can'>;
	readonly preferences: Pick<Gating['preferences'], 'change'>;
}

export interface WebinarsDeps {
	readonly db: Database;
	readonly keys: Keys;
	readonly now: Now;
	readonly random: Random;
	readonly log: Log;
	/** Origin of links in mails and calendars, without a trailing slash. */
	readonly origin: string;
	/** Published content in memory. */
	readonly content: () => Snapshot;
	readonly gating: WebinarGating;
	readonly rooms: Rooms;
	/** Recordings of live webinars, apart from files that are made anew. */
	readonly recordings: FileStore;
	/** Folder of films that are being sent. */
	readonly uploadFolder: string;
}

export function webinarBySlug(snapshot: Snapshot, slug: string): Webinar | null {
	return snapshot.webinars.find((webinar) => webinar.slug === slug) ?? null;
}

export function webinarById(snapshot: Snapshot, id: string): Webinar | null {
	return snapshot.webinars.find((webinar) => webinar.id === id) ?? null;
}

/** The subject of a webinar's events, grants and submissions. */
export const subjectOf = (webinarId: string): string => `webinars:${webinarId}`;
