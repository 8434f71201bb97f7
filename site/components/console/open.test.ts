import { expect, test } from 'vitest';

import { safeNext } from './open.ts';

test.each([
	['/console/leads?stage=mql', '/console/leads?stage=mql'],
	['/console', '/console'],
	['/console?x=1', '/console?x=1'],
])('goes on to %s', (next, address) => expect(safeNext(next)).toBe(address));

test.each([
	null,
	'',
	'//evil.example',
	'https://evil.example/console',
	'/\\evil.example',
	'/console/../api',
	'/consolex',
	'/console\\@evil.example',
	'javascript:alert(1)',
	'/console/..//evil.example',
])('does not leave the console for %s', (next) => expect(safeNext(next)).toBe('/console'));
