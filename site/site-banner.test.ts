import { expect, test } from 'vitest';

import { bannerPlaceOf } from './site-banner.ts';

test.each([
	['/', 'home'],
	['/library', 'library'],
	['/articles/rms-torque', 'content'],
	['/cases/packline', 'content'],
	['/products', 'content'],
	['/products/servo-drives', 'content'],
	['/products/servo-drives/sd2', 'content'],
	['/industries/packaging', 'content'],
	['/series/fundamentals', 'content'],
	...[
		...['/white-papers/sizing', '/p/sizing', '/offers/trial', '/quote', '/pass', '/preferences', '/search', '/products/compare', '/documents/x'],
		...['/webinars', '/webinars/sizing', '/webinars/sizing/room', '/webinars/sizing/replay', '/webinars/sizing/afterwards'],
		...['/c/token', '/u/token', '/console', '/console/leads', '/preview/articles/1', '/follow', '/j/token', '/speak/token', '/dealers'],
	].map((path) => [path, null] as const),
] as const)('a banner on %s: %s', (path, place) => {
	expect(bannerPlaceOf(path)).toBe(place);
});
