import { type ContentItem, type Locale, LOCALES } from '#cms/content.ts';
import type { Profile } from '#gating';
import { fitting } from '#gating/profile/audience.ts';
import type { Ranked } from '#gating/profile/rank.ts';
import type { Catalogue } from '#site/catalogue.ts';

import {
	BANNER,
	CALL,
	defaultBanner,
	defaultHero,
	defaultShown,
	fillPage,
	FOR_YOU,
	HERO,
	itemOf,
	NEXT,
	onPage,
	rankHero,
	rankNext,
	rankRow,
	rankSlot,
	type SlotsContext,
} from './page-slots.ts';

export const BUYER_STAGES = ['awareness', 'consideration', 'decision'] as const;
/** As strong as somebody's who read three pages on it and loaded a file. */
const INTEREST = 6;
/** So many that just missed their place are shown beside those that have one. */
const OTHERS = 3;
const FOLDERS = { white_papers: 'white-papers', cases: 'cases', articles: 'articles' } as const;

/** Whose eyes, as they are chosen; '' for any. */
export interface ViewQuery {
	readonly leadId: string;
	/** Slugs of terms. */
	readonly role: string;
	readonly industry: string;
	readonly topic: string;
	readonly stage: (typeof BUYER_STAGES)[number] | '';
	/** Name of a segment. */
	readonly segment: string;
	readonly language: Locale;
	/** Path without language of the content page. */
	readonly page: string;
}

/** What the address asks for; what is unknown is any. */
export function viewQuery(asked: URLSearchParams, usual: Locale): ViewQuery {
	const word = (name: string): string => (asked.get(name) ?? '').slice(0, 100);
	return {
		leadId: word('lead'),
		role: word('role'),
		industry: word('industry'),
		topic: word('topic'),
		stage: BUYER_STAGES.find((one) => one === asked.get('stage')) ?? '',
		segment: word('segment'),
		language: LOCALES.find((one) => one === asked.get('language')) ?? usual,
		page: word('page'),
	};
}

export const isNobody = ({ role, industry, topic, stage, segment }: ViewQuery): boolean => role + industry + topic + stage + segment === '';

/** Somebody of whom this is known and nothing else; `now` in epoch milliseconds. */
export function somebody({ role, industry, topic, stage, segment }: ViewQuery, now: number): Profile {
	return {
		roles: role === '' ? [] : [role],
		industry: industry === '' ? null : industry,
		country: null,
		account: null,
		lifecycle: null,
		stage: stage === '' ? null : stage,
		segments: segment === '' ? [] : [segment],
		interests: new Map(topic === '' ? [] : [[`topic:${topic}`, INTEREST]]),
		weighedAt: now,
		opened: new Map(),
		shown: new Map(),
		isBlank: role + industry + topic + stage === '',
	};
}

/** Pages that lead on to others, by path, in the catalogue's language. */
export function contentPages(content: Catalogue): readonly { readonly path: string; readonly item: ContentItem }[] {
	return (['articles', 'cases', 'white_papers'] as const).flatMap((type) =>
		content.all(type).map((item) => ({ path: `/${FOLDERS[type]}/${encodeURIComponent(item.slug)}`, item })),
	);
}

/** A slot as somebody sees it. */
export interface SlotSeen {
	readonly slot: typeof HERO | typeof FOR_YOU | typeof NEXT | typeof CALL;
	/** What is shown, best first; empty where the editors' order stands. */
	readonly ranked: readonly Ranked[];
	/** What would come next. */
	readonly others: readonly Ranked[];
	/** What everybody gets. */
	readonly standard: readonly ContentItem[];
}

/** The slots of the home page and of one content page, filled as they go out to this visitor; null: to everybody. */
export function seenBy(profile: Profile | null, page: string, context: SlotsContext): readonly SlotSeen[] {
	const pages = [
		{ path: '/', holes: [HERO, FOR_YOU] },
		{ path: page, holes: [NEXT, CALL] },
	] as const;
	return pages.flatMap(({ path, holes }) => {
		const filled: Readonly<Record<string, readonly Ranked[]>> = profile ? fillPage({ path, holes }, profile, context).ranked : {};
		const standard = defaultShown({ path, holes }, context.content);
		const hero = filled[HERO]?.[0]?.candidate.item ?? defaultHero(context.content);
		return (holes as readonly SlotSeen['slot'][]).map((slot): SlotSeen => {
			const ranked = filled[slot] ?? [];
			const more = ranked.length + OTHERS;
			const besides = (filled[NEXT] ?? []).map(({ candidate }) => candidate.item);
			const read = itemOf(path, context.content);
			const longer = !profile || ranked.length === 0 ? [] : longerOf(slot, profile, context, { hero, read, besides }, more);
			const taken = new Set(ranked.map(({ candidate }) => candidate.subject));
			return {
				slot,
				ranked,
				others: longer.filter(({ candidate }) => !taken.has(candidate.subject)).slice(0, OTHERS),
				standard: standard
					.filter((one) => one.slot === slot)
					.flatMap(({ subject }) => context.content.byId(...(subject.split(':') as [string, string])) ?? []),
			};
		});
	});
}

function longerOf(
	slot: SlotSeen['slot'],
	profile: Profile,
	context: SlotsContext,
	{ hero, read, besides }: { readonly hero: ContentItem | null; readonly read: ContentItem | null; readonly besides: readonly ContentItem[] },
	limit: number,
): readonly Ranked[] {
	if (slot === HERO) return rankHero(profile, context, limit);
	if (slot === CALL) return rankSlot(CALL, profile, context, [...onPage(read, context.content), ...besides], limit);
	return slot === FOR_YOU ? rankRow(profile, context, hero, limit) : rankNext(read, profile, context, limit);
}

/** The banner of the home page as this visitor sees it, with the word of its audience that fits, '' for everybody's; null for none. */
export function bannerSeen(profile: Profile | null, { content }: SlotsContext) {
	const [fragment] = profile
		? (fillPage({ path: '/', holes: [`${BANNER}home`] }, profile, { content, about: () => [], now: 0 }).fills[`${BANNER}home`] ?? [])
		: [];
	const slug = fragment && 'params' in fragment ? fragment.params['slug'] : undefined;
	const banner = content.snapshot.banners.find((one) => one.slug === slug);
	if (profile && banner) return { banner, word: fitting(banner.audience, profile) ?? '' };
	const usual = defaultBanner('home', content);
	return usual && { banner: usual, word: '' };
}
