import { expect, test } from 'vitest';

import { createReadMemo } from '#cms/read/memo.ts';
import { project } from '#cms/read/project.ts';
import { termsIn } from '#gating/profile/terms.ts';
import { catalogueOf } from '#site/catalogue.ts';

import { sampleRows } from '../../tests/bench/fixture.ts';
import { fillPage } from './page-slots.ts';
import { contentPages, isNobody, seenBy, somebody, viewQuery } from './view-as.ts';

const NOW = Date.now();
const { snapshot } = project(await sampleRows(), new Date(NOW), 0, createReadMemo());
const content = catalogueOf(snapshot, 'en');
const context = { content, about: (subject: string) => [...termsIn(snapshot)(subject).keys()], now: NOW };
const asked = (words: string) => viewQuery(new URLSearchParams(words), 'en');
const { path } = contentPages(content)[0]!;

test('staff see what goes out, in its order, with what would come next', () => {
	const profile = somebody(asked('role=maintenance&topic=predictive-maintenance&stage=decision'), NOW);
	const served = [
		fillPage({ path: '/', holes: ['home-hero', 'home-for-you'] }, profile, context),
		fillPage({ path, holes: ['next-best', 'call-to-action'] }, profile, context),
	];
	const seen = seenBy(profile, path, context);
	expect(seen.map(({ slot }) => slot)).toEqual(['home-hero', 'home-for-you', 'next-best', 'call-to-action']);
	for (const { slot, ranked, others } of seen) {
		expect(ranked).toEqual(served.map((page) => page.ranked[slot]).find((list) => list !== undefined));
		expect(others.length).toBeGreaterThan(0);
		expect(others.filter(({ candidate }) => ranked.some((one) => one.candidate.subject === candidate.subject))).toEqual([]);
	}
});

test('nobody in particular, and somebody of whom a segment alone is known, get the editors’ order', () => {
	expect([isNobody(asked('')), isNobody(asked('stage=nonsense')), isNobody(asked('segment=Key%20accounts'))]).toEqual([true, true, false]);
	for (const profile of [null, somebody(asked('segment=Key%20accounts'), NOW)]) {
		const seen = seenBy(profile, path, context);
		expect(seen.map(({ ranked, others }) => [ranked, others])).toEqual(seen.map(() => [[], []]));
		expect(seen.every(({ standard }) => standard.length > 0)).toBe(true);
	}
});
