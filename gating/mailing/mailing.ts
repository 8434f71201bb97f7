import { z } from 'zod';

import { DomainError } from '#kernel/errors.ts';

/** `approval`: waits for a second person. */
export const MAILING_STATES = ['draft', 'approval', 'scheduled', 'paused', 'stopped', 'done'] as const;
export type MailingState = (typeof MAILING_STATES)[number];
/** `trial`: some have a variant, the rest waits for the better one. */
export type RunState = 'posting' | 'trial' | 'done';
export type Variant = '' | 'a' | 'b';

export const RHYTHMS = ['once', 'weekly', 'monthly'] as const;
export type Rhythm = (typeof RHYTHMS)[number];
export const TRIALS = ['none', 'subject', 'template'] as const;
export type Trial = (typeof TRIALS)[number];

/** Why somebody of the segment gets nothing. */
export const SKIPS = ['no-address', 'no-consent', 'suppressed', 'already'] as const;
export type Skip = (typeof SKIPS)[number];
export type SkipCounts = Readonly<Record<Skip, number>>;
export const NO_SKIPS: SkipCounts = { 'no-address': 0, 'no-consent': 0, suppressed: 0, already: 0 };

/** More people than this take a second person, until somebody sets another number. */
export const APPROVAL_OVER = 500;

const line = (most: number) => z.string().trim().max(most).default('');

const input = z
	.object({
		name: line(80).refine((name) => name !== '', 'required'),
		segmentId: line(64),
		template: line(120).refine((key) => key !== '', 'required'),
		trial: z.enum(TRIALS),
		templateB: line(120),
		subjectBEn: line(150),
		subjectBZh: line(150),
		trialShare: z.coerce.number().int().min(10).max(100),
		trialHours: z.coerce.number().int().min(1).max(168),
		rhythm: z.enum(RHYTHMS),
		firstAt: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/),
		isLocal: z.boolean(),
	})
	.superRefine(({ trial, template, templateB, subjectBEn, subjectBZh }, context) => {
		const missing = (path: string, message = 'required') => context.addIssue({ code: 'custom', path: [path], message });
		if (trial === 'template' && templateB === '') missing('templateB');
		if (trial === 'template' && templateB !== '' && templateB === template) missing('templateB', 'same');
		if (trial === 'subject' && subjectBEn === '') missing('subjectBEn');
		if (trial === 'subject' && subjectBZh === '') missing('subjectBZh');
	});

/** What somebody may say of a mailing. */
export type MailingInput = z.infer<typeof input>;

/** Reads what was typed. @throws DomainError invalid, with each field */
export function readMailing(given: unknown): MailingInput {
	const parsed = input.safeParse(given);
	if (parsed.success) return parsed.data;
	const fields = parsed.error.issues.map(({ path, message }) => ({
		field: path.join('.'),
		code: ['required', 'same'].includes(message) ? message : 'format',
	}));
	throw new DomainError('invalid', 'The mailing cannot be kept like this.', { fields });
}
