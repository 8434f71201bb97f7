import type { ContentItem, Slot } from '#cms/content.ts';
import type { Profile, SlotShown } from '#gating';
import { fitting } from '#gating/profile/audience.ts';
import { type About, candidateOf, referenceOf, subjectOf } from '#gating/profile/candidate.ts';
import { type Candidate, rank, type Ranked, type Reason } from '#gating/profile/rank.ts';
import type { Catalogue } from '#site/catalogue.ts';
import type { ChosenPage, Fills, Fragment } from '#site/edge/splice/choose.ts';
import { fillSlot, nextAfter } from '#site/slot.ts';

import { candidatesOf } from './candidates.ts';

export const HERO = 'home-hero';
export const FOR_YOU = 'home-for-you';
export const NEXT = 'next-best';
export const FOR_YOU_LIMIT = 4;
export const NEXT_LIMIT = 4;
/** Holes of banners, by their place. */
export const BANNER = 'banner.';

const PAGE_TYPES: Readonly<Record<string, 'white_papers' | 'cases' | 'articles'>> = {
	'white-papers': 'white_papers',
	cases: 'cases',
	articles: 'articles',
};

/** What a page's slots hold for one visitor. */
export interface SlotsFilled {
	readonly fills: Fills;
	readonly shown: readonly SlotShown[];
	/** By slot, best first, with what each place is made of. */
	readonly ranked: Readonly<Record<string, readonly Ranked[]>>;
}

export interface SlotsContext {
	readonly content: Catalogue;
	readonly about: About;
	/** Epoch milliseconds. */
	readonly now: number;
}

/** Ranks every slot of the page for a visitor; of whom nothing is known by which pieces fit, the banners alone are chosen. */
export function fillPage(page: Pick<ChosenPage, 'path' | 'holes'>, profile: Profile, context: SlotsContext): SlotsFilled {
	const fills: Record<string, readonly Fragment[]> = {};
	const ranked: Record<string, readonly Ranked[]> = {};
	const shown: SlotShown[] = [];
	const has = (name: string): boolean => !profile.isBlank && page.holes.includes(name);
	const show = (slot: string, list: readonly Ranked[], kind: string): void => {
		if (list.length === 0) return;
		ranked[slot] = list;
		shown.push(...list.map(({ candidate }, at) => ({ slot, subject: candidate.subject, position: at + 1 })));
		fills[slot] = list.map((one) => fragmentOf(kind, one));
	};
	if (has(HERO)) show(HERO, rankHero(profile, context), 'hero-paper');
	const [hero] = ranked[HERO] ?? [];
	if (has(FOR_YOU)) show(FOR_YOU, rankRow(profile, context, hero?.candidate.item ?? defaultHero(context.content)), 'card');
	if (has(NEXT)) show(NEXT, rankNext(itemOf(page.path, context.content), profile, context), 'card');
	for (const hole of page.holes) {
		const slug = hole.startsWith(BANNER) ? bannerFor(hole.slice(BANNER.length), profile, context.content) : null;
		if (slug !== null) fills[hole] = [{ kind: 'banner', params: { slug } }];
	}
	return { fills, shown, ranked };
}

/** What the page shows to everybody, so that those who are held out are counted by it. */
export function defaultShown(page: Pick<ChosenPage, 'path' | 'holes'>, content: Catalogue): readonly SlotShown[] {
	const list = (slot: string, items: readonly ContentItem[]): readonly SlotShown[] =>
		page.holes.includes(slot) ? items.map((item, at) => ({ slot, subject: subjectOf(item), position: at + 1 })) : [];
	const hero = defaultHero(content);
	const item = itemOf(page.path, content);
	return [
		...list(HERO, hero ? [hero] : []),
		...list(FOR_YOU, defaultRow(content, hero)),
		...list(NEXT, item ? nextAfter(item, slotOf(NEXT, content), content, NEXT_LIMIT) : []),
	];
}

