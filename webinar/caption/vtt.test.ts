import { expect, test } from 'vitest';

import { vttOf } from './vtt.ts';

test('lines become cues that begin when it was said and end at the next', () => {
	expect(
		vttOf([
			{ second: 1, text: 'Good day.' },
			{ second: 62, text: 'A drive of 5 kW <with> a brake & a fan' },
			{ second: 63, text: 'is enough\n\n--> for this.' },
			{ second: 3_700.5, text: '扭矩' },
		]),
	).toBe(
		[
			'WEBVTT',
			'00:00:00.000 --> 00:00:02.000\nGood day.',
			'00:01:00.000 --> 00:01:01.000\nA drive of 5 kW &lt;with&gt; a brake &amp; a fan',
			'00:01:01.000 --> 00:01:03.000\nis enough --&gt; for this.',
			'01:01:38.500 --> 01:01:40.500\n扭矩\n',
		].join('\n\n'),
	);
});

test('nothing typed is a file without cues', () => {
	expect(vttOf([])).toBe('WEBVTT\n');
});
