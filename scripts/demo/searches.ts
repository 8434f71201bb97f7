import type { Snapshot } from '#cms/content.ts';
import type { Database } from '#kernel/database.ts';
import type { Keys } from '#kernel/keys.ts';
import { hashQuery } from '#gating/event/create-events.ts';
import { searchDay, searchWords } from '#gating/schema.ts';

import type { Dice } from './dice.ts';

/** Something people look for. */
export interface Search {
	readonly words: string;
	readonly locale: 'en' | 'zh-CN';
	readonly queryHash: string;
	/** How much is found; 0 for what the site has nothing about. */
	readonly results: number;
	/** `<type>:<id>` of what is opened; '' without results. */
	readonly opens: string;
}

const UNANSWERED = [
	['en', 'stepper driver'],
	['en', 'hydraulic pump'],
	['en', 'atex certificate'],
	['en', 'profisafe gateway'],
	['zh-CN', '步进电机'],
	['zh-CN', '防爆证书'],
	['zh-CN', '伺服驱动器报警代码'],
] as const;
/** Of the searches that were counted, most were by people who never said who they are. */
const UNKNOWN = 6;

/** What is looked for in these stories: products and topics by their names, and what is not there. */
export function searchesOf({ products, terms, whitePapers }: Snapshot, keys: Keys): Search[] {
	const search = (locale: Search['locale'], text: string, results: number, opens: string): Search => {
		const words = text.toLowerCase();
		return { words, locale, queryHash: hashQuery(keys, words), results, opens };
	};
	const named = (locale: Search['locale']) => [
		...products.map(({ id, title }) => search(locale, title[locale], 1 + (title.en.length % 9), `products:${id}`)),
		...terms
			.filter(({ kind }) => kind === 'topic')
			.map(({ name }, at) => search(locale, name[locale], 6 + at, `white_papers:${whitePapers[at % whitePapers.length]?.id ?? ''}`)),
	];
	return [...named('en'), ...named('zh-CN'), ...UNANSWERED.map(([locale, words]) => search(locale, words, 0, ''))].filter(
		({ words }) => words !== '',
	);
}

/** A search, the first of the list the most, and the place of the result that was opened; null when none was. */
export function pickSearch(dice: Dice, searches: readonly Search[]): { readonly search: Search; readonly place: number | null } | null {
	const search = searches[Math.min(dice.roll(searches.length), dice.roll(searches.length))];
	if (!search) return null;
	return { search, place: search.results > 0 && dice.chance(0.6) ? 1 + Math.min(dice.roll(search.results), dice.roll(4)) : null };
}

interface Counted {
	readonly wordsId: string;
	readonly day: string;
	readonly search: Search;
	asked: number;
}

/** Counts what was searched for, by words and day. */
export type SearchCounts = Map<string, Counted>;

export function countSearch(counts: SearchCounts, searches: readonly Search[], queryHash: unknown, locale: unknown, day: string): void {
	const search = searches.find((one) => one.queryHash === queryHash && one.locale === locale);
	if (!search) return;
	const wordsId = `${search.locale}:${search.queryHash}`;
	const known = counts.get(`${wordsId} ${day}`);
	if (known) known.asked++;
	else counts.set(`${wordsId} ${day}`, { wordsId, day, search, asked: 1 });
}

/** Keeps the counts as the hub keeps its own, with words that may be shown. */
export async function writeSearches(db: Database, counts: SearchCounts): Promise<void> {
	const days = [...counts.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
	const last = new Map(days.map((one) => [one.wordsId, one]));
	await db.write(async (tx) => {
		for (const { wordsId: id, day, search } of last.values()) {
			const shown = {
				locale: search.locale,
				sealed: null,
				words: search.words,
				days: 3,
				askers: 3,
				lastDay: day,
				lastAt: new Date(`${day}T12:00:00Z`),
			};
			await tx
				.insert(searchWords)
				.values({ id, ...shown })
				.onConflictDoNothing();
		}
	});
	const rows = days.map(({ wordsId, day, search: { locale, results }, asked }) => {
		const all = asked * UNKNOWN;
		return { wordsId, day, locale, asked: all, unanswered: results === 0 ? all : 0 };
	});
	for (let from = 0; from < rows.length; from += 500)
		await db.write((tx) =>
			tx
				.insert(searchDay)
				.values(rows.slice(from, from + 500))
				.onConflictDoNothing(),
		);
}
