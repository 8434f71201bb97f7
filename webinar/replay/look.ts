import type { Readable } from 'node:stream';

import { and, eq } from 'drizzle-orm';

import type { Asset, Locale, Webinar } from '#cms/content.ts';
import type { Visitor } from '#gating';

import type { WebinarsDeps } from '../deps.ts';
import type { Messages } from '../interaction/message.ts';
import type { Occurrence } from '../programme/occurrence.ts';
import { type OccurrenceView, occurrenceView } from '../programme/session.ts';
import { recordingOf } from '../recording/view.ts';
import { pollVote, replayAnswer, replayPass } from '../schema.ts';
import type { FindReplay, Pass, Place } from './find.ts';
import { createLines, pollsOf, type ReplayLine, type ReplayPoll } from './lines.ts';
import { ensurePass } from './watching.ts';

/** Where the recording comes from: the editor's file, before what the hub recorded. */
export type ReplayFile =
	| { readonly kind: 'asset'; readonly id: string; readonly mediaType: string }
	| {
			readonly kind: 'recorded';
			readonly mediaType: string;
			readonly sizeBytes: number;
			/** Bytes `start` to `end`, both included. */
			read(range: { readonly start: number; readonly end: number }): Readable;
	  };

export interface ReplayView {
	readonly webinar: Webinar;
	readonly occurrence: OccurrenceView;
	readonly mode: Occurrence['mode'];
	readonly serverTime: Date;
	/** Until when it is open; null: no end that is known yet. */
	readonly until: Date | null;
	/** Hours from the first play that the replay is open; null where it does not end so. */
	readonly hours: number | null;
	readonly hasStarted: boolean;
	/** False: there is no recording yet. */
	readonly hasVideo: boolean;
	/** Path of an HLS playlist; '' for none. */
	readonly hlsPath: string;
	/** Whether there are captions: of the editor, or typed while it ran. */
	readonly hasCaptions: boolean;
	readonly lines: readonly ReplayLine[];
	readonly polls: readonly ReplayPoll[];
	/** Poll → own answer: given live, or to the replay. */
	readonly mine: { readonly live: Readonly<Record<string, number>>; readonly replay: Readonly<Record<string, number>> };
}

export type ReplayOutcome =
	| { readonly status: 'open'; readonly replay: ReplayView }
	| { readonly status: 'expired'; readonly webinar: Webinar; readonly since: Date; readonly hasAsked: boolean }
	| { readonly status: 'closed' | 'registration-required'; readonly webinar: Webinar }
	| { readonly status: 'unknown' };

type Open = Extract<Place, { readonly status: 'found' }>;
type Deps = Pick<WebinarsDeps, 'db' | 'now' | 'random' | 'content' | 'recordings'> & {
	readonly find: FindReplay;
	readonly messages: Messages;
	readonly typedCaptions: (occurrence: Occurrence, locale: Locale, offsetSeconds: number) => Promise<string | null>;
};

