import { describe, expect, test } from 'vitest';

import type { Passage, SearchDocument } from './engine.ts';
import { highlightsOf, segmentsOf } from './highlight.ts';
import { parseQuery } from './query.ts';
import { lexiconOf, NO_RULES } from './rules.ts';

const unitsOf = (q: string) => parseQuery(q, { lexicon: lexiconOf(NO_RULES), isCode: () => true, isSegmented: false });
const marked = (text: string, q: string) =>
	segmentsOf(text, unitsOf(q))
		.map(({ text: piece, isMatch }) => (isMatch ? `[${piece}]` : piece))
		.join('');

test.each([
	['Östlund measures', 'ostlund', '[Östlund] measures'],
	['Take HX1-P18.', 'hx1p18', 'Take [HX1-P18].'],
	['Take HX1 P18.', 'hx1-p1', 'Take [HX1 P18].'],
	['用ＨＸ１－Ｐ１８检测', 'hx1p18', '用[ＨＸ１－Ｐ１８]检测'],
	['滚动轴承的轴', '轴承', '滚动[轴承]的轴'],
	['bearings, forbearing', 'bear', '[bearings], forbearing'],
	['<b>torque</b>', 'torque', '<b>[torque]</b>'],
])('marks in %j what answers %s', (text, q, expected) => expect(marked(text, q)).toBe(expected));

describe('a hit', () => {
	const passage = (text: string, page: number | null = null, isLocked = false): Passage => ({ text, page, isLocked });
	const paper = (...passages: Passage[]): SearchDocument => ({
		id: 'white_papers-1',
		type: 'white_papers',
		locale: 'en',
		subject: 'white_papers:1',
		reference: 'white_papers/a',
		title: 'Bearing damage',
		summary: 'From vibration.',
		url: '/white-papers/a',
		partNumber: null,
		keywords: [],
		passages,
		facets: { type: [], topic: [], industry: [], role: [], category: [], date: [] },
		publishedAt: 0,
	});
	const shown = (document: SearchDocument, q: string) =>
		highlightsOf(document, unitsOf(q)).map((one) =>
			one.locked
				? `locked ${one.page}`
				: `${one.field}${one.page ?? ''}: ${one.segments.map(({ text, isMatch }) => (isMatch ? `[${text}]` : text)).join('')}`,
		);

	test('shows its summary where the text has no more', () =>
		expect(shown(paper(), 'bearing')).toEqual(['title: [Bearing] damage', 'summary: From vibration.']));

	test('shows the open page that answers most', () => {
		expect(shown(paper(passage('An envelope.', 1), passage('The envelope spectrum.', 2)), 'envelope spectrum')).toEqual([
			'title: Bearing damage',
			'text2: The [envelope] [spectrum].',
		]);
	});

	test('says only the page of gated text, also where open text answers a part', () => {
		const document = paper(passage('An envelope.', 1), passage('Secret envelope of a kurtogram.', 5, true), passage('Other.', 6, true));
		expect(shown(document, 'envelope kurtogram')).toEqual(['title: Bearing damage', 'text1: An [envelope].', 'locked 5']);
		expect(JSON.stringify(highlightsOf(document, unitsOf('kurtogram')))).not.toContain('kurtogram');
	});

	test('cuts a long text around the match, at words', () => {
		const text = shown(paper(passage(`${'lorem ipsum '.repeat(60)}kurtosis ${'dolor sit '.repeat(60)}`)), 'kurtosis')[1]!;
		expect(text).toMatch(/^text: … (?:ipsum |lorem )+\[kurtosis\](?: dolor| sit)+ …$/);
		expect(text.length).toBeLessThan(240);
	});
});
