import { z } from 'zod';

import { TICKS } from '../lifecycle/recognise.ts';

/** What an answer is worth: can be believed, needs another look, or was not to be had. */
export const VERDICTS = ['credible', 'unclear', 'not-obtained'] as const;
export type Verdict = (typeof VERDICTS)[number];

const key = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/);
const words = z.object({ en: z.string().trim().min(1).max(300), 'zh-CN': z.string().trim().min(1).max(300) }).readonly();

const question = z.strictObject({
	key,
	text: words,
	/** Without options the answer is free words only. `denies`: however credible, it ticks nothing. */
	options: z
		.array(z.strictObject({ key, text: words, denies: z.boolean() }))
		.max(20)
		.readonly(),
	/** A hand-over waits for a credible answer. */
	isCore: z.boolean(),
	/** What a credible answer stands for, or null. */
	tick: z.enum(TICKS).nullable(),
	/** Asked only after one of these options of an earlier question; null: always. */
	after: z.strictObject({ question: key, anyOf: z.array(key).min(1).max(20).readonly() }).nullable(),
});

/** A sheet of questions as data. Bad sheets are told what is wrong with them. */
export const sheetInput = z
	.strictObject({ title: words, questions: z.array(question).min(1).max(60).readonly() })
	.superRefine(({ questions }, context) => {
		const earlier = new Map<string, ReadonlySet<string>>();
		for (const [index, { key: own, options, after }] of questions.entries()) {
			const wrong = (code: string) => context.addIssue({ code: 'custom', path: ['questions', index], message: code, params: { code } });
			if (earlier.has(own)) wrong('taken');
			if (new Set(options.map((one) => one.key)).size < options.length) wrong('taken');
			// Only earlier questions can be asked after: so no circle can come about.
			if (after && !after.anyOf.every((option) => earlier.get(after.question)?.has(option))) wrong('after');
			earlier.set(own, new Set(options.map((one) => one.key)));
		}
	});

export type Sheet = z.infer<typeof sheetInput>;
export type Question = Sheet['questions'][number];

/** The newest answer to a question. */
export interface Given {
	readonly verdict: Verdict;
	/** Key of an option, or ''. */
	readonly choice: string;
}

/** The questions that are asked, given the answers so far: a branch is taken by what was chosen, if that question is asked itself. */
export function askedQuestions({ questions }: Sheet, answers: ReadonlyMap<string, Given>): Question[] {
	const asked = new Set<string>();
	return questions.filter(({ key: own, after }) => {
		const isAsked = after === null || (asked.has(after.question) && after.anyOf.includes(answers.get(after.question)?.choice ?? ''));
		if (isAsked) asked.add(own);
		return isAsked;
	});
}

/** Keys of the core questions that are asked and have no credible answer: they stand against a hand-over. */
export function missingCore(sheet: Sheet, answers: ReadonlyMap<string, Given>): string[] {
	return askedQuestions(sheet, answers)
		.filter(({ key: own, isCore }) => isCore && answers.get(own)?.verdict !== 'credible')
		.map(({ key: own }) => own);
}

/** What an answer stands for: the question's tick, unless what was chosen denies it. */
export function tickOf({ tick, options }: Question, choice: string): string {
	return tick === null || options.some((one) => one.key === choice && one.denies) ? '' : tick;
}