export function rankHero(profile: Profile, { content, about, now }: SlotsContext, limit = 1): readonly Ranked[] {
	const slot = slotOf(HERO, content);
	if (!slot) return [];
	const papers = candidatesOf(slot, content, about).filter(({ item }) => item.type === 'white_papers');
	return rank(papers, profile, slot, now, limit);
}

export function rankRow(
	profile: Profile,
	{ content, about, now }: SlotsContext,
	besides: ContentItem | null,
	limit = FOR_YOU_LIMIT,
): readonly Ranked[] {
	const slot = slotOf(FOR_YOU, content);
	return slot ? rank(without(candidatesOf(slot, content, about), besides), profile, slot, now, limit) : [];
}

/** What is near to the piece that was read counts as put forward by the editors, the nearest most. */
export function rankNext(item: ContentItem | null, profile: Profile, { content, about, now }: SlotsContext, limit = NEXT_LIMIT): readonly Ranked[] {
	const slot = slotOf(NEXT, content);
	if (!slot || !item) return [];
	const near = content.relatedTo(item, ['white_papers', 'cases', 'articles', 'webinars'], 8);
	const nearby = near.map((one, at) => candidateOf(one, slot, about, 2 - at / near.length));
	const known = new Set(nearby.map(({ reference }) => reference));
	const others = candidatesOf(slot, content, about).filter(({ reference }) => !known.has(reference));
	return rank(without([...nearby, ...others], item), profile, slot, now, limit);
}

/** The paper that opens the home page for everybody. */
export function defaultHero(content: Catalogue): Extract<ContentItem, { readonly type: 'white_papers' }> | null {
	const chosen = fillSlot(slotOf(HERO, content), content, 8).find((item) => item.type === 'white_papers');
	return chosen ?? content.all('white_papers')[0] ?? null;
}

export function defaultRow(content: Catalogue, hero: ContentItem | null): readonly ContentItem[] {
	return fillSlot(slotOf(FOR_YOU, content), content, FOR_YOU_LIMIT, hero ? [hero] : []);
}

/** The banner of a place that is for nobody in particular. */
export const defaultBanner = (place: string, content: Catalogue) =>
	content.snapshot.banners.find(({ placement, audience }) => placement === place && audience.length === 0) ?? null;

export const slotOf = (slug: string, content: Catalogue): Slot | undefined => content.snapshot.slots.find((slot) => slot.slug === slug);

/** Slug of the first banner of the place that is for this visitor. */
function bannerFor(place: string, profile: Profile, { snapshot }: Catalogue): string | null {
	return snapshot.banners.find(({ placement, audience }) => placement === place && fitting(audience, profile) !== null)?.slug ?? null;
}

export function itemOf(path: string, content: Catalogue): ContentItem | null {
	const [, folder = '', slug = ''] = path.split('/');
	const type = PAGE_TYPES[folder];
	return type ? content.at(`${type}/${decodeURIComponent(slug)}`) : null;
}

const without = (candidates: readonly Candidate[], item: ContentItem | null): readonly Candidate[] =>
	item ? candidates.filter(({ reference }) => reference !== referenceOf(item)) : candidates;

/** Many visitors get the same piece for the same reason: they share its fragment. */
const fragments = new Map<string, Fragment>();
const MOST_FRAGMENTS = 5_000;

function fragmentOf(kind: string, { candidate: { reference }, reason }: Ranked): Fragment {
	const key = `${kind} ${reference} ${reason.kind} ${reason.term}`;
	const known = fragments.get(key);
	if (known) return known;
	const made: Fragment = { kind, params: { item: reference }, fills: { why: [whyOf(reason)] } };
	if (fragments.size >= MOST_FRAGMENTS) fragments.clear();
	fragments.set(key, made);
	return made;
}

const whyOf = ({ kind, term }: Reason): Fragment => ({ kind: 'why', params: { reason: kind, term } });
