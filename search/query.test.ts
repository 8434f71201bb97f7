import { describe, expect, test } from 'vitest';

import { parseQuery, type Reading, singular } from './query.ts';
import { lexiconOf } from './rules.ts';

const lexicon = lexiconOf({
	synonyms: [
		['vfd', 'frequency converter', '变频器'],
		['gearbox', '减速机'],
	],
	stopWords: ['the', '的'],
	pins: [],
	redirects: [],
});
const reading: Reading = { lexicon, isCode: (code) => 'lc1d09'.startsWith(code) || 'iec60034'.startsWith(code), isSegmented: false };

/** The query in one line: `word*` may go on, `|` are alternatives, `#` a part number. */
function lineOf(q: string, isSegmented = false): string {
	return parseQuery(q, { ...reading, isSegmented })
		.map(({ phrases, code }) =>
			[...phrases.map(({ words, isPrefix }) => words.join(' ') + (isPrefix ? '*' : '')), ...(code === null ? [] : [`#${code}`])].join('|'),
		)
		.join(' & ');
}

describe('a query', () => {
	test.each([
		['Servo drive', 'servo* & drive*'],
		['LC1D09', 'lc1d09*|#lc1d09'],
		['lc1-d09', 'lc1 d09*|#lc1d09'],
		['LC1 D09 relay', 'lc1 d09*|#lc1d09 & relay*'],
		['IEC60034', 'iec60034*|#iec60034'],
		['the relay', 'relay*'],
		['the', 'the*'],
		['22kW', '22 kw*'],
		['400 V', '400 & v'],
		['2024', '2024*'],
		['"safe torque" of', 'safe torque & of*'],
		['vfd', 'vfd|frequency converter*|变 频 器'],
		['frequency converters', 'frequency converters*|vfd|frequency converter*|变 频 器'],
		['gearb', 'gearb*|gearbox*|减 速 机'],
		['轴承', '轴 承'],
		['HF3变频器', 'hf3* & 变 频 器|vfd|frequency converter*'],
		['bearings', 'bearings*|bearing*'],
		['AND (a OR "b")', 'b & and* & a & or*'],
		['😀 \u0000', ''],
	])('%s means %s', (q, line) => expect(lineOf(q)).toBe(line));

	test('falls into words where a Chinese run is found nowhere as a whole', () => {
		expect(lineOf('变频器的选型', true)).toBe('变 频 器|vfd|frequency converter* & 选 型');
	});

	test('is cut where it is longer than anybody types', () => {
		expect(parseQuery('word '.repeat(5_000), reading)).toHaveLength(12);
		expect(lineOf('轴'.repeat(9_999)).split(' ')).toHaveLength(200);
	});
});

test.each([
	['bearings', 'bearing'],
	['batteries', 'battery'],
	['gearboxes', 'gearbox'],
	['chassis', 'chassis'],
	['glass', 'glass'],
	['bus', 'bus'],
	['torque', 'torque'],
])('%s is one %s', (plural, one) => expect(singular(plural)).toBe(one));
