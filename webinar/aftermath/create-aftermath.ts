import type { Locale, Reward, Webinar } from '#cms/content.ts';
import { type DownloadRequest, handoutSubject, type Visitor } from '#gating';
import type { OutboxHandler } from '#kernel/outbox.ts';

import type { WebinarsDeps } from '../deps.ts';
import { type OccurrenceView, occurrenceView } from '../programme/session.ts';

import { achievementsOf } from './achievements.ts';
import { AFTER_MAIL } from './after-mail.ts';
import { type Certificate, type CertificateOutcome, checkCertificate, issueCertificate } from './certificate.ts';
import { type Achievements, judgeEligibility, NOTHING_DONE, type Verdict } from './eligibility.ts';
import { createOutcomeNow } from './outcome-now.ts';
import { createPlaceAfter } from './place.ts';
import { createPlanFollowUps } from './plan-follow-ups.ts';
import { type AskOutcome, createQuestions, type OwnQuestion, type Questions } from './question.ts';
import { createAfterMail } from './send.ts';
import { createTellWinners } from './tell-winners.ts';
import { createSurvey, type SurveyInput, type SurveyOutcome } from './survey.ts';

/** Something that can be had afterwards, and how far somebody is with it. */
export interface RewardView extends Verdict {
	readonly gives: Reward['gives'];
	readonly days: number | null;
}

/** A registrant's own page of the session that began last. */
export interface AftermathView {
	readonly webinar: Webinar;
	readonly occurrence: OccurrenceView;
	/** False until the minutes of a session that ended are counted. */
	readonly isSettled: boolean;
	readonly done: Achievements;
	readonly rewards: readonly RewardView[];
	/** Key of the survey's form; null where there is none. */
	readonly survey: string | null;
	readonly questions: readonly OwnQuestion[];
}

export interface Aftermath {
	/** Null for who has no pass or no seat in a session that began. */
	view(slug: string, visitor: Visitor): Promise<AftermathView | null>;
	answerSurvey(input: SurveyInput): Promise<SurveyOutcome>;
	/** The link to the handout; `locked` while the rule is not met. */
	handout(slug: string, visitor: Visitor, locale: Locale): Promise<DownloadRequest | { readonly status: 'locked' }>;
	certificate(slug: string, visitor: Visitor): Promise<CertificateOutcome>;
	/** What a certificate says, for whoever holds its code; null for no such code. */
	check(code: string): Promise<Certificate | null>;
	ask(slug: string, visitor: Visitor, question: string): Promise<AskOutcome>;
	/** Of the console. */
	readonly questions: Pick<Questions, 'list' | 'answer'>;
	/** Plans the mails of what is settled, and tells winners of draws. Called every minute. Returns how many. */
	planDue(): Promise<number>;
	readonly handlers: Readonly<Record<string, OutboxHandler>>;
}

/** What comes after a session, for those who registered. */
export function createAftermath(deps: WebinarsDeps): Aftermath {
	const { db, now, gating } = deps;
	const placeOf = createPlaceAfter(deps);
	const questions = createQuestions(deps);
	const planFollowUps = createPlanFollowUps(deps);
	const tellWinners = createTellWinners(deps);
	gating.journeys.followOutcomes(createOutcomeNow(deps));
	const doneBy = async (occurrence: Parameters<typeof achievementsOf>[1], personId: string): Promise<Achievements> =>
		(await achievementsOf(db.read, occurrence, [personId])).get(personId) ?? NOTHING_DONE;

	return Object.freeze<Aftermath>({
		view: async (slug, visitor) => {
			const place = await placeOf(slug, visitor);
			if (!place) return null;
			const { webinar, occurrence, personId } = place;
			const done = await doneBy(occurrence, personId);
			return {
				webinar,
				occurrence: occurrenceView(occurrence, now()),
				isSettled: occurrence.settledAt !== null || occurrence.mode === 'on-demand',
				done,
				rewards: webinar.rewards
					.filter(({ gives }) => gives !== 'handout' || webinar.handout.en !== null || webinar.handout['zh-CN'] !== null)
					.map(({ gives, days, rule }) => ({ gives, days, ...judgeEligibility(rule, done) })),
				survey: webinar.survey,
				questions: await questions.own(occurrence.id, personId),
			};
		},
		answerSurvey: createSurvey(deps, placeOf),
		handout: async (slug, visitor, locale) => {
			const place = await placeOf(slug, visitor);
			const rule = place?.webinar.rewards.find(({ gives }) => gives === 'handout')?.rule;
			if (!place || !rule) return { status: 'locked' };
			const { personId, occurrence, webinar } = place;
			if (!judgeEligibility(rule, await doneBy(occurrence, personId)).isEligible) return { status: 'locked' };
			const subject = handoutSubject(webinar.id);
			await db.write((tx) => gating.access.give(tx, personId, subject));
			return gating.access.requestDownload(visitor, { subject, documentId: '' }, locale);
		},
		certificate: async (slug, visitor) => issueCertificate(deps, await placeOf(slug, visitor)),
		check: (code) => checkCertificate(deps, code),
		ask: async (slug, visitor, question) => questions.ask(await placeOf(slug, visitor), question),
		questions,
		planDue: async () => (await planFollowUps()) + (await tellWinners()),
		handlers: { [AFTER_MAIL]: createAfterMail(deps) },
	});
}
