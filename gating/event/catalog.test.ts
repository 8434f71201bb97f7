import fc from 'fast-check';
import { expect, test } from 'vitest';

import { CATALOG, type EventKind, eventKind, EVENT_TYPES, upgrade } from './catalog.ts';
import { choice, count, propsCheck, propsSchema, text } from './props.ts';

test('events of the hub need no consent, events of a browser do', () => {
	for (const type of EVENT_TYPES) {
		const kind: EventKind = CATALOG[type];
		expect([type, kind.purpose]).toEqual([type, kind.source === 'server' ? null : 'analytics']);
	}
});

test('a name from the prototype is no type', () => expect(eventKind('toString')).toBeNull());

test('the fast check and the schema agree on every payload', () => {
	const spec = { a: count(10), b: text(3).optional(), c: choice('x', 'y') };
	const isRight = propsCheck(spec);
	const schema = propsSchema(spec);
	const value = fc.oneof(
		fc.integer({ min: -2, max: 12 }),
		fc.double(),
		fc.string({ unit: 'binary', maxLength: 5 }),
		fc.constantFrom('x', 'y', null, true, '\0'),
	);
	const payload = fc.record({ a: value, b: value, c: value, d: value }, { requiredKeys: [] });
	const nearlyRight = fc.record(
		{ a: fc.integer({ min: 0, max: 11 }), b: fc.string({ maxLength: 4 }), c: fc.constantFrom('x', 'y', 'z') },
		{ requiredKeys: ['a', 'c'] },
	);
	fc.assert(fc.property(fc.oneof(payload, nearlyRight), (props) => isRight(props) === schema.safeParse(props).success));
});

test('an older event is read in the present shape', () => {
	const steps = {
		'video.play': {
			1: ({ percent }: Record<string, unknown>) => ({ share: Number(percent) / 100 }),
			2: ({ share }: Record<string, unknown>) => ({ share: Number(share), isOld: true }),
		},
	};
	expect(upgrade({ id: 'e', type: 'video.play', version: 1, props: { percent: 50 } }, steps)).toEqual({
		id: 'e',
		type: 'video.play',
		version: 3,
		props: { share: 0.5, isOld: true },
	});
	expect(upgrade({ id: 'e', type: 'gone', version: 4, props: {} }, steps)).toEqual({ id: 'e', type: 'gone', version: 4, props: {} });
});
