import { z } from 'zod';

import { EVENT_TYPES, type EventType } from '../event/catalog.ts';
import { ROLES, SENIORITIES } from './job-title.ts';

/** A rule's name: its words are in `kernel/texts`, section scoring. */
const ruleName = z.string().regex(/^[a-z][a-z0-9-]{1,59}$/);
/** Hundredths of a point. */
const points = z.int().min(-100_000).max(100_000);
const list = <T extends z.ZodType>(of: T) => z.array(of).min(1).max(300).readonly();

export const MAIL_KINDS = ['business', 'free', 'disposable', 'role'] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

const predicate = z.discriminatedUnion('attribute', [
	z.strictObject({ attribute: z.literal('job-role'), anyOf: list(z.enum(ROLES)) }),
	z.strictObject({ attribute: z.literal('seniority'), anyOf: list(z.enum(SENIORITIES)) }),
	/** Slugs of industry terms; `*` is any. */
	z.strictObject({ attribute: z.literal('industry'), anyOf: list(z.string().max(80)) }),
	z.strictObject({ attribute: z.literal('mail'), anyOf: list(z.enum(MAIL_KINDS)) }),
	z.strictObject({ attribute: z.literal('company'), known: z.boolean() }),
	/** ISO 3166 codes. */
	z.strictObject({ attribute: z.literal('country'), anyOf: list(z.string().length(2)) }),
]);

const fitRule = z.strictObject({ name: ruleName, version: z.int().min(1), points, when: predicate });

const engagementRule = z.strictObject({
	name: ruleName,
	version: z.int().min(1),
	points,
	event: z.enum(EVENT_TYPES as readonly [EventType, ...EventType[]]),
	/** Type of content (`white_papers`) or a word of its own (`quote`); null is any. */
	subject: z.string().min(1).max(60).nullable(),
	/** Only events whose number of this name is at least that. */
	atLeast: z.strictObject({ prop: z.string().min(1).max(60), value: z.int().min(0) }).nullable(),
	/** The most that this rule can count for a lead, in hundredths; null has no limit. */
	cap: z.int().min(1).max(1_000_000).nullable(),
	/** Days after which an event counts half; null never fades. */
	halfLifeDays: z.int().min(1).max(3_650).nullable(),
});

const falling = (thresholds: readonly number[]) => thresholds.every((value, index) => index === 0 || value < thresholds[index - 1]!);

/** The rules of a score as data. Bad models are told what is wrong with them, field by field. */
export const scoringModelInput = z
	.strictObject({
		fit: z.array(fitRule).max(200).readonly(),
		engagement: z.array(engagementRule).max(200).readonly(),
		/** From how many hundredths on the letters A, B, C and the digits 1, 2, 3 are given; D and 4 below. */
		grades: z.strictObject({
			fit: z.tuple([z.int(), z.int(), z.int()]).readonly().refine(falling, { message: 'must fall from A to C' }),
			engagement: z.tuple([z.int(), z.int(), z.int()]).readonly().refine(falling, { message: 'must fall from 1 to 3' }),
		}),
		/** Total in hundredths from which an identified, clean lead is an MQL, and below which it is one no longer. */
		mql: z
			.strictObject({ from: z.int().min(1), until: z.int().min(0) })
			.refine(({ from, until }) => until <= from, { message: 'until must not be above from' }),
	})
	.refine(({ fit, engagement }) => new Set([...fit, ...engagement].map(({ name }) => name)).size === fit.length + engagement.length, {
		message: 'rule names must differ',
	});

export type ScoringModel = z.infer<typeof scoringModelInput>;
export type FitRule = ScoringModel['fit'][number];
export type EngagementRule = ScoringModel['engagement'][number];
export type Predicate = FitRule['when'];

/** A model that was published, under the number that leads and receipts name. */
export interface LiveModel {
	readonly version: number;
	readonly model: ScoringModel;
}
