import { expect, test } from 'vitest';

import type { ContentItem } from '#cms/content.ts';
import type { Profile } from './profile.ts';

import { type Candidate, rank, type SlotRules, timesShown } from './rank.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 20);
const TOPICS = ['energy', 'motion', 'safety', 'maintenance', 'emc'];
const INDUSTRIES = ['water', 'packaging', 'battery'];
const ROLES = ['maintenance', 'design-engineer', 'purchasing'];
const STAGES = ['awareness', 'consideration', 'decision', null] as const;
const TYPES = ['white_papers', 'cases', 'articles', 'products'] as const;

/** Numbers from 0 to 1, the same for the same seed. */
function dice(seed: number): () => number {
	let state = seed;
	return () => (state = (state * 1_103_515_245 + 12_345) & 0x7fffffff) / 0x7fffffff;
}
const some = <T>(from: readonly T[], next: () => number, share = 0.4): T[] => from.filter(() => next() < share);
const one = <T>(from: readonly T[], next: () => number): T => from[Math.floor(next() * from.length)]!;

const candidate = (at: number, next: () => number): Candidate => {
	const type = one(TYPES, next);
	return {
		item: { type, slug: `s${at}`, publishedAt: new Date(NOW - next() * 900 * DAY) } as unknown as ContentItem,
		reference: `${type}/s${at}`,
		subject: `${type}:${at}`,
		terms: [...some(TOPICS, next).map((slug) => `topic:${slug}`), ...some(INDUSTRIES, next).map((slug) => `industry:${slug}`)],
		roles: some(ROLES, next),
		stageRole: one(STAGES, next),
		editorial: next() < 0.2 ? next() : 0,
	};
};
const BLANK: Profile = {
	...{ roles: [], industry: null, country: null, account: null, lifecycle: null, stage: null, segments: [] },
	...{ interests: new Map(), weighedAt: NOW, opened: new Map(), shown: new Map(), isBlank: true },
};
const SLOT: SlotRules = { slug: 'row', pins: [], exclusions: [], cap: null, stageRule: 'prefer' };

/** Everything a ranking takes, made from a seed. */
function setting(seed: number) {
	const next = dice(seed * 7_919 + 13);
	const candidates = Array.from({ length: 5 + Math.floor(next() * 60) }, (_, at) => candidate(at, next));
	const references = candidates.map(({ reference }) => reference);
	const profile: Profile = {
		...BLANK,
		roles: some(ROLES, next),
		industry: next() < 0.5 ? one(INDUSTRIES, next) : null,
		account: next() < 0.5 ? { industry: one(INDUSTRIES, next), size: '' } : null,
		stage: one(STAGES, next),
		interests: new Map(some(TOPICS, next).map((slug) => [`topic:${slug}`, next() * 20])),
		weighedAt: NOW - next() * 30 * DAY,
		opened: new Map(some(candidates, next, 0.2).map(({ subject }) => [subject, NOW])),
		shown: new Map(
			some(candidates, next, 0.5).map(({ subject }) => [
				`row ${subject}`,
				[{ day: Math.floor(NOW / DAY) - Math.floor(next() * 12), count: 1 + Math.floor(next() * 6) }],
			]),
		),
	};
	const slot: SlotRules = {
		slug: 'row',
		pins: some(references, next, 0.1),
		exclusions: some(references, next, 0.15),
		cap: next() < 0.7 ? { impressions: 1 + Math.floor(next() * 4), days: 1 + Math.floor(next() * 10) } : null,
		stageRule: one(['off', 'prefer', 'only'] as const, next),
	};
	return { candidates, profile, slot, limit: 1 + Math.floor(next() * 8) };
}
const SEEDS = Array.from({ length: 400 }, (_, seed) => seed);

