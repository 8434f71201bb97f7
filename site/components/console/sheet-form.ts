import type { Question, Sheet } from '#gating';

import { listTyped, moved } from './routing.ts';

/** A sheet in the form: what is typed may not hold yet. */
export interface SheetDraft {
	readonly sheet: Sheet;
	/** The question whose fields are shown; null: none. */
	readonly open: number | null;
}

/** Answers to choose from, one a line: `key | English | 中文`; a line that begins with `!` denies. */
export function optionLines(options: Question['options']): string {
	return options.map(({ key, text, denies }) => `${denies ? '! ' : ''}${key} | ${text.en} | ${text['zh-CN']}`).join('\n');
}

export function optionsTyped(typed: string): Question['options'] {
	const lines = typed.split('\n').map((line) => line.trim()).filter((line) => line !== ''); // prettier-ignore
	return lines.map((line) => {
		const denies = /^[!！]/u.test(line);
		const [key = '', en = '', zh = ''] = line.replace(/^[!！]/u, '').split(/[|｜]/u).map((part) => part.trim()); // prettier-ignore
		return { key, text: { en, 'zh-CN': zh || en }, denies };
	});
}

function questionTyped(data: FormData): Question {
	const value = (name: string) => String(data.get(name) ?? '').trim();
	const after = value('after');
	return {
		key: value('key'),
		text: { en: value('textEn'), 'zh-CN': value('textZh') },
		options: optionsTyped(value('options')),
		isCore: data.has('isCore'),
		tick: (value('tick') || null) as Question['tick'],
		after: after === '' ? null : { question: after, anyOf: listTyped(data, 'anyOf') },
	};
}

/** The sheet as the form carries it along: nothing of it holds until it is published, and publishing checks it. */
function carried(data: FormData, live: Sheet): Sheet {
	const title = { en: String(data.get('titleEn') ?? '').trim(), 'zh-CN': String(data.get('titleZh') ?? '').trim() };
	try {
		const questions: unknown = JSON.parse(String(data.get('questions')));
		return { title, questions: Array.isArray(questions) ? questions.filter(isQuestion) : live.questions };
	} catch {
		return { title, questions: live.questions };
	}
}

function isQuestion(question: unknown): question is Question {
	const { key, text, options, after } = (question ?? {}) as Partial<Question>;
	const isText = (words: Question['text'] | undefined) => typeof words?.en === 'string' && typeof words['zh-CN'] === 'string';
	const isBranch = after === null || (typeof after?.question === 'string' && Array.isArray(after.anyOf));
	return typeof key === 'string' && isText(text) && Array.isArray(options) && options.every((one) => isText(one?.text)) && isBranch;
}

function newQuestion(questions: readonly Question[]): Question {
	const taken = new Set(questions.map(({ key }) => key));
	const key = Array.from({ length: questions.length + 1 }, (_, at) => `question-${at + 1}`).find((one) => !taken.has(one)) ?? 'question';
	return { key, text: { en: '', 'zh-CN': '' }, options: [], isCore: true, tick: null, after: null };
}

/** The sheet after what was typed and pressed: `up:1`, `down:1`, `remove:1`, `edit:1`, `add`; anything else leaves it. */
export function sheetDrafted(data: FormData, live: Sheet): SheetDraft {
	const { title, questions: before } = carried(data, live);
	const at = Number(data.get('open') ?? NaN);
	const questions = before[at] ? before.map((one, place) => (place === at ? questionTyped(data) : one)) : before;
	const [act, which = ''] = String(data.get('action') ?? '').split(':');
	const place = Number(which);
	const as = (changed: readonly Question[], open: number | null): SheetDraft => ({ sheet: { title, questions: changed }, open });
	switch (act) {
		case 'up':
			return as(moved(questions, place, -1), null);
		case 'down':
			return as(moved(questions, place, 1), null);
		case 'remove':
			return as(questions.filter((_, one) => one !== place), null); // prettier-ignore
		case 'edit':
			return as(questions, place);
		case 'add':
			return as([...questions, newQuestion(questions)], questions.length);
		default:
			return as(questions, null);
	}
}
