import { describe, expect, test } from 'vitest';

import { batchOf, find, type Listed, type Waiting, withArrival } from './check-in-desk.ts';

const listed = (registrationId: string, ticket: string, name: string, company: string): Listed => ({
	...{ registrationId, ticket, name, company },
	state: 'registered',
	checkedInAt: null,
});
const ada = listed('r1', 'A1B2C3D4E5', 'Ada Keller', 'Packline AG');
const ben = listed('r2', '0123456789', 'Ben Kellermann', 'Mill Ltd');
const wang = listed('r3', 'ZZZZZ00011', '王磊', '苏州机床');
const list = [ada, ben, wang];

describe('who is meant', () => {
	test.each<[string, Listed, string]>([
		['FOYER:A1B2C3D4E5', ada, 'scan'],
		['foyer:a1b2c3d4e5', ada, 'scan'],
		['a1b2c-3d4e5', ada, 'code'],
		['O1234 56789', ben, 'code'],
		['zzzzzooOIl', wang, 'code'],
		['packline', ada, 'name'],
		['王磊', wang, 'name'],
		['kellermann', ben, 'name'],
	])('%s', (said, who, how) => expect(find(list, said)).toEqual({ is: 'one', who, how }));

	test('several of a name are shown to choose from', () => expect(find(list, 'keller')).toEqual({ is: 'several', who: [ada, ben] }));
	test('a ticket that is not on the list is for the hub to tell', () =>
		expect(find(list, 'FOYER:9999999999')).toEqual({ is: 'ticket', ticket: '9999999999' }));
	test.each(['', 'x', 'https://hub.example/', 'FOYER:', 'FOYER:keller'])('%j is nobody', (said) =>
		expect(find(list, said)).toEqual({ is: 'nobody' }),
	);
});

test('what waits goes out by event, the oldest first, fifty at a time', () => {
	const waiting = (id: string, at: string, occurrence = 'o1'): Waiting => ({
		...{ id, occurrence, at },
		kind: 'ticket',
		ticket: null,
		registrationId: id,
		how: 'name',
	});
	const queue = [waiting('b', '2026-03-03T09:00:02Z'), waiting('x', '2026-03-03T08:00:00Z', 'o2'), waiting('a', '2026-03-03T09:00:01Z')];
	expect(batchOf(queue, 'o1').map(({ id }) => id)).toEqual(['a', 'b']);
	expect(
		batchOf(
			Array.from({ length: 80 }, (_, at) => waiting(String(at), '2026-03-03T09:00:00Z')),
			'o1',
		),
	).toHaveLength(50);
});

test('whoever is in stays in since the first time', () => {
	const once = withArrival(list, 'r1', '2026-03-03T09:00:00Z');
	expect(withArrival(once, 'r1', '2026-03-03T10:00:00Z')[0]?.checkedInAt).toBe('2026-03-03T09:00:00Z');
	expect(once.filter(({ checkedInAt }) => checkedInAt !== null)).toHaveLength(1);
});
