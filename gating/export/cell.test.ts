import { expect, test } from 'vitest';

import { csvLine, safeWords } from './cell.ts';

test.each(['=1+1', '+41 52 555', '-2', '@SUM(A1)', '\t=1', '\r=1', '\n=1', ' =1+1', '＝1', '＋1', '－1', '＠x'])(
	'%j is no formula in a spreadsheet',
	(text) => expect(safeWords(text)).toBe(`'${text}`),
);

test.each(['Ada Keller', 'A=B', '杭州电机', '12.5', ''])('%j is written as it is', (text) => expect(safeWords(text)).toBe(text));

test('a line quotes what would break it, and leaves numbers numbers', () => {
	expect(csvLine(['a,b', 'say "no"', 'two\r\nlines', -2.5, null, '=x,y'])).toBe('"a,b","say ""no""","two\r\nlines",-2.5,,"\'=x,y"\r\n');
});
