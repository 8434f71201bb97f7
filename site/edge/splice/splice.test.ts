import { gunzipSync } from 'node:zlib';

import { expect, test } from 'vitest';

import { gzipOf, identityOf, rowOf } from './assemble.ts';
import { createMarks } from './marks.ts';
import { makePiece } from './piece.ts';
import { fillSplit, splitPage } from './split.ts';

const marks = createMarks('secret', () => undefined);
const hole = (name: string, content: string): string => marks.open(name) + content + marks.close(name);
const split = (html: string) => splitPage(Buffer.from(html), 'secret');
const filled = (html: string, fills: Record<string, readonly string[]>): string => {
	const { pieces, holes } = split(html).split;
	return fillSplit(
		pieces.map((piece) => piece.toString()),
		holes,
		new Map(Object.entries(fills)),
	).join('');
};

test('the page without its marks is what everybody gets', () => {
	const html = `<ul>${hole('row', '<li>默认</li>')}</ul>${hole('cta', '<p>Ask</p>')}.`;
	expect(split(html).body.toString()).toBe('<ul><li>默认</li></ul><p>Ask</p>.');
	expect(split(html).split.holes.map(({ name }) => name)).toEqual(['row', 'cta']);
});

test('a page without holes stays as it is', () => {
	expect(split('<!--secre+x-->')).toMatchObject({ split: { holes: [] } });
	expect(split('<p>').body.toString()).toBe('<p>');
});

test.each<[string, string, Record<string, readonly string[]>, string]>([
	['a hole takes as many fragments as there are', `a${hole('x', 'b')}c`, { x: ['1', '2'] }, 'a12c'],
	['a hole without a fill keeps its content', `a${hole('x', 'b')}c`, { y: ['1'] }, 'abc'],
	['a hole may be emptied', `a${hole('x', 'b')}c`, { x: [] }, 'ac'],
	['holes within a filled one go with its content', `a${hole('x', `b${hole('y', 'c')}`)}d`, { x: ['1'], y: ['2'] }, 'a1d'],
	['holes within one that stays are filled', `a${hole('x', `b${hole('y', 'c')}`)}d`, { y: ['2'] }, 'ab2d'],
	['the same hole may stand twice', `${hole('x', 'b')}-${hole('x', 'b')}`, { x: ['1'] }, '1-1'],
	['what is not closed is no hole', `a${marks.open('x')}b`, { x: ['1'] }, 'ab'],
])('%s', (_name, html, fills, page) => {
	expect(filled(html, fills)).toBe(page);
});

test('marks of somebody else are text', () => {
	expect(split(createMarks('other', () => undefined).open('x')).split.holes).toEqual([]);
});

test('a name that could end its mark is refused', () => {
	expect(() => marks.open('x-->')).toThrow('no name');
});

test('pieces in any order make one gzip member that reads as they do', () => {
	const pieces = ['<p>drive</p>', '', '扭矩 '.repeat(900), 'x'.repeat(256), '<li>card</li>'.repeat(77)].map((text) => makePiece(Buffer.from(text)));
	for (const order of [pieces, pieces.toReversed(), [pieces[0]!, pieces[0]!], []]) {
		const { bytes, done } = gzipOf(rowOf(order));
		expect(gunzipSync(bytes).equals(identityOf(order))).toBe(true);
		done();
	}
});

test('a page larger than the buffers that are kept is whole', () => {
	const noise = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * at * 7919) % 251));
	expect(
		gunzipSync(gzipOf(rowOf([makePiece(noise)])).bytes)
			.subarray(0, noise.length)
			.equals(noise),
	).toBe(true);
});
