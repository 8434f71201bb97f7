import { and, eq } from 'drizzle-orm';

import type { FormArrival, SlowDown, Trap, Visitor } from '#gating';
import type { Locale } from '#cms/content.ts';
import type { FieldError } from '#kernel/errors.ts';
import { stableId } from '#kernel/id.ts';

import { subjectOf, type WebinarsDeps } from '../deps.ts';
import { surveyAnswer } from '../schema.ts';
import type { Place } from './place.ts';

export interface SurveyInput {
	readonly slug: string;
	readonly answers: Readonly<Record<string, string>>;
	readonly consents: readonly string[];
	readonly locale: Locale;
	readonly timeZone: string;
	readonly visitor: Visitor;
	readonly network: string;
	readonly channel: string;
	readonly arrival?: FormArrival | undefined;
	readonly trap: Trap;
	readonly idempotencyKey?: string | undefined;
}

export type SurveyOutcome =
	| { readonly status: 'taken' | 'already-answered' }
	/** No seat, or the webinar has no survey. */
	| { readonly status: 'closed' }
	| { readonly status: 'invalid'; readonly errors: readonly FieldError[] }
	| SlowDown;

const SCORE_FIELD = 'score';

/** Takes the survey of a registrant: a submission like any other, a mark that it was sent, and the event that scores. Once each. */
export function createSurvey(
	{ db, now, gating }: Pick<WebinarsDeps, 'db' | 'now' | 'gating'>,
	placeOf: (slug: string, visitor: Visitor) => Promise<Place | null>,
) {
	return async (input: SurveyInput): Promise<SurveyOutcome> => {
		const place = await placeOf(input.slug, input.visitor);
		const formKey = place?.webinar.survey ?? null;
		if (!place || formKey === null) return { status: 'closed' };
		const checked = await gating.forms.check({ ...input, formKey });
		if (checked.status === 'invalid' || checked.status === 'slow-down') return checked;
		if (checked.status === 'trapped') return { status: 'taken' };
		const { occurrence, personId, webinar } = place;
		return db.write(
			async (tx): Promise<SurveyOutcome> => {
				const key = and(eq(surveyAnswer.occurrenceId, occurrence.id), eq(surveyAnswer.personId, personId));
				const [known] = await tx.select({ at: surveyAnswer.at }).from(surveyAnswer).where(key);
				if (known) return { status: 'already-answered' };
				const subject = subjectOf(webinar.id);
				const person = await gating.people.resolve(tx, { ...input, answers: checked.answers, formKey, subject });
				// Another address than that of the pass is another person, who has no seat.
				if (person.personId !== personId) return { status: 'closed' };
				const at = now();
				const score = scoreIn(checked.answers);
				await tx.insert(surveyAnswer).values({ occurrenceId: occurrence.id, personId, submissionId: person.submissionId, score, at });
				await gating.events.record(tx, {
					id: stableId(`survey:${occurrence.id}:${personId}`),
					type: 'webinar.survey',
					at,
					personId,
					visitorId: input.visitor.visitorId,
					subject,
					props: { occurrenceId: occurrence.id, ...(score === null ? {} : { score }) },
				});
				return { status: 'taken' };
			},
			{ locks: `webinar-survey:${occurrence.id}:${personId}` },
		);
	};
}

/** 0 to 10; null where nothing of that kind was asked or answered. */
export function scoreIn(answers: Readonly<Record<string, string>>): number | null {
	const text = answers[SCORE_FIELD] ?? '';
	return /^(?:\d|10)$/.test(text) ? Number(text) : null;
}
