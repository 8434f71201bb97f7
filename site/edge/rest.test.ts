import { expect, test } from 'vitest';

import { type Look, watchRest } from './rest.ts';

const MB = 1_048_576;
const look = (requests: number, megabytes = 200): Look => ({ requests, bytes: megabytes * MB });

test('waits for a quiet moment after work', () => {
	const watch = watchRest(look(0));
	expect(watch.isDue(look(400))).toBe(false);
	expect(watch.isDue(look(900))).toBe(false);
	expect(watch.isDue(look(919))).toBe(true);
});

test('does nothing twice', () => {
	const watch = watchRest(look(0));
	watch.isDue(look(600, 300));
	expect(watch.isDue(look(600, 300))).toBe(true);
	watch.collected(look(600, 210));
	expect(watch.isDue(look(600, 210))).toBe(false);
	expect(watch.isDue(look(610, 230))).toBe(false);
});

test('gives back what grew without requests', () => {
	const watch = watchRest(look(0));
	expect(watch.isDue(look(0, 223))).toBe(false);
	expect(watch.isDue(look(0, 224))).toBe(true);
});
