import { describe, expect, test } from 'vitest';

import type { Purpose } from '../consent/purpose.ts';
import { checkEvent, type Sender } from './check.ts';

const now = Date.parse('2026-03-02T10:00:00Z');
const sender = (over: Partial<Sender> = {}): Sender => ({
	visitorId: 'v1',
	personId: null,
	consents: new Set<Purpose>(['analytics']),
	isBot: false,
	receivedAt: now,
	prove: () => null,
	...over,
});
const view = { id: 'a1b2c3d4', type: 'page.view', at: '2026-03-02T09:59:59.000Z', subject: 'white_papers:p1', props: { path: '/white-papers/x' } };
const outcome = (raw: unknown, over?: Partial<Sender>) => {
	const checked = checkEvent(raw, sender(over));
	return checked.outcome === 'dropped' ? checked.reason : 'accepted';
};

describe('an event of a beacon', () => {
	test.each([
		['is accepted as it should be', view, 'accepted'],
		['may lack subject and props where the catalogue allows it', { id: 'a1b2c3d4', type: 'page.view', at: view.at }, 'accepted'],
		['is no number', 7, 'malformed'],
		['is not null', null, 'malformed'],
		['has an id', { ...view, id: undefined }, 'malformed'],
		['has an id of at most 64 characters', { ...view, id: 'x'.repeat(65) }, 'malformed'],
		['has an id without odd characters', { ...view, id: "a1b2c3d4'--" }, 'malformed'],
		['has its time as ISO 8601', { ...view, at: now }, 'malformed'],
		['has a time that exists', { ...view, at: '2026-13-45T99:99' }, 'malformed'],
		['has a subject that is a type and an id', { ...view, subject: '<script>' }, 'malformed'],
		['has props that are an object', { ...view, props: [] }, 'malformed'],
		['has a known type', { ...view, type: 'page.viewed' }, 'unknown-type'],
		['has no type of the prototype', { ...view, type: 'constructor' }, 'unknown-type'],
		['has no type that only the hub may make', { ...view, type: 'download', props: {} }, 'unknown-type'],
		['is not from 1970', { ...view, at: '1970-01-01T00:00:00Z' }, 'too-old'],
		['is not from 2100', { ...view, at: '2100-01-01T00:00:00Z' }, 'in-future'],
		['is at most a day old', { ...view, at: '2026-03-01T09:59:59Z' }, 'too-old'],
		['may be a day old', { ...view, at: '2026-03-01T10:00:00Z' }, 'accepted'],
		['may be five minutes ahead', { ...view, at: '2026-03-02T10:05:00Z' }, 'accepted'],
		['is no further ahead', { ...view, at: '2026-03-02T10:05:01Z' }, 'in-future'],
		['has no props that the catalogue does not name', { ...view, props: { path: '/', card: '4111' } }, 'bad-props'],
		['has props of the right kind', { ...view, props: { path: 7 } }, 'bad-props'],
		['has no text that one database refuses', { ...view, props: { path: '\0' } }, 'bad-props'],
		['has no lone surrogate', { ...view, props: { path: '\ud800' } }, 'bad-props'],
		['has the subject its type needs', { id: 'a1b2c3d4', type: 'video.play', at: view.at, props: { percent: 10 } }, 'bad-props'],
		['may be about a topic', { ...view, type: 'search.query', subject: 'terms:a1', props: { results: 1, locale: 'en', queryHash: 'h' } }, 'accepted'],
		['has whole numbers in range', { ...view, type: 'video.play', props: { percent: 101 } }, 'bad-props'],
		['proves attention by beats', { ...view, type: 'content.attention', props: { beat: 'x', depth: 50 } }, 'forged-beat'],
		['does not claim seconds', { ...view, type: 'content.attention', props: { seconds: 900, depth: 50 } }, 'bad-props'],
	])('%s', (_rule, raw, expected) => {
		expect(outcome(raw)).toBe(expected);
	});

	test('of a bot is dropped', () => expect(outcome(view, { isBot: true })).toBe('bot'));
	test('needs consent to analytics', () => expect(outcome(view, { consents: new Set<Purpose>(['personalisation']) })).toBe('no-consent'));
	test('needs a browser that is known by its consent', () => expect(outcome(view, { visitorId: null })).toBe('no-consent'));

	test.each([
		['/c/eyJh.b-_c', '/c'],
		['/zh-CN/j/token', '/zh-CN/j'],
		['/d/token/more', '/d'],
		['/cases/line', '/cases/line'],
		['/c', '/c'],
	])('keeps no token of a personal link: %s', (path, kept) => {
		expect(checkEvent({ ...view, props: { path } }, sender())).toMatchObject({ outcome: 'accepted', draft: { props: { path: kept } } });
	});

	test('of attention is stored under its run, with proved seconds and the time of the hub', () => {
		const checked = checkEvent(
			{ ...view, type: 'content.attention', props: { beat: 'token', depth: 80 } },
			sender({
				prove: (token, visitorId, subject) =>
					token === 'token' ? { run: 'run-1', visitorId, subject, lastAt: new Date(now - 60_000), creditedMs: 45_900 } : null,
			}),
		);
		expect(checked).toMatchObject({ outcome: 'accepted', draft: { id: 'run-1', at: now - 60_000, props: { seconds: 45, depth: 80 } } });
	});
});
