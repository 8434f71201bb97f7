import { expect, test } from 'vitest';

import { DAY_MS } from '#kernel/clock.ts';

import { completionOf, countContent, influencedBy, nextSteps, type Reading } from './content-count.ts';

const reading = (reader: string, days: number, subject: string, type = 'page.view', more: Partial<Reading> = {}): Reading => ({
	...{ reader, at: days * DAY_MS, type, subject, seconds: 0, depth: 0 },
	...more,
});
const read = (reader: string, days: number, seconds: number, depth: number) =>
	reading(reader, days, 'white_papers:a', 'content.attention', { seconds, depth });
const all = () => true;

test('a content is counted by readers, attention, completion, downloads and requests', () => {
	const readings = [
		reading('p:1', 1, 'white_papers:a'),
		reading('p:1', 2, 'white_papers:a'),
		read('p:1', 1, 60, 40),
		read('p:1', 2, 30, 95),
		read('v:9', 2, 10, 50),
		reading('p:1', 2, 'white_papers:a', 'form.submitted'),
		reading('p:1', 3, 'white_papers:a', 'download'),
		reading('v:9', 3, 'webinars:w'),
	];
	const [line, ...others] = countContent(readings, new Map([['1', [5 * DAY_MS]]]), (subject) => subject.startsWith('white_papers:'));
	expect(others).toEqual([]);
	expect(line).toEqual({
		...{ subject: 'white_papers:a', readers: 2, views: 2, seconds: 100, medianSeconds: 10, measured: 2, finished: 1, downloads: 1, requests: 1 },
		...{ influenced: 1, next: { subject: 'webinars:w', count: 1 } },
	});
});

test('a part of a content is reached when half of it was seen', () => expect(completionOf([100, 60, 13, 12, 0], 4)).toEqual([3, 2, 1, 1]));

test('a content influences leads that moved on within ninety days after, not before and not browsers', () => {
	const steps = new Map([
		['late', [100 * DAY_MS]],
		['before', [1 * DAY_MS]],
		['moved', [1 * DAY_MS, 30 * DAY_MS]],
	]);
	const readings = ['p:late', 'p:before', 'p:moved', 'v:moved', 'p:never'].map((reader) => reading(reader, 5, 'cases:c'));
	expect([...influencedBy(readings, steps)]).toEqual(['moved']);
});

test('the next step is another content within a week, once for each reader', () => {
	const readings = [
		...[reading('p:1', 1, 'a'), reading('p:1', 1.1, 'a'), reading('p:1', 2, 'b'), reading('p:1', 3, 'a'), reading('p:1', 3.5, 'b')],
		...[
			reading('p:2', 1, 'a'),
			reading('p:2', 1.5, 'c'),
			reading('p:3', 1, 'a'),
			reading('p:3', 9, 'b'),
			reading('p:4', 1, 'a'),
			reading('p:4', 2, 'b'),
		],
	];
	expect(nextSteps(readings, all).get('a')).toEqual([
		{ subject: 'b', count: 2 },
		{ subject: 'c', count: 1 },
	]);
});
