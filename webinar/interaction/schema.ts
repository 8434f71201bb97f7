import type { LocalisedText } from '#cms/content.ts';
import { type Columns, sqliteColumns } from '#kernel/columns.ts';

import type { PollForm, PollState } from './poll/poll.ts';
import type { QuestionState } from './question/question.ts';
import type { DrawRule, DrawState, Prize } from './draw/draw.ts';
import type { RoomKind } from './kinds.ts';

/** Who a row of the log is for: everybody in the room, or the host's side only. */
export type Audience = 'all' | 'staff';
/** `held`: waits for a moderator; `hidden`: taken from everybody's screen. Neither is told again. */
export type Showing = 'shown' | 'held' | 'hidden';

/** Tables of what happens in rooms. */
export const define = (c: Columns) => ({
	/** The ordered, persisted log of a room. `seq` comes from `counter` in the same body, so readers never miss a row. */
	interaction: c.table(
		'interaction',
		{
			id: c.id('id').primaryKey(),
			occurrenceId: c.text('occurrence_id').notNull(),
			seq: c.int('seq').notNull(),
			kind: c.text('kind').notNull().$type<RoomKind>(),
			/** Null: the host or a planned moment. */
			personId: c.text('person_id'),
			/** Key of the poll, question, draw or moment; '' for what people write in the chat. */
			subject: c.text('subject').notNull(),
			/** Not personal: words of a planned moment or of the host, numbers, ids. */
			data: c.json<Record<string, unknown>>('data').notNull(),
			/** Free words of a person, sealed with their key. */
			sealed: c.bytes('sealed'),
			at: c.instant('at').notNull(),
			audience: c.text('audience').notNull().$type<Audience>(),
			showing: c.text('showing').notNull().$type<Showing>(),
		},
		(t) => [c.uniqueIndex('interaction_seq').on(t.occurrenceId, t.seq), c.index('interaction_subject').on(t.occurrenceId, t.kind, t.subject)],
	),

	/** A poll or question of a quiz, planned or made in the studio. */
	roomPoll: c.table(
		'room_poll',
		{
			occurrenceId: c.text('occurrence_id').notNull(),
			key: c.text('key').notNull(),
			form: c.text('form').notNull().$type<PollForm>(),
			question: c.json<LocalisedText>('question').notNull(),
			options: c.json<readonly LocalisedText[]>('options').notNull(),
			/** Right answers of a quiz, from 0; empty elsewhere. */
			correct: c.json<readonly number[]>('correct').notNull(),
			/** What a right answer of a quiz is worth; 0 elsewhere. */
			points: c.int('points').notNull(),
			/** How long it is open; 0: until it is closed or the session ends. */
			seconds: c.int('seconds').notNull(),
			/** When everybody sees the results. */
			shows: c.text('shows').notNull().$type<'live' | 'closed'>(),
			state: c.text('state').notNull().$type<PollState>(),
			openedAt: c.instant('opened_at'),
			closesAt: c.instant('closes_at'),
			createdAt: c.instant('created_at').notNull(),
		},
		(t) => [c.primaryKey({ columns: [t.occurrenceId, t.key] })],
	),

	/** One answer per poll and registrant. */
	pollVote: c.table(
		'poll_vote',
		{
			occurrenceId: c.text('occurrence_id').notNull(),
			poll: c.text('poll').notNull(),
			personId: c.text('person_id').notNull(),
			/** Chosen answers, from 0, in rising order; empty for own words. */
			choices: c.json<readonly number[]>('choices').notNull(),
			/** Own words, sealed with the person's key. */
			sealed: c.bytes('sealed'),
			/** Whether own words may be shown with the results. */
			showing: c.text('showing').notNull().$type<Showing>(),
			/** Points of a quiz; 0 elsewhere and for wrong answers. */
			points: c.int('points').notNull(),
			/** Milliseconds since it was opened. */
			tookMs: c.int('took_ms').notNull(),
			at: c.instant('at').notNull(),
		},
		(t) => [c.primaryKey({ columns: [t.occurrenceId, t.poll, t.personId] })],
	),

	/** A question to the speakers; its words are in the row of the log with the same id. */
	question: c.table(
		'room_question',
		{
			id: c.id('id').primaryKey(),
			occurrenceId: c.text('occurrence_id').notNull(),
			personId: c.text('person_id').notNull(),
			state: c.text('state').notNull().$type<QuestionState>(),
			/** For the host's side only, as its asker wished. */
			isPrivate: c.boolean('is_private').notNull(),
			votes: c.int('votes').notNull(),
			/** Slug of a speaker; '' for nobody yet. */
			speaker: c.text('speaker').notNull(),
			/** In text; '' for none. */
			answer: c.text('answer').notNull(),
			askedAt: c.instant('asked_at').notNull(),
			answeredAt: c.instant('answered_at'),
		},
		(t) => [c.index('room_question_occurrence').on(t.occurrenceId), c.index('room_question_person').on(t.personId)],
	),

	/** Who wants an answer to a question too, once each. */
	questionVote: c.table(
		'room_question_vote',
		{ questionId: c.text('question_id').notNull(), personId: c.text('person_id').notNull(), at: c.instant('at').notNull() },
		(t) => [c.primaryKey({ columns: [t.questionId, t.personId] }), c.index('room_question_vote_person').on(t.personId)],
	),

	/** How the rooms of a webinar are moderated. */
	roomRules: c.table('room_rules', {
		webinarId: c.id('webinar_id').primaryKey(),
		/** Whether words wait until a moderator lets them through. */
		holds: c.boolean('holds').notNull(),
		/** Words that make a message wait, one each. */
		words: c.json<readonly string[]>('words').notNull(),
		changedAt: c.instant('changed_at').notNull(),
	}),

	/** Who may not talk in rooms of a webinar. */
	roomBan: c.table(
		'room_ban',
		{
			webinarId: c.text('webinar_id').notNull(),
			personId: c.text('person_id').notNull(),
			by: c.text('by').notNull(),
			at: c.instant('at').notNull(),
		},
		(t) => [c.primaryKey({ columns: [t.webinarId, t.personId] }), c.index('room_ban_person').on(t.personId)],
	),

	/** A lucky draw. Its seed is secret until it is drawn. */
	draw: c.table(
		'room_draw',
		{
			id: c.id('id').primaryKey(),
			occurrenceId: c.text('occurrence_id').notNull(),
			key: c.text('key').notNull(),
			title: c.json<LocalisedText>('title').notNull(),
			rule: c.json<DrawRule>('rule').notNull(),
			prizes: c.json<readonly Prize[]>('prizes').notNull(),
			state: c.text('state').notNull().$type<DrawState>(),
			seed: c.text('seed').notNull(),
			/** SHA-256 of seed and entries; '' before. */
			commitment: c.text('commitment').notNull(),
			/** When it is drawn by itself; null: by the host. */
			dueAt: c.instant('due_at'),
			createdAt: c.instant('created_at').notNull(),
			committedAt: c.instant('committed_at'),
			drawnAt: c.instant('drawn_at'),
		},
		(t) => [c.uniqueIndex('room_draw_key').on(t.occurrenceId, t.key)],
	),

	/** Who takes part in a draw, under a name that only they know to be theirs. */
	drawEntry: c.table(
		'room_draw_entry',
		{
			drawId: c.text('draw_id').notNull(),
			/** 16 hexadecimal digits. */
			entry: c.text('entry').notNull(),
			/** '' once the person was erased. */
			personId: c.text('person_id').notNull(),
			/** Which prize was won, from 0; null: none. */
			prize: c.int('prize'),
			claimedAt: c.instant('claimed_at'),
			/** Where the prize goes, sealed with the person's key. */
			sealed: c.bytes('sealed'),
			/** Hash of the wording that was agreed to for the delivery; '' before. */
			consentHash: c.text('consent_hash').notNull(),
		},
		(t) => [c.primaryKey({ columns: [t.drawId, t.entry] }), c.index('room_draw_entry_person').on(t.personId)],
	),
});

export const { interaction, roomPoll, pollVote, question, questionVote, roomRules, roomBan, draw, drawEntry } = define(sqliteColumns);
