import { z } from 'zod';

import { ACCOUNT_STATUSES, SIZES } from '../account/account.ts';
import { EVENT_TYPES, type EventType } from '../event/catalog.ts';
import { ROLES, SENIORITIES } from './job-title.ts';

/** A rule's name: its words are in `kernel/texts`, section scoring; a company's own rules are called by their name. */
const ruleName = z.string().regex(/^[a-z][a-z0-9-]{1,59}$/);
/** Hundredths of a point. */
const points = z.int().min(-100_000).max(100_000);
const version = z.int().min(1).default(1);
const list = <T extends z.ZodType>(of: T) => z.array(of).min(1).max(300).readonly();
const slug = z.string().min(1).max(80);

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
	z.strictObject({ attribute: z.literal('country'), anyOf: list(z.string().regex(/^[A-Z]{2}$/)) }),
	/** Bands of employees of the account. */
	z.strictObject({ attribute: z.literal('size'), anyOf: list(z.enum(SIZES)) }),
	/** What the account is to us. A competitor is one also by mail domain. */
	z.strictObject({ attribute: z.literal('account'), anyOf: list(z.enum(ACCOUNT_STATUSES)) }),
	/** A person of the lead wants no news by mail any more. */
	z.strictObject({ attribute: z.literal('unsubscribed') }),
]);

export type Attribute = z.infer<typeof predicate>['attribute'];
export const ATTRIBUTES = [
	'job-role', 'seniority', 'industry', 'mail', 'company', 'country', 'size', 'account', 'unsubscribed',
] as const satisfies readonly Attribute[]; // prettier-ignore

const fitRule = z.strictObject({ name: ruleName, version, points, when: predicate });

/** Spans that a cap holds for, of the company's calendar; weeks begin on Monday. */
export const CAP_PERIODS = ['ever', 'month', 'week', 'day'] as const;
export type CapPeriod = (typeof CAP_PERIODS)[number];

/** `half-life`: half after so many days, and half of that after as many again. `linear`: nothing after so many days. */
export const DECAY_KINDS = ['half-life', 'linear'] as const;

/** Numbers of events that a rule may ask for. */
export const MEASURES = ['seconds', 'minutes', 'depth', 'percent', 'results', 'position', 'products'] as const;
export const STAGE_ROLES = ['awareness', 'consideration', 'decision'] as const;

const decay = z.strictObject({ kind: z.enum(DECAY_KINDS), days: z.int().min(1).max(3_650) });

const engagementRule = z.strictObject({
	name: ruleName,
	version,
	points,
	event: z.enum(EVENT_TYPES as readonly [EventType, ...EventType[]]),
	/** Type of content (`white_papers`) or a word of its own (`quote`); null is any. */
	subject: z.string().min(1).max(60).nullable().default(null),
	/** Slug of a topic that the content must have. */
	topic: slug.nullable().default(null),
	/** Stage of the buyer's way that the content must be written for. */
	stageRole: z.enum(STAGE_ROLES).nullable().default(null),
	/** How the page's path must begin, without its language: `/p/careers`. */
	path: z.string().regex(/^\/[^\s?#]*$/).max(200).nullable().default(null), // prettier-ignore
	/** Only events whose number of this name is at least that. */
	atLeast: z
		.strictObject({ prop: z.enum(MEASURES), value: z.int().min(0).max(1_000_000) })
		.nullable()
		.default(null),
	/** The most that this rule can count for a lead within `capPer`, in hundredths; null has no limit. */
	cap: z.int().min(1).max(1_000_000).nullable().default(null),
	capPer: z.enum(CAP_PERIODS).default('ever'),
	/** How an event's points fade; null: never. */
	decay: decay.nullable().default(null),
});

/** What is so as long as it lasts, rather than something that happened once. */
const situation = z.discriminatedUnion('kind', [
	/** Was active once, and did nothing for so many days. */
	z.strictObject({ kind: z.literal('inactive'), name: ruleName, version, points, days: z.int().min(1).max(3_650) }),
	/** So many people of the account were active within so many days. */
	z.strictObject({
		kind: z.literal('surge'),
		name: ruleName,
		version,
		points,
		people: z.int().min(2).max(50),
		days: z.int().min(1).max(90),
	}),
]);

const falling = (thresholds: readonly number[]) => thresholds.every((value, index) => index === 0 || value < thresholds[index - 1]!);
const threshold = z.int().min(-1_000_000).max(1_000_000);
const grade = z
	.tuple([threshold, threshold, threshold])
	.readonly()
	.refine(falling, { params: { code: 'falling' }, message: 'must fall from the best to the least' });

export const MOST_RULES = 200;
const rules = <T extends z.ZodType>(of: T) => z.array(of).max(MOST_RULES).readonly();

/** The rules of a score as data. {@link checkModel} tells what is wrong with a bad one, field by field. */
export const scoringModelInput = z
	.strictObject({
		fit: rules(fitRule),
		engagement: rules(engagementRule),
		situations: rules(situation).default([]),
		/** From how many hundredths on the letters A, B, C and the digits 1, 2, 3 are given; D and 4 below. */
		grades: z.strictObject({ fit: grade, engagement: grade }),
		/** Total in hundredths from which an identified, clean lead is an MQL, and below which it is one no longer. */
		mql: z.strictObject({ from: z.int().min(1).max(1_000_000), until: z.int().min(0).max(1_000_000) }),
	})
	.superRefine(({ fit, engagement, situations, mql }, context) => {
		const report = (path: (string | number)[], code: string) => context.addIssue({ code: 'custom', path, params: { code }, message: code });
		if (mql.until > mql.from) report(['mql', 'until'], 'until-above-from');
		const seen = new Set<string>();
		for (const [part, all] of Object.entries({ fit, engagement, situations }))
			for (const [index, { name }] of all.entries()) {
				if (seen.has(name)) report([part, index, 'name'], 'taken');
				seen.add(name);
			}
	});

export type ScoringModel = z.infer<typeof scoringModelInput>;
export type FitRule = ScoringModel['fit'][number];
export type EngagementRule = ScoringModel['engagement'][number];
export type Situation = ScoringModel['situations'][number];
export type Decay = NonNullable<EngagementRule['decay']>;
export type Predicate = FitRule['when'];

/** Lists of rules of a model. */
export const PARTS = ['fit', 'engagement', 'situations'] as const;
export type Part = (typeof PARTS)[number];
export type Rule = FitRule | EngagementRule | Situation;

/** A model that was published, under the number that leads and receipts name. */
export interface LiveModel {
	readonly version: number;
	readonly model: ScoringModel;
}

/** Reads a stored model, also one from before rules could fade in two ways. @throws ZodError */
export function parseModel(stored: unknown): ScoringModel {
	return scoringModelInput.parse(isOld(stored) ? { ...stored, engagement: stored.engagement.map(renamed) } : stored);
}

interface OldModel {
	readonly engagement: readonly { readonly halfLifeDays?: number | null }[];
}

const isOld = (stored: unknown): stored is OldModel => Array.isArray((stored as OldModel | null)?.engagement);

function renamed({ halfLifeDays, ...rule }: OldModel['engagement'][number]): object {
	return halfLifeDays === undefined ? rule : { ...rule, decay: halfLifeDays === null ? null : { kind: 'half-life', days: halfLifeDays } };
}
