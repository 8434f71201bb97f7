import { describe, expect, test } from 'vitest';

import { looksPersonal, normalised } from './words.ts';

test('the same words are one query in any case, width and space', () => {
	expect(normalised('  Servo　 ＭＯＴＯＲ ')).toBe('servo motor');
	expect(normalised('变频器 ＨＦ３')).toBe('变频器 hf3');
});

describe('words that may be kept', () => {
	test.each(['bearing', '变频器 选型', 'hx1-p18', 'hf3-2200', 'iec 60034-30-1', 'gb/t 18613-2020', 'iso 13849-1:2023', '22 kw', '400 v 50 hz', '6205-2rs', 'din 42677'])(
		'%s',
		(words) => expect(looksPersonal(words)).toBe(false),
	); // prettier-ignore
});

describe('words that look like somebody', () => {
	test.each([
		'anna.meier@kestrel.example',
		'anna meier @ kestrel',
		'+41 79 555 01 61',
		'138 0013 8000',
		'13800138000',
		'(052) 555-01-61',
		'电话13800138000',
		'400-800-8888',
		'order 10023456',
		'https://example.com/x',
		'www.example.com',
		'11010519491231002x',
		'ch93 0076 2011 6238 5295 7',
		'192.168.100.17',
		'a'.repeat(101),
	])('%s', (words) => expect(looksPersonal(normalised(words))).toBe(true));
});
