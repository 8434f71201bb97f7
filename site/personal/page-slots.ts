import type { Audience, ContentItem, Slot } from '#cms/content.ts';
import type { Profile, SlotShown } from '#gating';
import { fitting, sideOf } from '#gating/profile/audience.ts';
import { type About, candidateOf, referenceOf, subjectOf } from '#gating/profile/candidate.ts';
import { type Candidate, rank, type Ranked, type Reason } from '#gating/profile/rank.ts';
import type { Catalogue } from '#site/catalogue.ts';
import { BLOCK, placesIn } from '#site/block.ts';
import type { ChosenPage, Fills, Fragment, FragmentParams } from '#site/edge/splice/choose.ts';
import { fillSlot, nextAfter } from '#site/slot.ts';

import { candidatesOf } from './candidates.ts';

export const HERO = 'home-hero';
export const FOR_YOU = 'home-for-you';
export const NEXT = 'next-best';
export const FOR_YOU_LIMIT = 4;
export const NEXT_LIMIT = 4;
/** One thing to do beside a piece. */
export const CALL = 'call-to-action';
/** Holes of rows that an editor put among the blocks of a page, by the slug of their slot. */
export const ROW = 'slot.';
export const ROW_LIMIT = 4;
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
	const show = (slot: string, list: readonly Ranked[], kind: string, hole = slot): void => {
		if (list.length === 0) return;
		ranked[slot] = list;
		shown.push(...list.map(({ candidate }, at) => ({ slot, subject: candidate.subject, position: at + 1 })));
		fills[hole] = list.map((one) => fragmentOf(kind, one));
	};
	if (has(HERO)) show(HERO, rankHero(profile, context), 'hero-paper');
	const [hero] = ranked[HERO] ?? [];
	if (has(FOR_YOU)) show(FOR_YOU, rankRow(profile, context, hero?.candidate.item ?? defaultHero(context.content)), 'card');
	const item = itemOf(page.path, context.content);
	if (has(NEXT)) show(NEXT, rankNext(item, profile, context), 'card');
	const taken = [...onPage(item, context.content), ...(ranked[NEXT] ?? []).map(({ candidate }) => candidate.item)];
	if (has(CALL)) show(CALL, rankSlot(CALL, profile, context, taken, 1), 'call');
	for (const hole of page.holes) {
		const slug = hole.slice(ROW.length);
		if (hole.startsWith(ROW) && has(hole)) show(slug, rankSlot(slug, profile, context, [], ROW_LIMIT), 'card', hole);
		const variant = variantFor(hole, page.path, profile, context.content);
		if (variant) fills[hole] = [variant];
	}
	return { fills, shown, ranked };
}

/** What the page shows to everybody, so that those who are held out are counted by it. */
export function defaultShown(page: Pick<ChosenPage, 'path' | 'holes'>, content: Catalogue): readonly SlotShown[] {
	const list = (slot: string, items: readonly ContentItem[]): readonly SlotShown[] =>
		page.holes.includes(slot) ? items.map((item, at) => ({ slot, subject: subjectOf(item), position: at + 1 })) : [];
	const hero = defaultHero(content);
	const item = itemOf(page.path, content);
	const next = item ? nextAfter(item, slotOf(NEXT, content), content, NEXT_LIMIT) : [];
	const call = item && defaultCall(content, item, next);
	const rows = page.holes.filter((hole) => hole.startsWith(ROW)).map((hole) => hole.slice(ROW.length));
	return [
		...list(HERO, hero ? [hero] : []),
		...list(FOR_YOU, defaultRow(content, hero)),
		...list(NEXT, next),
		...list(CALL, call ? [call] : []),
		...rows.flatMap((slot) =>
			fillSlot(slotOf(slot, content), content, ROW_LIMIT).map((one, at) => ({ slot, subject: subjectOf(one), position: at + 1 })),
		),
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

/** Any other slot: what its query finds, without what is on the page already. */
export function rankSlot(
	slug: string,
	profile: Profile,
	{ content, about, now }: SlotsContext,
	besides: readonly ContentItem[],
	limit: number,
): readonly Ranked[] {
	const slot = slotOf(slug, content);
	const candidates = slot ? candidatesOf(slot, content, about).filter(({ item }) => !besides.includes(item)) : [];
	return slot ? rank(candidates, profile, slot, now, limit) : [];
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

/** What to do beside a piece, for everybody. */
export const defaultCall = (content: Catalogue, item: ContentItem, next: readonly ContentItem[]): ContentItem | null =>
	fillSlot(slotOf(CALL, content), content, 1, [...onPage(item, content), ...next])[0] ?? null;

/** A piece and the products that stand on its page. */
export const onPage = (item: ContentItem | null, content: Catalogue): readonly ContentItem[] =>
	item ? [item, ...('products' in item ? content.products(item.products) : [])] : [];

/** The banner of a place that is for nobody in particular. */
export const defaultBanner = (place: string, content: Catalogue) =>
	content.snapshot.banners.find(({ placement, audience }) => placement === place && audience.length === 0) ?? null;

export const slotOf = (slug: string, content: Catalogue): Slot | undefined => content.snapshot.slots.find((slot) => slot.slug === slug);

/** The first banner or block of this place that is for this visitor, with the word of its audience that fits. */
function variantFor(hole: string, path: string, profile: Profile, content: Catalogue): Fragment | null {
	if (hole.startsWith(BANNER)) {
		const place = hole.slice(BANNER.length);
		const banner = content.snapshot.banners.find(({ placement, audience }) => placement === place && fitting(audience, profile) !== null);
		return banner
			? variantOf({ kind: place === 'library' ? 'list-banner' : 'banner', params: { slug: banner.slug } }, banner.audience, profile)
			: null;
	}
	if (!hole.startsWith(BLOCK)) return null;
	const page = content.find('pages', decodeURIComponent(path.split('/')[2] ?? ''));
	const place = page && placesIn(page.blocks).find(({ name }) => name === hole);
	const at = place?.variants.find((one) => fitting(page?.blocks[one]?.audience ?? [], profile) !== null);
	return page && at !== undefined ? variantOf({ kind: 'block', params: { page: page.slug, at } }, page.blocks[at]!.audience, profile) : null;
}

function variantOf(fragment: { readonly kind: string; readonly params: FragmentParams }, audience: Audience, profile: Profile): Fragment {
	const word = fitting(audience, profile) ?? '';
	return { ...fragment, fills: { why: [{ kind: 'why', params: { reason: sideOf(word, profile), term: word.slice(word.indexOf(':') + 1) } }] } };
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
