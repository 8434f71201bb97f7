import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { HOUR_MS, MINUTE_MS } from '#kernel/clock.ts';

import { type Coming, type Evidence, judge, type Party, type Proved } from './judge.ts';
import { ringsIn } from './ring.ts';
import { maskedName, rewardsFor, standingsOf } from './standing.ts';

const start = new Date('2026-03-02T09:00:00Z').getTime();
const at = (minutes: number) => new Date(start + minutes * MINUTE_MS);
const party = (personId: string, over: Partial<Party> = {}): Party => ({
	...{ personId, leadId: `lead-${personId}`, keys: [`mailbox:${personId}`], company: `${personId}.example`, freeDomain: '', browsers: [] },
	...over,
});
const coming = (personId: string, over: Partial<Coming> = {}): Coming => ({
	...{ id: `form-${personId}`, invitationId: 'i-ann', personId, visitorId: null, senderId: null, network: '', at: at(60), provedAt: at(70) },
	...over,
});
const provedAs = (one: Party, minutes: number): Proved => ({ personId: one.personId, leadId: one.leadId, at: at(minutes), keys: one.keys });

const ann = party('ann', { browsers: ['chrome-of-ann'] });
const known = party('known');

/** Ann invites; she and Known were proved before anybody came, all others when their coming was. */
function seen(guests: readonly Party[], comings: readonly Coming[], over: Partial<Evidence> = {}): Evidence {
	const proved = guests.flatMap((guest) => {
		const mine = comings.find(({ personId }) => personId === guest.personId)?.provedAt;
		return mine ? [{ ...provedAs(guest, 0), at: mine }] : [];
	});
	return {
		invitations: [{ id: 'i-ann', personId: 'ann' }],
		comings,
		parties: [ann, ...guests],
		proved: [provedAs(ann, 0), provedAs(known, 0), ...proved],
		edges: [],
		decisions: [],
		...over,
	};
}
const one = (guest: Party, over: Partial<Coming> = {}, more: Partial<Evidence> = {}) => judge(seen([guest], [coming(guest.personId, over)], more))[0];

describe('an invitation', () => {
	const ben = party('ben');

	test.each<[string, Party, Partial<Coming>, string, readonly string[]]>([
		['of somebody new who confirmed counts', ben, {}, 'counted', []],
		['does not count before the address is proved', ben, { provedAt: null }, 'came', []],
		['of the inviter themselves never counts', party('ann-2', { leadId: 'lead-ann' }), {}, 'refused', ['same-lead']],
		['sent from the inviter’s browser waits', ben, { visitorId: 'chrome-of-ann' }, 'held', ['same-browser']],
		['sent with the inviter’s pass waits', ben, { senderId: 'ann' }, 'held', ['same-browser']],
		['to the inviter’s own mailbox waits', party('ben', { keys: ['mailbox:ann'] }), {}, 'held', ['same-mail']],
		['to a mailbox known before waits', party('ben', { keys: ['mailbox:known'] }), {}, 'held', ['known-mail']],
		['of a new lead from the inviter’s company counts', party('ben', { company: 'ann.example' }), {}, 'counted', []],
	])('%s', (_name, guest, over, status, reasons) => {
		expect(one(guest, over)).toMatchObject({ status, reasons });
	});

	test('with the inviter’s phone waits, with a phone known later counts', () => {
		const guest = party('ben', { keys: ['mailbox:ben', 'phone:1'] });
		const phoned = (minutes: number): Proved => ({ ...provedAs(party('x'), minutes), keys: ['phone:1'] });
		const judged = (proved: Proved) => one(guest, {}, { proved: [{ ...provedAs(ann, 0), keys: [] }, proved] });
		expect(judged({ ...phoned(0), leadId: 'lead-ann' })).toMatchObject({ status: 'held', reasons: ['same-phone'] });
		expect(judged(phoned(0))).toMatchObject({ status: 'held', reasons: ['known-phone'] });
		expect(judged(phoned(65))).toMatchObject({ status: 'counted' });
	});

	test('of somebody who was known before never counts, accepted or not', () => {
		const decisions = [{ invitationId: 'i-ann', personId: 'ben', decision: 'accept' as const }];
		expect(one(ben, {}, { proved: [provedAs(ben, 0)], decisions })).toMatchObject({ status: 'refused', reasons: ['not-new'] });
	});

	test('counts once for a human being: the first that was proved', () => {
		const comings = [
			coming('ben', { id: 'typed', invitationId: 'i-cai', at: at(30), provedAt: null }),
			coming('ben', { id: 'second', at: at(80) }),
			coming('ben', { id: 'first', at: at(60) }),
		];
		const invitations = [
			{ id: 'i-ann', personId: 'ann' },
			{ id: 'i-cai', personId: 'cai' },
		];
		expect(judge(seen([ben, party('cai')], comings, { invitations }))).toMatchObject([{ invitationId: 'i-ann', at: at(60), status: 'counted' }]);
	});

	test('that was held counts once somebody accepts it, and one that counts stops when somebody refuses it', () => {
		const decided = (decision: 'accept' | 'refuse') => ({ decisions: [{ invitationId: 'i-ann', personId: 'ben', decision }] });
		expect(one(ben, { senderId: 'ann' }, decided('accept'))).toMatchObject({ status: 'counted', isAccepted: true, reasons: ['same-browser'] });
		expect(one(ben, {}, decided('refuse'))).toMatchObject({ status: 'refused', reasons: ['staff'] });
	});
});

