import { expect, test } from 'vitest';

import { aSite } from '#tests/support/gate.ts';

import type { EngagementLine, FitLine } from '../scoring/receipt.ts';
import { reasonsOf } from './create-briefs.ts';
import { nextContent } from './next.ts';

const [paper] = aSite().whitePapers;
const aPaper = (id: string, over: object) => ({ ...paper!, id, topics: [], industries: [], products: [], ...over });
const site = (...whitePapers: readonly object[]) => aSite({ whitePapers: whitePapers as never });

test('what shares topics with what they read comes before what only fits their industry; what they know is left out', () => {
	const content = site(
		aPaper('read', { topics: ['emc', 'sizing'] }),
		aPaper('same-topics', { topics: ['emc', 'sizing'] }),
		aPaper('one-topic', { topics: ['emc'] }),
		aPaper('industry', { industries: ['packaging'] }),
		aPaper('strange', { topics: ['hydraulics'] }),
	);
	expect(nextContent(content, { seen: new Set(['white_papers:read']), industry: 'packaging' })).toEqual([
		'white_papers:same-topics',
		'white_papers:one-topic',
		'white_papers:industry',
	]);
});

test('of equal ones that for later in a decision comes first', () => {
	const content = site(
		aPaper('read', { topics: ['emc'] }),
		aPaper('early', { topics: ['emc'] }),
		aPaper('late', { topics: ['emc'], stageRole: 'decision' }),
	);
	expect(nextContent(content, { seen: new Set(['white_papers:read']), industry: '' })).toEqual(['white_papers:late', 'white_papers:early']);
});

test('nothing is guessed for somebody of whom nothing is known', () => {
	expect(nextContent(site(aPaper('a', { topics: ['emc'] })), { seen: new Set(), industry: '' })).toEqual([]);
});

test('three reasons: the strongest lines, each rule once, nothing that takes points away', () => {
	const line = (rule: string, points: number) => ({ rule, points, version: 1, what: { code: rule, params: {} } });
	const engagement = [
		line('paper', 900),
		line('paper', 800),
		line('webinar', 1_500),
		line('gone-quiet', -500),
		line('visit', 100),
	] as unknown as EngagementLine[];
	const fit = [line('title', 2_000)] as unknown as FitLine[];
	const reasons = reasonsOf({ fit: { total: 0, lines: fit }, engagement: { total: 0, lines: engagement, overCap: [], hasObjected: false } });
	expect(reasons.map((one) => [one.part, one.line.rule])).toEqual([
		['fit', 'title'],
		['engagement', 'webinar'],
		['engagement', 'paper'],
	]);
});
