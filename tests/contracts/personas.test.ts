import { expect, test } from 'vitest';

import { createReadMemo } from '#cms/read/memo.ts';
import { project } from '#cms/read/project.ts';
import { personasOf } from '#gating/profile/persona.ts';
import { nothingLearnt, type Profile } from '#gating/profile/profile.ts';
import { termsIn } from '#gating/profile/terms.ts';
import { catalogueOf } from '#site/catalogue.ts';
import { defaultHero, rankRow } from '#site/personal/page-slots.ts';
import { fillSlot } from '#site/slot.ts';

import { sampleRows } from '../bench/fixture.ts';

const NOW = Date.now();
const { snapshot } = project(await sampleRows(), new Date(NOW), 0, createReadMemo());
const content = catalogueOf(snapshot, 'en');
const about = (subject: string) => [...termsIn(snapshot)(subject).keys()];
const BLANK: Profile = {
	...{ roles: [], industry: null, country: null, account: null, lifecycle: null, stage: null, segments: [], isBlank: false },
	...{ interests: nothingLearnt(NOW).interests, weighedAt: NOW, opened: new Map(), shown: new Map() },
};
const persona = (jobTitle: string, industry: string, interests: Record<string, number>, stage: Profile['stage']): Profile => ({
	...BLANK,
	...{ roles: personasOf(jobTitle, snapshot.terms), industry, interests: new Map(Object.entries(interests)), stage },
});
const PERSONAS: Readonly<Record<string, Profile>> = {
	maintenance: persona('Head of maintenance', 'food-beverage', { 'topic:predictive-maintenance': 12, 'line:condition-monitoring': 8 }, 'awareness'),
	design: persona('Design engineer', 'packaging', { 'topic:motion-control': 12, 'topic:sizing': 8, 'line:servo-drives': 6 }, 'consideration'),
	energy: persona('Energy manager', 'water-treatment', { 'topic:energy-efficiency': 14, 'line:frequency-converters': 8 }, 'consideration'),
	purchasing: persona('Purchasing manager', 'intralogistics', { 'line:motors': 10, 'line:gear-units': 9 }, 'decision'),
	safety: persona('Automation engineer', 'metal-forming', { 'topic:functional-safety': 14, 'topic:retrofit': 9 }, 'decision'),
	battery: persona('Plant manager', 'battery-cell', { 'topic:commissioning': 10, 'topic:emc': 9, 'line:sensors': 8 }, 'awareness'),
};
const five = (profile: Profile) => rankRow(profile, { content, about, now: NOW }, defaultHero(content), 5);
const references = (profile: Profile) => five(profile).map(({ candidate }) => candidate.reference);

test('golden: for six personas at least three of the first five differ from the default and from each other', () => {
	const hero = defaultHero(content);
	const standard = fillSlot(
		snapshot.slots.find(({ slug }) => slug === 'home-for-you'),
		content,
		5,
		hero ? [hero] : [],
	).map(({ type, slug }) => `${type}/${slug}`);
	const rows = { default: standard, ...Object.fromEntries(Object.entries(PERSONAS).map(([name, profile]) => [name, references(profile)])) };
	const near = Object.entries(rows).flatMap(([name, row], at) =>
		Object.entries(rows)
			.slice(at + 1)
			.map(([other, others]) => ({ pair: `${name} ${other}`, differ: row.filter((one) => !others.includes(one)).length })),
	);
	expect(near.filter(({ differ }) => differ < 3)).toEqual([]);
});

test.each(Object.entries(PERSONAS))('what %s is told is true of them and of the piece', (_name, profile) => {
	for (const { candidate, reason } of five(profile)) {
		if (reason.kind === 'role') expect([profile.roles.includes(reason.term), candidate.item.roles.includes(reason.term)]).toEqual([true, true]);
		if (reason.kind === 'industry') expect([profile.industry, candidate.terms.includes(`industry:${reason.term}`)]).toEqual([reason.term, true]);
		if (reason.kind === 'topic')
			expect([profile.interests.has(`topic:${reason.term}`), candidate.item.topics.includes(reason.term)]).toEqual([true, true]);
		expect(['role', 'industry', 'topic', 'line', 'sector', 'stage']).toContain(reason.kind);
	}
});
