import type { LocalisedText } from '#cms/content.ts';

/** One answer, several, own words in a sentence, or up to three words that make a cloud; a quiz has right answers. */
export const POLL_FORMS = ['single', 'multiple', 'text', 'cloud', 'quiz'] as const;
export type PollForm = (typeof POLL_FORMS)[number];
export type PollState = 'planned' | 'open' | 'closed';

/** A poll as it is planned: by a moment, or made in the studio. */
export interface PollPlan {
	readonly key: string;
	readonly form: PollForm;
	readonly question: LocalisedText;
	readonly options: readonly LocalisedText[];
	readonly correct: readonly number[];
	readonly points: number;
	readonly seconds: number;
	readonly shows: 'live' | 'closed';
}

/** A poll of one occurrence, as its row has it. */
export interface Poll extends PollPlan {
	readonly occurrenceId: string;
	readonly state: PollState;
	readonly openedAt: Date | null;
	readonly closesAt: Date | null;
	readonly createdAt: Date;
}

export const TEXT_LENGTH = 200;
const CLOUD_WORDS = 3;
const CLOUD_LENGTH = 24;

/** What somebody answers: choices from 0, or own words. */
export interface Answer {
	readonly choices: readonly number[];
	readonly text: string;
}

export type CheckedAnswer =
	| { readonly status: 'valid'; readonly choices: readonly number[]; readonly text: string | null }
	| { readonly status: 'invalid'; readonly code: 'option' | 'empty' | 'too-long' | 'characters' };

/** Whether an answer fits a poll: choices in rising order, each once; words of a cloud between single spaces, at most three. */
export function checkAnswer({ form, options, correct }: Pick<Poll, 'form' | 'options' | 'correct'>, { choices, text }: Answer): CheckedAnswer {
	if (form === 'text' || form === 'cloud') return checkWords(form, text);
	const chosen = [...new Set(choices)].sort((a, b) => a - b);
	const isKnown = chosen.every((choice) => Number.isInteger(choice) && choice >= 0 && choice < options.length);
	const most = form === 'multiple' || (form === 'quiz' && correct.length > 1) ? options.length : 1;
	if (!isKnown || chosen.length === 0 || chosen.length > most) return { status: 'invalid', code: 'option' };
	return { status: 'valid', choices: chosen, text: null };
}

function checkWords(form: 'text' | 'cloud', typed: string): CheckedAnswer {
	const words = form === 'cloud' ? cloudWords(typed) : [];
	const text = form === 'cloud' ? words.join('\n') : typed.trim();
	if (text === '') return { status: 'invalid', code: 'empty' };
	if (form === 'cloud' ? words.some((word) => [...word].length > CLOUD_LENGTH) : text.length > TEXT_LENGTH)
		return { status: 'invalid', code: 'too-long' };
	if (!text.isWellFormed() || /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(text)) return { status: 'invalid', code: 'characters' };
	return { status: 'valid', choices: [], text };
}

/** Words between commas or line breaks, or else between spaces; each once, at most three. */
function cloudWords(typed: string): string[] {
	const separator = /[\n,，、;；]/u.test(typed) ? /[\n,，、;；]+/u : /\s+/u;
	const words = typed
		.normalize('NFKC')
		.split(separator)
		.map((word) => word.trim().replaceAll(/\s+/gu, ' '))
		.filter((word) => word !== '');
	return [...new Map(words.map((word) => [word.toLowerCase(), word])).values()].slice(0, CLOUD_WORDS);
}

/** Points of an answer to a quiz: all of them for exactly the right choices, else none. */
export function pointsOf({ form, correct, points }: Pick<Poll, 'form' | 'correct' | 'points'>, choices: readonly number[]): number {
	if (form !== 'quiz') return 0;
	const right = [...correct].sort((a, b) => a - b);
	return right.length > 0 && right.join() === choices.join() ? points : 0;
}

/** Whether answers are taken at `now`, by the server's clock. */
export const takesAnswers = ({ state, closesAt }: Pick<Poll, 'state' | 'closesAt'>, now: Date): boolean =>
	state === 'open' && (closesAt === null || now < closesAt);

/** Somebody's standing in the quiz. */
export interface Standing {
	readonly personId: string;
	readonly points: number;
	/** Milliseconds that the right answers took together. */
	readonly tookMs: number;
	/** From 1; the same for who has the same points in the same time. */
	readonly rank: number;
}

/** The ranking of a quiz: more points first, and of those with as many who was quicker. Without points nobody is ranked. */
export function rankingOf(answers: readonly { readonly personId: string; readonly points: number; readonly tookMs: number }[]): Standing[] {
	const sums = new Map<string, { points: number; tookMs: number }>();
	for (const { personId, points, tookMs } of answers) {
		if (points === 0) continue;
		const sum = sums.get(personId) ?? { points: 0, tookMs: 0 };
		sums.set(personId, { points: sum.points + points, tookMs: sum.tookMs + tookMs });
	}
	const ordered = [...sums]
		.map(([personId, sum]) => ({ personId, ...sum }))
		.sort((a, b) => b.points - a.points || a.tookMs - b.tookMs || (a.personId < b.personId ? -1 : 1));
	const isSame = (a: (typeof ordered)[number], b: (typeof ordered)[number]): boolean => a.points === b.points && a.tookMs === b.tookMs;
	return ordered.map((one) => ({ ...one, rank: ordered.findIndex((other) => isSame(one, other)) + 1 }));
}