test('the same arguments give the same answer, in whatever order the candidates come', () => {
	for (const seed of SEEDS) {
		const { candidates, profile, slot, limit } = setting(seed);
		const ids = (list: readonly Candidate[]) => rank(list, profile, slot, NOW, limit).map((ranked) => ranked.candidate.reference);
		expect(ids(candidates)).toEqual(ids(candidates));
		expect(ids(candidates.toReversed())).toEqual(ids(candidates));
	}
});

test('exclusions, caps and the rule of stages hold for every visitor, and nothing appears twice', () => {
	for (const seed of SEEDS) {
		const { candidates, profile, slot, limit } = setting(seed);
		const ranked = rank([...candidates, ...candidates.slice(0, 3)], profile, slot, NOW, limit);
		expect(ranked.length).toBeLessThanOrEqual(limit);
		expect(new Set(ranked.map((each) => each.candidate.reference)).size).toBe(ranked.length);
		for (const { candidate: shown } of ranked) {
			expect(slot.exclusions).not.toContain(shown.reference);
			if (slot.cap) expect(timesShown(shown, profile, slot, slot.cap.days, NOW)).toBeLessThan(slot.cap.impressions);
			if (slot.stageRule === 'only' && profile.stage) expect([null, profile.stage]).toContain(shown.stageRole);
		}
	}
});

test('pins that may be shown come first, in their order', () => {
	for (const seed of SEEDS) {
		const { candidates, profile, slot, limit } = setting(seed);
		const allowed = rank(candidates, profile, { ...slot, pins: [] }, NOW, Infinity).map((each) => each.candidate.reference);
		const pins = slot.pins.filter((reference) => allowed.includes(reference)).slice(0, limit);
		const ranked = rank(candidates, profile, slot, NOW, limit);
		expect(ranked.slice(0, pins.length).map((each) => [each.candidate.reference, each.reason.kind])).toEqual(pins.map((pin) => [pin, 'pinned']));
	}
});

test('the terms shown add up to the total, the fits to the fit, and each next one is no better', () => {
	for (const seed of SEEDS) {
		const { candidates, profile, slot, limit } = setting(seed);
		const ranked = rank(candidates, profile, { ...slot, pins: [] }, NOW, limit);
		for (const [at, { terms, fits, total }] of ranked.entries()) {
			expect(Object.values(terms).reduce((sum, term) => sum + term, 0)).toBeCloseTo(total, 9);
			expect(fits.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(terms.fit, 9);
			if (at > 0) expect(total - terms.diversity).toBeLessThanOrEqual(ranked[0]!.total - ranked[0]!.terms.diversity + 1e-9);
		}
	}
});

test('the reason told is what fits most, and true of visitor and piece', () => {
	for (const seed of SEEDS) {
		const { candidates, profile, slot, limit } = setting(seed);
		for (const { candidate: shown, reason, fits } of rank(candidates, profile, { ...slot, pins: [] }, NOW, limit)) {
			if (fits[0]) expect(reason).toEqual(fits[0].reason);
			if (reason.kind === 'role')
				expect([profile.roles, shown.roles]).toEqual([expect.arrayContaining([reason.term]), expect.arrayContaining([reason.term])]);
			if (reason.kind === 'industry') expect([profile.industry, shown.terms.includes(`industry:${reason.term}`)]).toEqual([reason.term, true]);
			if (reason.kind === 'topic')
				expect([profile.interests.has(`topic:${reason.term}`), shown.terms.includes(`topic:${reason.term}`)]).toEqual([true, true]);
			if (reason.kind === 'stage') expect([profile.stage, shown.stageRole]).toEqual([reason.term, reason.term]);
		}
	}
});

test('what was opened goes back behind what fits as well', () => {
	const next = dice(3);
	const twin = candidate(1, next);
	const other = { ...twin, reference: 'cases/zzz', subject: 'cases:zzz' };
	const profile = { ...BLANK, interests: new Map([['topic:energy', 5]]), opened: new Map([[twin.subject, NOW]]) };
	expect(rank([twin, other], profile, SLOT, NOW, 2).map((each) => each.candidate.reference)).toEqual([other.reference, twin.reference]);
});
