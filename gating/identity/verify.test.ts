import { expect, test } from 'vitest';

import { browserFate } from './verify.ts';

const base = { visitorId: 'v', ownerId: null, personId: 'p', sentFrom: new Set<string>(), isWanted: true };

test.each<[string, Partial<Parameters<typeof browserFate>[0]>, ReturnType<typeof browserFate>]>([
	['the browser that sent the form joins', { sentFrom: new Set(['v']) }, 'join'],
	['another browser becomes a new one: its past stays apart', { sentFrom: new Set(['w']) }, 'fresh'],
	['the person’s own browser stays', { ownerId: 'p' }, 'keep'],
	['a browser of somebody else is never taken over', { ownerId: 'q', sentFrom: new Set(['v']) }, 'fresh-for-other'],
	['a browser without consent gets no identity', { visitorId: null, isWanted: false }, 'none'],
	['a browser without identity gets one when the person agreed', { visitorId: null }, 'fresh'],
])('%s', (_rule, over, fate) => {
	expect(browserFate({ ...base, ...over })).toBe(fate);
});
