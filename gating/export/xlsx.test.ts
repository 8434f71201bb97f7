import { buffer } from 'node:stream/consumers';

import readSheet from 'read-excel-file/node';
import { expect, test } from 'vitest';

import { csvOf } from './csv.ts';
import { xlsxOf } from './xlsx.ts';

async function* pages(count: number, size: number) {
	for (let page = 0; page < count; page++)
		yield Array.from({ length: size }, (_, at) => [`lead-${page * size + at}`, 'Ada Keller, Packline AG', at / 4, null, '=HYPERLINK("http://x")']);
}

test('a workbook is what an independent reader finds in it: words as words, numbers as numbers', async () => {
	const file = await buffer(
		xlsxOf(
			['Id', '名称'],
			(async function* () {
				yield [
					['=1+1', 12.5],
					['<b>&"\u{1}😀', -3],
					[null, '杭州'],
				];
			})(),
		),
	);
	const [sheet] = await readSheet(file);
	expect(sheet?.data).toEqual([
		['Id', '名称'],
		['=1+1', 12.5],
		['<b>&"😀', -3],
		[null, '杭州'],
	]);
});

test('a million rows pass through in little memory', async () => {
	let [bytes, most] = [0, 0];
	const before = process.memoryUsage().rss;
	for await (const slice of csvOf(['a', 'b', 'c', 'd', 'e'], pages(5_000, 200))) {
		bytes += slice.length;
		most = Math.max(most, process.memoryUsage().rss - before);
	}
	expect(bytes).toBeGreaterThan(60_000_000);
	expect(most / 1_048_576).toBeLessThan(200);
}, 60_000);

test('an error of the list is an error of the file', async () => {
	const broken = async function* (): AsyncGenerator<never[]> {
		yield [];
		throw new Error('the list broke off');
	};
	await expect(buffer(xlsxOf(['a'], broken()))).rejects.toThrow('the list broke off');
});
