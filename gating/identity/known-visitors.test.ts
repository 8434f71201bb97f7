import { expect, test } from 'vitest';

import { createKnownVisitors } from './known-visitors.ts';
import { STRANGER, type Visitor, type VisitorCookies } from './visitor.ts';

function aMemory(identify: (cookies: VisitorCookies) => Promise<Visitor> = async () => STRANGER) {
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

test('the same cookies are asked for once in ten seconds', async () => {
	const { known, pass, asked } = aMemory();
	await known.identify({ visitor: 'a' });
	pass(9);
	await known.identify({ visitor: 'a' });
	expect(asked()).toBe(1);
	pass(1);
	await known.identify({ visitor: 'a' });
	expect(asked()).toBe(2);
});

test('another cookie is another visitor', async () => {
	const { known, asked } = aMemory();
	await known.identify({ visitor: 'a' });
	await known.identify({ pass: 'a' });
	await known.identify({ visitor: 'a', consent: '1.analytics' });
	expect(asked()).toBe(3);
});

test('a change holds at once, also for who was being asked about meanwhile', async () => {
	const answers: ((visitor: Visitor) => void)[] = [];
	const { known, asked } = aMemory(() => new Promise((resolve) => answers.push(resolve)));
	const before = known.identify({ visitor: 'a' });
	known.forget();
	answers[0]?.({ ...STRANGER, personId: 'old' });
	await before;
	const after = known.identify({ visitor: 'a' });
	answers[1]?.(STRANGER);
	expect(await after).toEqual(STRANGER);
	expect(asked()).toBe(2);
});