describe('a crowd', () => {
	const crowd = (size: number, over: (index: number) => Partial<Party>, of: (index: number) => Partial<Coming>) => {
		const guests = Array.from({ length: size }, (_, index) => party(`g${index}`, over(index)));
		return judge(
			seen(
				guests,
				guests.map(({ personId }, index) => coming(personId, of(index))),
			),
		).map(({ status }) => status);
	};

	test.each([
		['four from one network within an hour wait', 4, 10, 'held'],
		['three do not', 3, 10, 'counted'],
		['four over two hours do not', 4, 40, 'counted'],
	])('%s', (_name, size, minutesApart, status) => {
		const statuses = crowd(
			size,
			() => ({}),
			(index) => ({ network: 'n1', at: at(60 + index * minutesApart), provedAt: at(400) }),
		);
		expect(new Set(statuses)).toEqual(new Set([status]));
	});

	test('of one company is a company', () => {
		expect(
			new Set(
				crowd(
					30,
					() => ({ company: 'packline.example' }),
					() => ({ network: 'n1' }),
				),
			),
		).toEqual(new Set(['counted']));
	});

	test('of one free mail provider waits from five on', () => {
		const of = (size: number) =>
			new Set(
				crowd(
					size,
					() => ({ company: '', freeDomain: 'qq.com' }),
					() => ({}),
				),
			);
		expect(of(4)).toEqual(new Set(['counted']));
		expect(of(5)).toEqual(new Set(['held']));
	});
});

describe('a ring', () => {
	test.each<[string, readonly (readonly [string, string])[], readonly string[]]>([
		[
			'two who invite each other',
			[
				['a', 'b'],
				['b', 'a'],
			],
			['a>b', 'b>a'],
		],
		[
			'a closed group',
			[
				['a', 'b'],
				['b', 'c'],
				['c', 'a'],
				['c', 'd'],
			],
			['a>b', 'b>c', 'c>a'],
		],
		[
			'a tree is none',
			[
				['a', 'b'],
				['a', 'c'],
				['b', 'd'],
			],
			[],
		],
		['oneself is none', [['a', 'a']], []],
	])('%s', (_name, edges, expected) => {
		expect([...ringsIn(edges)].map((edge) => edge.replace('\n', '>')).sort()).toEqual(expected);
	});

	test('holds those of it who would count', () => {
		const ben = party('ben');
		const edges = [
			{ from: 'ann', to: 'ben', fromLead: 'lead-ann', toLead: 'lead-ben' },
			{ from: 'ben', to: 'ann', fromLead: 'lead-ben', toLead: 'lead-ann' },
		];
		expect(one(ben, {}, { edges })).toMatchObject({ status: 'held', reasons: ['ring'] });
	});
});

test('verdicts do not depend on the order in which rows are read, and nobody counts twice', () => {
	const people = ['p0', 'p1', 'p2', 'p3', 'p4', 'p5'];
	const guest = fc.record({
		personId: fc.constantFrom(...people),
		lead: fc.nat(4),
		minute: fc.nat(200),
		proved: fc.option(fc.nat(300), { nil: null }),
		network: fc.constantFrom('', 'n1'),
		invitationId: fc.constantFrom('i-ann', 'i-cai'),
	});
	fc.assert(
		fc.property(fc.array(guest, { maxLength: 14 }), fc.infiniteStream(fc.nat()), (guests, random) => {
			const leads = new Map(guests.map(({ personId, lead }) => [personId, `lead-${lead}`]));
			const parties = [...leads].map(([personId, leadId]) => party(personId, { leadId }));
			const comings = guests.map(({ personId, minute, proved, network, invitationId }, index) =>
				coming(personId, { id: `f${index}`, at: at(minute), provedAt: proved === null ? null : at(minute + proved), network, invitationId }),
			);
			const evidence = seen(parties, comings, {
				invitations: [
					{ id: 'i-ann', personId: 'ann' },
					{ id: 'i-cai', personId: 'p0' },
				],
			});
			const shuffled = <T>(list: readonly T[]): T[] =>
				list
					.map((entry) => [Number(random.next().value), entry] as const)
					.sort((a, b) => a[0] - b[0])
					.map(([, entry]) => entry);
			const again: Evidence = {
				...{ invitations: shuffled(evidence.invitations), comings: shuffled(comings), parties: shuffled(evidence.parties) },
				...{ proved: shuffled(evidence.proved), edges: [], decisions: [] },
			};
			const verdicts = judge(evidence);
			expect(judge(again)).toEqual(verdicts);
			expect(new Set(verdicts.map(({ leadId }) => leadId)).size).toBe(verdicts.length);
		}),
	);
});

describe('places', () => {
	test('go by what counts, then by who got there first; equals share one', () => {
		const verdict = (invitationId: string, minutes: number) => ({
			...{ invitationId, personId: 'x', leadId: 'x', at: at(0), provedAt: at(minutes), status: 'counted' as const, reasons: [], isAccepted: false },
		});
		const invitations = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, leadId: `lead-${id}` }));
		const verdicts = [verdict('a', 10), verdict('b', 5), verdict('c', 5), verdict('d', 1), verdict('d', HOUR_MS)];
		expect(standingsOf(invitations, verdicts).map(({ leadId, counted, rank }) => [leadId, counted, rank])).toEqual([
			['lead-d', 2, 1],
			['lead-b', 1, 2],
			['lead-c', 1, 2],
			['lead-a', 1, 4],
			['lead-e', 0, null],
		]);
	});

	test.each([
		[0, 0],
		[2, 0],
		[3, 1],
		[7, 2],
		[100, 4],
	])('%i counted earn %i', (counted, rewards) => {
		expect(rewardsFor(counted, { every: 3, most: 4 })).toBe(rewards);
	});

	test.each([
		['Ada Keller', 'A.'],
		['王小明', '王**'],
		['élodie', 'É.'],
		['', '·'],
	])('%s is shown as %s', (name, shown) => {
		expect(maskedName(name)).toBe(shown);
	});
});
