import { and, asc, desc, eq, isNull } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import { MINUTE_MS } from '#kernel/clock.ts';
import { DomainError } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { enqueue } from '#kernel/outbox.ts';

import { subjectOf, type WebinarsDeps } from '../deps.ts';
import { createRate } from '../interaction/rate.ts';
import { lateQuestion, question } from '../schema.ts';
import { AFTER_MAIL, type AfterOrder } from './after-mail.ts';
import { createLeftQuestions } from './left-question.ts';
import type { Place } from './place.ts';

export const QUESTION_SEALED = 'late_question.sealed';
export const ANSWER_SEALED = 'late_question.sealed_answer';
export const LONGEST_QUESTION = 2_000;
export const LONGEST_ANSWER = 4_000;
/** Questions of one person within ten minutes. */
const BURST = 5;

export type AskOutcome =
	| { readonly status: 'asked' }
	| { readonly status: 'invalid'; readonly code: 'empty' | 'too-long' | 'characters' }
	| { readonly status: 'slow-down'; readonly retryAfterSeconds: number }
	| { readonly status: 'closed' };

export interface OwnQuestion {
	readonly id: string;
	readonly question: string;
	/** Null while nobody answered. */
	readonly answer: string | null;
	readonly askedAt: Date;
}

/** A question for the console. `words` are null for readers who see no people, and of erased persons. */
export interface OpenQuestion extends Omit<OwnQuestion, 'question'> {
	readonly personId: string;
	readonly question: string | null;
	readonly answeredAt: Date | null;
	/** Asked while the session ran, and left without an answer. */
	readonly wasLive: boolean;
}

interface By {
	readonly actor: string;
	readonly origin: string;
}

export type Questions = ReturnType<typeof createQuestions>;