export function createLook(deps: Deps) {
	const { db, now, find, typedCaptions, recordings } = deps;
	const linesOf = createLines(deps);

	const fileOf = async ({ webinar, occurrence }: Open): Promise<ReplayFile | null> => {
		if (webinar.video) return { kind: 'asset', id: webinar.video.id, mediaType: webinar.video.mediaType };
		const file = await recordingOf(db.read, occurrence.id);
		if (!file) return null;
		const { mediaType, sizeBytes, fileKey } = file;
		return { kind: 'recorded', mediaType, sizeBytes, read: (range) => recordings.read(fileKey, range) };
	};
	const mineOf = async ({ occurrence, personId, pass }: Open): Promise<ReplayView['mine']> => {
		const live = await db.read
			.select()
			.from(pollVote)
			.where(and(eq(pollVote.occurrenceId, occurrence.id), eq(pollVote.personId, personId)));
		const own = pass ? await db.read.select().from(replayAnswer).where(eq(replayAnswer.passId, pass.id)) : [];
		return {
			live: Object.fromEntries(live.flatMap(({ poll, choices: [option] }) => (option === undefined ? [] : [[poll, option] as const]))),
			replay: Object.fromEntries(own.map(({ poll, option }) => [poll, option])),
		};
	};
	const captionsOf = async ({ webinar, occurrence, terms }: Open, locale: Locale): Promise<Asset | string | null> =>
		webinar.captions[locale] ?? typedCaptions(occurrence, locale, terms.offsetSeconds);
	const opened = async (slug: string, visitor: Visitor): Promise<Open | 'refused' | 'unknown'> => {
		const place = await find(slug, visitor);
		if (place.status === 'unknown') return 'unknown';
		return place.status === 'found' && place.standing.status === 'open' ? place : 'refused';
	};

	return {
		look: async (slug: string, visitor: Visitor, locale: Locale): Promise<ReplayOutcome> => {
			const place = await find(slug, visitor);
			if (place.status === 'unknown') return { status: 'unknown' };
			const { webinar } = place;
			if (place.status === 'stranger') return { status: 'registration-required', webinar };
			const { standing, pass, terms, occurrence } = place;
			if (standing.status === 'closed') return { status: 'closed', webinar };
			if (standing.status === 'expired') return { status: 'expired', webinar, since: standing.since, hasAsked: isWaiting(pass) };
			const lines = await linesOf(webinar, occurrence, terms.offsetSeconds);
			const serverTime = now();
			const replay: ReplayView = {
				webinar,
				occurrence: occurrenceView(occurrence, serverTime),
				mode: occurrence.mode,
				serverTime,
				until: standing.until,
				hours: terms.kind === 'first-play' ? terms.hours : null,
				hasStarted: (pass?.firstPlayedAt ?? null) !== null,
				hasVideo: (await fileOf(place)) !== null,
				hlsPath: terms.hlsPath,
				hasCaptions: (await captionsOf(place, locale)) !== null,
				lines,
				polls: pollsOf(lines),
				mine: await mineOf(place),
			};
			return { status: 'open', replay };
		},
		recording: async (slug: string, visitor: Visitor): Promise<ReplayFile | 'refused' | 'unknown'> => {
			const place = await opened(slug, visitor);
			return typeof place === 'string' ? place : ((await fileOf(place)) ?? 'unknown');
		},
		captions: async (slug: string, visitor: Visitor, locale: Locale): Promise<Asset | string | 'refused' | 'unknown'> => {
			const place = await opened(slug, visitor);
			return typeof place === 'string' ? place : ((await captionsOf(place, locale)) ?? 'unknown');
		},
		answer: async (slug: string, visitor: Visitor, poll: string, option: number): Promise<'taken' | 'refused' | 'unknown'> => {
			const place = await opened(slug, visitor);
			if (typeof place === 'string') return place;
			const { webinar, occurrence, terms, personId } = place;
			const asked = pollsOf(await linesOf(webinar, occurrence, terms.offsetSeconds)).find((one) => one.poll === poll);
			if (!asked || !Number.isInteger(option) || option < 0 || option >= asked.options.length) return 'unknown';
			await db.write(async (tx) => {
				const passId = await ensurePass(tx, occurrence.id, personId, deps);
				await tx.insert(replayAnswer).values({ passId, poll, option, at: now() }).onConflictDoNothing();
			});
			return 'taken';
		},
		/** Asks the host for more time; asking twice is asking once. */
		askForTime: async (slug: string, visitor: Visitor): Promise<'asked' | 'refused' | 'unknown'> => {
			const place = await find(slug, visitor);
			if (place.status === 'unknown') return 'unknown';
			if (place.status === 'stranger' || place.standing.status === 'open') return 'refused';
			const { occurrence, personId } = place;
			await db.write(async (tx) => {
				const passId = await ensurePass(tx, occurrence.id, personId, deps);
				await tx.update(replayPass).set({ askedAt: now() }).where(eq(replayPass.id, passId));
			});
			return 'asked';
		},
	};
}

const isWaiting = (pass: Pass | null): boolean => (pass?.askedAt ?? null) !== null;
