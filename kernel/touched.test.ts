import { expect, test } from 'vitest';

import type { Handle } from './database.ts';
import { createTouched, touch } from './touched.ts';

function aBody() {
	const tx = {} as Handle;
	const touched = createTouched();
	const told: string[][] = [];
	const end = touched.listen((ids) => void told.push([...ids]));
	return { tx, touched, told, end };
}

test('tells whom a body touched once it is committed, each once', () => {
	const { tx, touched, told } = aBody();
	touched.begin(tx);
	touch(tx, 'a', null, 'b', undefined);
	touch(tx, 'a');
	expect(told).toEqual([]);
	touched.tell(tx);
	expect(told).toEqual([['a', 'b']]);
	touched.tell(tx);
	expect(told).toHaveLength(1);
});

test('a body that failed tells nothing, and the next one on its handle begins anew', () => {
	const { tx, touched, told, end } = aBody();
	touched.begin(tx);
	touch(tx, 'a');
	touched.begin(tx);
	touched.tell(tx);
	expect(told).toEqual([]);
	end();
	touched.begin(tx);
	touch(tx, 'b');
	touched.tell(tx);
	expect(told).toEqual([]);
});