/** Questions that come after the end or were left when it came, and the answers that are mailed. */
export function createQuestions({ db, now, random, gating }: Pick<WebinarsDeps, 'db' | 'now' | 'random' | 'gating'>) {
	const rate = createRate(now, BURST, 10 * MINUTE_MS);
	const left = createLeftQuestions({ db, now, gating });

	const open = async (personId: string, context: string, sealed: Buffer | null): Promise<string | null> =>
		sealed && (await gating.people.unseal(personId, context, sealed));

	return Object.freeze({
		ask: async (place: Place | null, typed: string): Promise<AskOutcome> => {
			if (!place) return { status: 'closed' };
			const text = typed.replaceAll('\r\n', '\n').trim();
			const wrong = wrongWith(text, LONGEST_QUESTION);
			if (wrong) return { status: 'invalid', code: wrong };
			const retryAfterSeconds = rate.take(place.personId);
			if (retryAfterSeconds > 0) return { status: 'slow-down', retryAfterSeconds };
			const { occurrence, personId, visitorId, webinar } = place;
			const at = now();
			const id = newId(at, random);
			return db.write(async (tx): Promise<AskOutcome> => {
				const sealed = await gating.people.seal(personId, QUESTION_SEALED, text, tx);
				if (!sealed) return { status: 'closed' };
				const row = { id, occurrenceId: occurrence.id, personId, sealed, sealedAnswer: null, askedAt: at, answeredAt: null, answeredBy: '' };
				await tx.insert(lateQuestion).values(row);
				await gating.events.record(tx, {
					id,
					type: 'webinar.asked',
					at,
					personId,
					visitorId,
					subject: subjectOf(webinar.id),
					props: { occurrenceId: occurrence.id },
				});
				return { status: 'asked' };
			});
		},

		/** What somebody asked, with the answers; oldest first. */
		own: async (occurrenceId: string, personId: string): Promise<readonly OwnQuestion[]> => {
			const rows = await db.read
				.select()
				.from(lateQuestion)
				.where(and(eq(lateQuestion.occurrenceId, occurrenceId), eq(lateQuestion.personId, personId)))
				.orderBy(asc(lateQuestion.askedAt));
			return Promise.all(
				rows.map(async ({ id, sealed, sealedAnswer, askedAt }) => ({
					id,
					question: (await open(personId, QUESTION_SEALED, sealed)) ?? '',
					answer: await open(personId, ANSWER_SEALED, sealedAnswer),
					askedAt,
				})),
			);
		},

		/** Of one session, open ones first, those left from the session before those that came later, then the newest. */
		list: async (occurrenceId: string, seesPeople: boolean): Promise<readonly OpenQuestion[]> => {
			const rows = await db.read
				.select()
				.from(lateQuestion)
				.where(eq(lateQuestion.occurrenceId, occurrenceId))
				.orderBy(desc(lateQuestion.askedAt), desc(lateQuestion.id))
				.limit(500);
			const told = await Promise.all(
				rows.map(async ({ id, personId, sealed, sealedAnswer, askedAt, answeredAt }) => ({
					id,
					personId,
					question: seesPeople ? await open(personId, QUESTION_SEALED, sealed) : null,
					answer: seesPeople ? await open(personId, ANSWER_SEALED, sealedAnswer) : null,
					askedAt,
					answeredAt,
					wasLive: false,
				})),
			);
			const live = (await left.of(occurrenceId)).map(({ text, occurrenceId: _of, ...row }) => ({
				...row,
				...{ question: seesPeople ? text : null, answer: null, answeredAt: null, wasLive: true },
			}));
			return [...live, ...told.filter(({ answeredAt }) => !answeredAt), ...told.filter(({ answeredAt }) => answeredAt)];
		},

		/**
		 * Keeps an answer and mails it, once.
		 *
		 * @throws DomainError not-found, invalid (empty, too long), conflict (answered already)
		 */
		answer: async (id: string, typed: string, by: By): Promise<void> => {
			const text = typed.replaceAll('\r\n', '\n').trim();
			const wrong = wrongWith(text, LONGEST_ANSWER);
			if (wrong) throw new DomainError('invalid', 'The answer cannot be sent.', { fields: [{ field: 'answer', code: wrong }] });
			const live = await left.find(id);
			await db.write(async (tx) => {
				const at = now();
				if (live?.text) {
					const { text: asked, ...rest } = live;
					const sealed = await gating.people.seal(rest.personId, QUESTION_SEALED, asked, tx);
					const fresh = { ...rest, sealed, sealedAnswer: null, answeredAt: null, answeredBy: '' };
					if (sealed) await tx.insert(lateQuestion).values(fresh).onConflictDoNothing();
					await tx.update(question).set({ state: 'answered', answeredAt: at }).where(eq(question.id, id));
				}
				const [row] = await tx.select().from(lateQuestion).where(eq(lateQuestion.id, id));
				if (!row?.sealed) throw new DomainError('not-found', 'There is no such question.');
				const sealedAnswer = await gating.people.seal(row.personId, ANSWER_SEALED, text, tx);
				const changed = await tx
					.update(lateQuestion)
					.set({ sealedAnswer, answeredAt: at, answeredBy: by.actor })
					.where(and(eq(lateQuestion.id, id), isNull(lateQuestion.answeredAt)))
					.returning({ id: lateQuestion.id });
				if (changed.length === 0) throw new DomainError('conflict', 'Somebody has answered this question already.');
				const payload: AfterOrder = { template: 'answer', questionId: id };
				await enqueue(tx, { kind: AFTER_MAIL, key: `answer:${id}`, payload: { ...payload }, personId: row.personId, dueAt: at }, at, random);
				const detail = { occurrenceId: row.occurrenceId };
				await recordAudit(tx, { ...by, action: 'webinar.answer', subject: `person:${row.personId}`, detail }, at, random);
			});
		},
	});
}

function wrongWith(text: string, longest: number): 'empty' | 'too-long' | 'characters' | null {
	if (text === '') return 'empty';
	if (text.length > longest) return 'too-long';
	return text.isWellFormed() && !/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(text) ? null : 'characters';
}
