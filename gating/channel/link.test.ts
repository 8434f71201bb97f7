import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { landingOf, newCode, requireCode, requirePath } from './link.ts';

const link = { code: 'hm26', path: '/white-papers/servo', utmSource: 'hannover-messe', utmMedium: 'fair', utmCampaign: 'spring' };

describe('a link', () => {
	test('leads to its page with its tags', () => {
		expect(landingOf(link, new URLSearchParams())).toBe(
			'/white-papers/servo?utm_source=hannover-messe&utm_medium=fair&utm_campaign=spring&utm_id=hm26',
		);
	});

	test('keeps the query of its page, and terms it was opened with, but nobody else’s tags', () => {
		const opened = new URLSearchParams('utm_content=poster&utm_source=forged&utm_id=forged&next=https://evil.example');
		expect(landingOf({ ...link, path: '/library?type=cases', utmMedium: '', utmCampaign: '' }, opened)).toBe(
			'/library?type=cases&utm_source=hannover-messe&utm_id=hm26&utm_content=poster',
		);
	});

	test.each([
		['//evil.example/'],
		['/\\evil.example'],
		['\\\\evil.example'],
		['https://evil.example/'],
		['javascript:alert(1)'],
		['/\t/evil.example'],
		['/%0d%0aset-cookie:x', true],
		['evil.example'],
		[''],
		['/console/leads'],
		['/%63onsole'],
		['/zh-CN/j/token'],
		['/api/v1/leads'],
		['/x/../console'],
		['/.//evil.example'],
		[`/${'x'.repeat(600)}`],
		['/\ud800'],
	])('to %s leads nowhere else', (path, isFine = false) => {
		const landing = landingOf({ ...link, path }, new URLSearchParams());
		if (isFine) expect(landing).toMatch(/^\/%0d%0a/);
		else {
			expect(landing).toBeNull();
			expect(() => requirePath(path)).toThrow('page of this site');
		}
	});

	test('stays on this site whatever its path is', () => {
		const path = fc.oneof(
			fc.string({ unit: 'binary' }),
			fc.webUrl(),
			fc.stringMatching(/^[/\\.@:a-z\t%2f5c]{1,30}$/),
			fc.webUrl().map((url) => `/${url.slice(6)}`),
		);
		fc.assert(
			fc.property(path, (given) => {
				const landing = landingOf({ ...link, path: given }, new URLSearchParams());
				if (landing !== null) expect(new URL(landing, 'https://hub.example/r/hm26').origin).toBe('https://hub.example');
			}),
			{ numRuns: 2_000 },
		);
	});
});

test.each(['hm26', 'hannover-messe-2026', 'abc'])('%s is a code', (code) => expect(requireCode(code)).toBe(code));
test.each(['', 'a', 'ab-', '-ab', 'Ab1', 'a b', 'x'.repeat(41), '微信码'])('%s is no code', (code) => {
	expect(() => requireCode(code)).toThrow('3 to 40');
});
test('a random code is one', () => {
	expect(requireCode(newCode((size) => Buffer.alloc(size, 255)))).toHaveLength(7);
});
