import type { LocalisedText } from '#cms/content.ts';
import { type Columns, sqliteColumns } from '#kernel/columns.ts';

import { defineReplay } from './replay/schema.ts';

/**
 * `pending`: the host has not decided yet; `waiting`: in line for a seat; `offered`: a seat is kept until they take it or time
 * runs out, which makes it `lapsed`; `declined`: by the host; `cancelled`: by the registrant.
 */
export type RegistrationState = 'registered' | 'pending' | 'waiting' | 'offered' | 'lapsed' | 'declined' | 'cancelled';

/** Who told of a stay: the page itself, the media server, staff at the door, or a list of another platform. */
export type StaySource = 'beat' | 'livekit' | 'check-in' | 'import';

/** Tables of webinar but those of rooms. Everything hangs on an occurrence: one start of one webinar. */
export const define = (c: Columns) => ({
	/** Schedule copied from the CMS in one transaction with the order to plan its mails anew. */
	occurrence: c.table(
		'webinar_occurrence',
		{
			id: c.id('id').primaryKey(),
			webinarId: c.text('webinar_id').notNull(),
			/** As last published, so that mails and reports outlive the item in the CMS. */
			slug: c.text('slug').notNull(),
			title: c.json<LocalisedText>('title').notNull(),
			mode: c.text('mode').notNull().$type<'live' | 'simulive' | 'on-demand' | 'on-site'>(),
			startsAt: c.instant('starts_at').notNull(),
			/** As planned: what calendars say. */
			endsAt: c.instant('ends_at').notNull(),
			/** When the host of a live one began; null in other modes. */
			wentLiveAt: c.instant('went_live_at'),
			/** When its host ended it; null while it runs, and where nobody ended it. */
			finishedAt: c.instant('finished_at'),
			/** When it is over if nothing else happens: {@link closesAtOf} of the columns above, for queries. */
			closesAt: c.instant('closes_at').notNull(),
			timeZone: c.text('time_zone').notNull(),
			capacity: c.int('capacity'),
			/** Address of an on-site one; '' in both languages else. */
			place: c.json<LocalisedText>('place').notNull(),
			/** The host decides on each registration. */
			needsApproval: c.boolean('needs_approval').notNull().default(false),
			/** Raised when the schedule changes: SEQUENCE of the calendar entry. */
			sequence: c.int('sequence').notNull(),
			cancelledAt: c.instant('cancelled_at'),
			/** It ran on another platform: its list says who was there, and its plan when. */
			isElsewhere: c.boolean('is_elsewhere').notNull().default(false),
			settledAt: c.instant('settled_at'),
		},
		(t) => [c.uniqueIndex('occurrence_start').on(t.webinarId, t.startsAt), c.index('occurrence_closes').on(t.closesAt)],
	),

	registration: c.table(
		'registration',
		{
			id: c.id('id').primaryKey(),
			occurrenceId: c.text('occurrence_id').notNull(),
			personId: c.text('person_id').notNull(),
			state: c.text('state').notNull().$type<RegistrationState>(),
			/** Entrance: channel code, or ''. */
			channel: c.text('channel').notNull(),
			registeredAt: c.instant('registered_at').notNull(),
			/** First proved presence in the room, or the check-in at the door. */
			joinedAt: c.instant('joined_at'),
			/** Entrance of the visit that led to that presence: channel code, or ''. */
			attendedVia: c.text('attended_via').notNull().default(''),
			/** Since when they wait for a seat: the order of the line. Null for who does not. */
			queuedAt: c.instant('queued_at'),
			/** Until when the seat on offer is kept; null for none. */
			offeredUntil: c.instant('offered_until'),
			/** Raised with each change of their own: added to the schedule's number in calendar entries. */
			revision: c.int('revision').notNull().default(0),
			/** The list that made it; null for who registered here. Nobody is written to for it. */
			importId: c.text('import_id'),
		},
		(t) => [
			c.uniqueIndex('registration_once').on(t.occurrenceId, t.personId),
			c.index('registration_person').on(t.personId),
			c.index('registration_state').on(t.occurrenceId, t.state, t.queuedAt),
			c.index('registration_offer').on(t.offeredUntil),
			c.index('registration_import').on(t.importId),
		],
	),

	/** Proved presence: stretches of unbroken beats. Attendance is the length of their union. */
	stay: c.table(
		'stay',
		{
			id: c.id('id').primaryKey(),
			occurrenceId: c.text('occurrence_id').notNull(),
			personId: c.text('person_id').notNull(),
			source: c.text('source').notNull().$type<StaySource>(),
			/** The list that tells of it; null for what this hub saw. */
			importId: c.text('import_id'),
			startedAt: c.instant('started_at').notNull(),
			lastSeenAt: c.instant('last_seen_at').notNull(),
			endedAt: c.instant('ended_at'),
		},
		(t) => [c.index('stay_occurrence').on(t.occurrenceId, t.personId)],
	),

	/** Settled once per occurrence and person; a late signal only runs the settling again. */
	attendance: c.table(
		'attendance',
		{
			occurrenceId: c.text('occurrence_id').notNull(),
			personId: c.text('person_id').notNull(),
			seconds: c.int('seconds').notNull(),
			/** Null: they were never there while it ran. */
			firstJoinedAt: c.instant('first_joined_at'),
			lastLeftAt: c.instant('last_left_at'),
			/** Unbroken stretches, and the most pages open at one moment. */
			stays: c.int('stays').notNull(),
			devices: c.int('devices').notNull(),
			settledAt: c.instant('settled_at').notNull(),
		},
		(t) => [c.primaryKey({ columns: [t.occurrenceId, t.personId] })],
	),

	/** Webhooks of LiveKit by event id: each is kept once, and read after it was answered. */
	roomSignal: c.table(
		'room_signal',
		{
			id: c.id('id').primaryKey(),
			occurrenceId: c.text('occurrence_id').notNull(),
			event: c.text('event').notNull(),
			body: c.json<Record<string, unknown>>('body').notNull(),
			receivedAt: c.instant('received_at').notNull(),
			takenAt: c.instant('taken_at'),
		},
		(t) => [c.index('room_signal_taken').on(t.takenAt)],
	),
});

const { replayAnswer, replayPass, replayTerms, replayView } = defineReplay(sqliteColumns);
export const { occurrence, registration, stay, attendance, roomSignal } = define(sqliteColumns);
export { replayAnswer, replayPass, replayTerms, replayView };
export { draw, drawEntry, interaction, pollVote, question, questionVote, roomBan, roomPoll, roomRules } from './interaction/schema.ts';
export { recording, stageSeat } from './stage/schema.ts';
export { certificate, followUp, lateQuestion, surveyAnswer } from './aftermath/schema.ts';
export { follow, followTold } from './library/schema.ts';
export { checkIn } from './on-site/schema.ts';
export { invitation, runSheet, siteBanner } from './promotion/schema.ts';
