import { expect, test } from 'vitest';

import { STRANGER, type Visitor } from '../identity/visitor.ts';
import { noteShown, type Shown, timesSince } from './profile.ts';
import { createShowings } from './showings.ts';

const MEASURED: Visitor = { ...STRANGER, visitorId: 'v', consents: new Set(['analytics', 'personalisation']) };
const CAP = 5;
const row = (...subjects: string[]) => subjects.map((subject, at) => ({ slot: 'row', subject, position: at + 1 }));

function aCount() {
	const shown = new Map<string, readonly Shown[]>();
	const written: string[] = [];
	let capped = 0;
	const showings = createShowings({
		now: () => new Date(0),
		impressions: {
			note: (visitorId, list, _isControl, times) => void written.push(`${visitorId} ${list.map(({ subject }) => subject).join('+')} ${times}`),
		},
		capOf: () => ({ impressions: CAP, days: 7 }),
		shownTo: () => shown,
		capped: () => (capped += 1),
	});
	const times = (subject: string) => timesSince(shown.get(`row ${subject}`) ?? [], 0);
	return { showings, shown, written, times, capped: () => capped };
}

test('many pages are one impression, written when they are added up', () => {
	const { showings, written, times } = aCount();
	const page = showings.showing(MEASURED, row('a', 'b'), false);
	for (let n = 0; n < 3; n++) page();
	expect([written, times('a')]).toEqual([[], 0]);
	showings.settleAll();
	expect([written, times('a')]).toEqual([['v a+b 3'], 3]);
});

test('the page that reaches the cap has something else chosen', () => {
	const { showings, times, capped } = aCount();
	const page = showings.showing(MEASURED, row('a'), false);
	for (let n = 0; n < CAP - 1; n++) page();
	expect(capped()).toBe(0);
	page();
	expect([capped(), times('a')]).toEqual([1, CAP]);
});

test('golden: a cap holds over all pages that show the slot', () => {
	const { showings, times, capped } = aCount();
	const english = showings.showing(MEASURED, row('a', 'b'), false);
	const chinese = showings.showing(MEASURED, row('c', 'a'), false);
	for (let n = 0; capped() === 0; n++) [english, chinese][n % 2]!();
	expect(times('a')).toBe(CAP);
});

test('what editors show to everybody has no cap, and who did not agree to be measured is counted in memory alone', () => {
	const { showings, written, capped, times } = aCount();
	const control = showings.showing(MEASURED, row('a'), true);
	for (let n = 0; n < 3 * CAP; n++) control();
	const unmeasured = showings.showing({ ...MEASURED, consents: new Set(['personalisation']) }, row('b'), false);
	unmeasured();
	showings.settleAll();
	expect([capped(), written, times('b')]).toEqual([0, ['v a 15'], 1]);
});

test('what was shown before counts', () => {
	const { showings, shown, capped } = aCount();
	noteShown(shown, 'row a', 0, CAP - 1);
	showings.showing(MEASURED, row('a'), false)();
	expect(capped()).toBe(1);
});
