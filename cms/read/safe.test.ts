import { describe, expect, test } from 'vitest';

import type { Asset } from '../content.ts';
import { hasActiveHtml, isSafeLink, LONGEST_TEXT, pictureFault, shownText } from './safe.ts';

const picture = (over: Partial<Asset>): Asset => ({
	...{ id: 'a', filename: 'a.png', description: '', mediaType: 'image/png', sizeBytes: 1, width: 100, height: 100, version: 'v', isPublic: true },
	...over,
});

describe('a picture', () => {
	test.each([
		['of dots', {}, null],
		['drawn as SVG, which has no size', { mediaType: 'image/svg+xml', width: null, height: null }, null],
		['of 60 megapixels', { width: 9_000, height: 6_700 }, null],
		['wider than Directus takes', { width: 12_000 }, 'too-large'],
		['that Directus could not measure', { width: null, height: null }, 'not-a-picture'],
		['that is a text', { mediaType: 'text/plain' }, 'not-a-picture'],
		['of a phone, as HEIC', { mediaType: 'image/heic' }, 'not-a-picture'],
		['that is a PDF', { mediaType: 'application/pdf', width: null, height: null }, 'not-a-picture'],
	] as const)('%s', (_what, over, fault) => {
		expect(pictureFault(picture(over))).toBe(fault);
	});
});

test.each([
	['https://example.com/x', true],
	['http://example.com', true],
	['/products', true],
	['#contact', true],
	['mailto:sales@example.com', true],
	['tel:+41 52 000 00 00', true],
	['javascript:alert(1)', false],
	[' JaVaScRiPt:alert(1)', false],
	['data:text/html,x', false],
	['//evil.example', false],
	['https://', false],
	['products', false],
	['ftp://example.com', false],
])('a link to %s: %s', (link, isSafe) => {
	expect(isSafeLink(link)).toBe(isSafe);
});

test.each([
	['<script>alert(1)</script>', true],
	['text <IFRAME src=x>', true],
	['<p onclick="x()">', true],
	['[press](javascript:alert(1))', true],
	['<style>p{}</style>', true],
	['`<script>` in a text about scripts', false],
	['```html\n<iframe>\n```', false],
	['a < b and on = off', false],
	['<b>bold</b>', false],
])('active HTML in %s: %s', (text, isActive) => {
	expect(hasActiveHtml(text)).toBe(isActive);
});

describe('a text without end', () => {
	test('is cut between paragraphs, and never within a character', () => {
		const paragraphs = 'A paragraph.\n\n'.repeat(40_000);
		expect(shownText(paragraphs).endsWith('A paragraph.')).toBe(true);
		expect(shownText(paragraphs).length).toBeLessThanOrEqual(LONGEST_TEXT);
		expect(shownText(`x${'😀'.repeat(LONGEST_TEXT)}`).isWellFormed()).toBe(true);
		expect(shownText('short')).toBe('short');
	});
});
