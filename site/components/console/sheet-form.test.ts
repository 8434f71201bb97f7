import { expect, test } from 'vitest';

import type { Question, Sheet } from '#gating';

import { optionLines, optionsTyped, sheetDrafted } from './sheet-form.ts';

const question = (key: string): Question => ({ key, text: { en: key, 'zh-CN': key }, options: [], isCore: true, tick: null, after: null });
const live: Sheet = { title: { en: 'Sheet', 'zh-CN': '问卷' }, questions: [question('one'), question('two')] };

function form(values: Readonly<Record<string, string>>): FormData {
	const data = new FormData();
	for (const [name, value] of Object.entries({ titleEn: 'Sheet', titleZh: '问卷', questions: JSON.stringify(live.questions), ...values }))
		data.set(name, value);
	return data;
}
const keys = (values: Readonly<Record<string, string>>) => sheetDrafted(form(values), live).sheet.questions.map(({ key }) => key);

test('answers as lines and back', () => {
	const options = [
		{ key: 'yes', text: { en: 'Yes', 'zh-CN': '是' }, denies: false },
		{ key: 'no', text: { en: 'No', 'zh-CN': '否' }, denies: true },
	];
	expect(optionLines(options)).toBe('yes | Yes | 是\n! no | No | 否');
	expect(optionsTyped(`${optionLines(options)}\n\n`)).toEqual(options);
	expect(optionsTyped('maybe | Maybe')).toEqual([{ key: 'maybe', text: { en: 'Maybe', 'zh-CN': 'Maybe' }, denies: false }]);
});

test.each([
	['up:1', ['two', 'one']],
	['down:0', ['two', 'one']],
	['up:0', ['one', 'two']],
	['down:9', ['one', 'two']],
	['remove:0', ['two']],
	['add', ['one', 'two', 'question-1']],
	['publish', ['one', 'two']],
])('%s', (action, expected) => {
	expect(keys({ action })).toEqual(expected);
});

test('what is typed into the open question goes along, whatever is pressed', () => {
	const typed = {
		open: '1',
		key: 'money',
		textEn: 'Is there money?',
		textZh: '有预算吗？',
		options: '',
		after: 'one',
		anyOf: 'a, b',
		tick: 'budget',
	};
	expect(sheetDrafted(form({ ...typed, action: 'edit:0' }), live)).toMatchObject({
		open: 0,
		sheet: { questions: [{ key: 'one' }, { key: 'money', isCore: false, tick: 'budget', after: { question: 'one', anyOf: ['a', 'b'] } }] },
	});
});

test('a form that carries nonsense carries what holds', () => {
	expect(keys({ questions: 'nonsense' })).toEqual(['one', 'two']);
	expect(keys({ questions: '[1, {"key": "x"}]' })).toEqual([]);
});
