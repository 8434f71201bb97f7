import { expect, test } from 'vitest';

import type { Identified } from './identify.ts';
import { createKnownVisitors } from './known-visitors.ts';
import { STRANGER, type VisitorCookies } from './visitor.ts';

const of = (...owners: string[]): Identified => ({ visitor: { ...STRANGER, visitorId: owners[0] ?? null, personId: owners[1] ?? null }, owners });

function aMemory(identify: (cookies: VisitorCookies) => Promise<Identified> = async ({ visitor = '' }) => of(...visitor.split('+'))) {
	let at = 0;
	let asked = 0;
	const known = createKnownVisitors(
		(cookies) => {
			asked++;
			return identify(cookies);
		},
		() => new Date(at),
	);
	return { known, pass: (seconds: number) => (at += seconds * 1_000), asked: () => asked };
}

test('a browser is asked for once in five minutes, one with a pass once in ten seconds', async () => {
	const { known, pass, asked } = aMemory();
	const first = await known.identify({ visitor: 'a' });
	await known.identify({ pass: 'a' });
	pass(9);
	await known.identify({ visitor: 'a' });
	await known.identify({ pass: 'a' });
	expect(asked()).toBe(2);
	pass(1);
	await known.identify({ pass: 'a' });
	expect(asked()).toBe(3);
	pass(289);
	expect(await known.identify({ visitor: 'a' })).toBe(first);
	expect(known.holds(first)).toBe(true);
	pass(1);
	expect(known.holds(first)).toBe(false);
	expect(await known.identify({ visitor: 'a' })).not.toBe(first);
});

test('another cookie is another visitor', async () => {
	const { known, asked } = aMemory();
	await known.identify({ visitor: 'a' });
	await known.identify({ pass: 'a' });
	await known.identify({ visitor: 'a', consent: '1.analytics' });
	expect(asked()).toBe(3);
});

test('who is touched is asked for anew, by browser and by person, and nobody else is', async () => {
	const { known, asked } = aMemory();
	const [one, two, three] = await Promise.all(['a+p', 'b+p', 'c+q'].map((visitor) => known.identify({ visitor })));
	known.forget(['p']);
	expect([one, two, three].map((visitor) => known.holds(visitor!))).toEqual([false, false, true]);
	await known.identify({ visitor: 'a+p' });
	await known.identify({ visitor: 'c+q' });
	expect(asked()).toBe(4);
	known.forget(['c']);
	expect(known.holds(three!)).toBe(false);
});

test('a change holds at once, also for who was being asked about meanwhile', async () => {
	const answers: ((known: Identified) => void)[] = [];
	const { known, asked } = aMemory(() => new Promise((resolve) => answers.push(resolve)));
	const before = known.identify({ visitor: 'a' });
	known.forget(['a']);
	answers[0]?.(of('a', 'old'));
	expect(known.holds(await before)).toBe(false);
	const after = known.identify({ visitor: 'a' });
	answers[1]?.(of('a'));
	expect((await after).personId).toBeNull();
	expect(asked()).toBe(2);
});
