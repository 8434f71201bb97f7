import { eq } from 'drizzle-orm';

import type { PersonalDataSource } from '#gating';

import type { WebinarsDeps } from '../deps.ts';
import { certificate, follow, followUp, lateQuestion, surveyAnswer } from '../schema.ts';
import { ANSWER_SEALED, QUESTION_SEALED } from './question.ts';

/** What is kept of persons after a session: surveys, certificates, mails planned, questions, and what they follow. */
export function createAftermathData({ gating }: Pick<WebinarsDeps, 'gating'>): PersonalDataSource {
	return Object.freeze<PersonalDataSource>({
		name: 'aftermath',
		export: async (tx, personId) => {
			const surveys = await tx
				.select({ occurrenceId: surveyAnswer.occurrenceId, score: surveyAnswer.score, at: surveyAnswer.at })
				.from(surveyAnswer)
				.where(eq(surveyAnswer.personId, personId));
			const certificates = await tx
				.select({ occurrenceId: certificate.occurrenceId, minutes: certificate.minutes, issuedAt: certificate.issuedAt })
				.from(certificate)
				.where(eq(certificate.personId, personId));
			const followUps = await tx
				.select({ occurrenceId: followUp.occurrenceId, class: followUp.class, dueAt: followUp.dueAt, sentAt: followUp.sentAt })
				.from(followUp)
				.where(eq(followUp.personId, personId));
			const follows = await tx.select({ subject: follow.subject, since: follow.since }).from(follow).where(eq(follow.personId, personId));
			const rows = await tx.select().from(lateQuestion).where(eq(lateQuestion.personId, personId));
			const open = (context: string, sealed: Buffer | null) => (sealed ? gating.people.unseal(personId, context, sealed, tx) : null);
			const questions: unknown[] = [];
			for (const { occurrenceId, sealed, sealedAnswer, askedAt, answeredAt } of rows) {
				const question = await open(QUESTION_SEALED, sealed);
				questions.push({ occurrenceId, question, answer: await open(ANSWER_SEALED, sealedAnswer), askedAt, answeredAt });
			}
			return { surveys, certificates, followUps, follows, questions };
		},
		erase: async (tx, personId) => {
			await tx.delete(follow).where(eq(follow.personId, personId));
			await tx.update(certificate).set({ sealed: null }).where(eq(certificate.personId, personId));
			await tx.update(lateQuestion).set({ sealed: null, sealedAnswer: null }).where(eq(lateQuestion.personId, personId));
		},
	});
}
