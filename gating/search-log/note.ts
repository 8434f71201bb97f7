import { and, eq, sql } from 'drizzle-orm';

import type { Locale } from '#cms/content.ts';
import { localDay, type Now } from '#kernel/clock.ts';
import type { Database, Handle } from '#kernel/database.ts';
import { type Keys, openAlone, sealAlone } from '#kernel/keys.ts';
import type { Log } from '#kernel/log.ts';

import { createBotTest } from '../event/bot.ts';
import { hashQuery } from '../event/create-events.ts';
import { isStorable } from '../event/props.ts';
import { searchAsker, searchDay, searchWords } from './schema.ts';
import { looksPersonal, normalised } from './words.ts';

/** Words are shown once so many browsers asked them, or somebody on so many days. */
export const ENOUGH = 3;
/** What looks personal, and what came beyond {@link MOST_NEW}: counted together. */
export const UNKEPT = 'unkept';
/** New queries a day in one process; further ones are only counted, so that nobody fills the database. */
const MOST_NEW = 3_000;
const AT_ONCE = 40;
const MOST_WAITING = 2_000;
const CONTEXT = 'search-words';

export interface NoteDeps {
	readonly db: Database;
	readonly keys: Keys;
	readonly now: Now;
	readonly log: Log;
	readonly timeZone: () => string;
}

/** A search that was answered. */
export interface Asked {
	/** As typed. */
	readonly query: string;
	readonly locale: Locale;
	readonly results: number;
	/** Of a browser that agreed to be measured; otherwise null. */
	readonly visitorId: string | null;
	readonly userAgent: string;
}

interface Noted {
	readonly wordsId: string;
	readonly locale: Locale;
	readonly words: string;
	readonly results: number;
	readonly asker: string | null;
	readonly at: Date;
	readonly day: string;
}

export interface Notes {
	/** Counts a search, soon after; of programs not at all. Nobody waits for it. */
	note(asked: Asked): void;
	/** Waits until everything noted is in the database. */
	settled(): Promise<void>;
}

/** Counts searches in small bodies, many at once under load. */
export function createNotes({ db, keys, now, log, timeZone }: NoteDeps): Notes {
	const isBot = createBotTest();
	const waiting: Noted[] = [];
	let running: Promise<void> | null = null;
	let today = { day: '', fresh: 0 };

	const mayKeep = (day: string): boolean => {
		if (today.day !== day) today = { day, fresh: 0 };
		return today.fresh++ < MOST_NEW;
	};
	const run = async (): Promise<void> => {
		while (waiting.length > 0) {
			const batch = waiting.splice(0, AT_ONCE);
			await db
				.write(async (tx) => {
					for (const noted of batch) await store(tx, keys, noted, mayKeep);
				})
				.catch((error: unknown) => log.warn({ err: error }, 'searches were not counted'));
		}
		running = null;
	};
	return Object.freeze<Notes>({
		note: ({ query, locale, results, visitorId, userAgent }) => {
			const words = normalised(query);
			if (words === '' || waiting.length >= MOST_WAITING || isBot(userAgent)) return;
			const isKept = isStorable(words) && !looksPersonal(words);
			const wordsId = `${locale}:${isKept ? hashQuery(keys, query) : UNKEPT}`;
			const asker = visitorId === null || !isKept ? null : keys.blindIndex('search-asker', `${wordsId}\n${visitorId}`);
			const at = now();
			waiting.push({ wordsId, locale, words: isKept ? words : '', results, asker, at, day: localDay(at, timeZone()) });
			running ??= Promise.resolve().then(run);
		},
		settled: async () => {
			while (running !== null) await running;
		},
	});
}

async function store(tx: Handle, keys: Keys, noted: Noted, mayKeep: (day: string) => boolean): Promise<void> {
	if (noted.words === '') return count(tx, noted, noted.wordsId);
	const [known] = await tx.select().from(searchWords).where(eq(searchWords.id, noted.wordsId));
	if (!known && !mayKeep(noted.day)) return count(tx, noted, `${noted.locale}:${UNKEPT}`);
	await count(tx, noted, noted.wordsId);
	const isNewAsker = (known?.words ?? null) === null && (await isFirst(tx, noted));
	if (!known) {
		const { wordsId: id, locale, words, day: lastDay, at: lastAt } = noted;
		await tx
			.insert(searchWords)
			.values({ id, locale, sealed: sealAlone(keys, CONTEXT, words), words: null, days: 1, askers: isNewAsker ? 1 : 0, lastDay, lastAt })
			.onConflictDoNothing();
		return;
	}
	const days = known.days + (known.lastDay < noted.day ? 1 : 0);
	const askers = known.askers + (isNewAsker ? 1 : 0);
	const isShown = known.words !== null || days >= ENOUGH || askers >= ENOUGH;
	const words = isShown ? (known.words ?? (known.sealed && openAlone(keys, CONTEXT, known.sealed)) ?? noted.words) : null;
	await tx
		.update(searchWords)
		.set({ days, askers, lastDay: noted.day, lastAt: noted.at, words, sealed: words === null ? known.sealed : null })
		.where(eq(searchWords.id, known.id));
	if (known.words === null && words !== null) await tx.delete(searchAsker).where(eq(searchAsker.wordsId, known.id));
}

async function count(tx: Handle, { day, locale, results }: Noted, wordsId: string): Promise<void> {
	const unanswered = results === 0 ? 1 : 0;
	await tx
		.insert(searchDay)
		.values({ wordsId, day, locale, asked: 1, unanswered })
		.onConflictDoUpdate({
			target: [searchDay.wordsId, searchDay.day],
			set: { asked: sql`${searchDay.asked} + 1`, unanswered: sql`${searchDay.unanswered} + ${unanswered}` },
		});
}

/** Whether this browser asks these words for the first time. */
async function isFirst(tx: Handle, { wordsId, asker }: Noted): Promise<boolean> {
	if (asker === null) return false;
	const known = await tx.$count(searchAsker, and(eq(searchAsker.wordsId, wordsId), eq(searchAsker.asker, asker)));
	if (known > 0) return false;
	await tx.insert(searchAsker).values({ wordsId, asker });
	return true;
}
