import { expect, test } from 'vitest';

import { createReadMemo } from '#cms/read/memo.ts';
import { project } from '#cms/read/project.ts';
import { textsFor } from '#kernel/texts/index.ts';
import { termsIn } from '#gating/profile/terms.ts';
import { catalogueOf } from '#site/catalogue.ts';

import { sampleRows } from '../../tests/bench/fixture.ts';
import { fillSlot } from '../slot.ts';
import { fillPage, rankSlot, slotOf } from './page-slots.ts';
import { somebody, viewQuery } from './view-as.ts';
import { whySentence } from './why.ts';

const NOW = Date.now();
const { snapshot } = project(await sampleRows(), new Date(NOW), 0, createReadMemo());
const content = catalogueOf(snapshot, 'en');
const about = (subject: string) => [...termsIn(snapshot)(subject).keys()];
const context = { content, about, now: NOW };
const SLOT = 'home-for-you';
const LANDING = '/p/retrofit-in-a-weekend';

const PERSONAS = {
	'the maintainer of a bottling line': 'role=maintenance&industry=food-beverage&topic=predictive-maintenance',
	'the design engineer of packaging machines': 'role=design-engineer&industry=packaging&topic=sizing',
	'the plant manager of a press shop': 'role=plant-manager&industry=metal-forming&topic=retrofit',
	'the energy manager of a water works': 'role=energy-manager&industry=water-treatment&topic=energy-efficiency',
	'the buyer of an integrator of warehouses': 'role=purchasing&industry=intralogistics&stage=decision',
	'the control engineer of a cell factory': 'role=design-engineer&industry=battery-cell&topic=emc',
} as const;
const profileOf = (words: string) => somebody(viewQuery(new URLSearchParams(words), 'en'), NOW);
const topFive = (words: string) => rankSlot(SLOT, profileOf(words), context, [], 5);

test('golden: of six personas at least three of the top five differ from the default and from each other', () => {
	const lists = Object.entries(PERSONAS).map(([name, words]) => [name, topFive(words).map(({ candidate }) => candidate.reference)] as const);
	const standard = fillSlot(slotOf(SLOT, content), content, 5).map(({ type, slug }) => `${type}/${slug}`);
	for (const [name, list] of lists) {
		expect(list).toHaveLength(5);
		for (const [other, theirs] of [...lists, ['the default', standard] as const])
			if (name !== other) expect(list.filter((one) => !theirs.includes(one)).length, `${name} and ${other}`).toBeGreaterThanOrEqual(3);
	}
});

test.each(Object.entries(PERSONAS))('golden: the reason shown to %s is true', (_name, words) => {
	const asked = new URLSearchParams(words);
	for (const { candidate, reason, fits } of topFive(words)) {
		const { kind, term } = reason;
		if (kind === 'role') expect([candidate.roles.includes(term), asked.get('role')]).toEqual([true, term]);
		else if (kind === 'industry') expect([about(candidate.subject).includes(`industry:${term}`), asked.get('industry')]).toEqual([true, term]);
		else if (kind === 'topic') expect([about(candidate.subject).includes(`topic:${term}`), asked.get('topic')]).toEqual([true, term]);
		else if (kind === 'stage') expect([candidate.stageRole, asked.get('stage')]).toEqual([term, term]);
		else expect([kind, fits]).toEqual([expect.stringMatching(/^(?:editors|new)$/), []]);
		expect(Math.max(0, ...fits.map(({ points }) => points))).toBe(fits[0]?.points ?? 0);
	}
});

const holes = ['banner.home', 'slot.landing-retrofit'];
const fillsOf = (words: string, path: string) => fillPage({ path, holes }, profileOf(words), context).fills;
const reasonOf = (fragment: unknown) => (fragment as { fills?: { why: { params: { reason: string; term: string } }[] } }).fills?.why[0]?.params;

test('a banner stands for whom it is for, with the word that fits as their reason', () => {
	const maintainer = fillsOf(PERSONAS['the maintainer of a bottling line'], '/');
	expect(reasonOf(maintainer['banner.home']?.[0])).toEqual({ reason: 'role', term: 'maintenance' });
	expect(fillsOf(PERSONAS['the buyer of an integrator of warehouses'], '/')['banner.home']).toBeUndefined();
	const water = fillsOf('industry=water-treatment', '/')['banner.home']?.[0];
	expect(whySentence('industry', reasonOf(water)!.term, content, textsFor('en'))).toContain('Water');
});

test('a slot among the blocks of a page is ranked within its own query', () => {
	const { 'slot.landing-retrofit': row = [] } = fillsOf(PERSONAS['the plant manager of a press shop'], LANDING);
	expect(row).toHaveLength(4);
	for (const one of row) expect('params' in one && String(one.params['item'])).toMatch(/^cases\//);
});
