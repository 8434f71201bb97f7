import type { Snapshot } from '#cms/content.ts';
import { DAY_MS, localDay, startOfDay } from '#kernel/clock.ts';
import type { Database } from '#kernel/database.ts';
import { idSequence } from '#kernel/id.ts';
import type { Keys } from '#kernel/keys.ts';
import { wordingOf, freeze } from '#gating/consent/text.ts';
import { channelVisit } from '#gating/schema.ts';
import { createVersions } from '#gating/scoring/versions.ts';

import { writeCosts } from './costs.ts';
import { diceOf } from './dice.ts';
import { countSearch, type SearchCounts, writeSearches } from './searches.ts';
import { stockShelves } from './shelves.ts';
import { noRows, writeRows } from './tables.ts';
import { writeAccount } from './write-account.ts';
import type { Pen } from './write-lead.ts';

/** Leads that are written in one body, about. */
const LEADS_A_BODY = 200;
const DAYS = 800;

export interface Filling {
	readonly db: Database;
	readonly keys: Keys;
	readonly content: Snapshot;
	readonly leads: number;
	/** Together, about. */
	readonly events: number;
	/** The same seed, number and moment tell the same stories of the same people. */
	readonly seed: number;
	/** The present of the stories. */
	readonly now: Date;
	readonly progress: (leads: number) => void;
}

/** Fills a database with invented leads. Everybody is sealed under a key of their own, as people are. */
export async function fillWithDemo({ db, keys, content, leads, events, seed, now, progress }: Filling) {
	const { timeZone } = content.site;
	const dice = diceOf(seed);
	const versions = createVersions({ db, now: () => now });
	await versions.start();
	const purposes = ['analytics', 'profiling', 'marketing.email'] as const;
	const words = (locale: 'en' | 'zh-CN') => purposes.flatMap((purpose) => wordingOf(content.consents, purpose, locale) ?? []);
	const wordings = { en: words('en'), 'zh-CN': words('zh-CN') };
	const shelves = await db.write(async (tx) => {
		await freeze(tx, [...wordings.en, ...wordings['zh-CN']], now);
		return stockShelves(tx, content, keys, now);
	});
	const world = { content, shelves, live: versions.current(), actsEach: events / leads, timeZone, today: localDay(now, timeZone) };
	const common = { dice, keys, id: idSequence(now, dice.bytes), dayOf: daysUntil(now, timeZone), now: now.getTime(), wordings };
	const visits = new Map<string, number>();
	const searches: SearchCounts = new Map();
	const done = { leads: 0, accounts: 0, events: 0 };
	while (done.leads < leads) {
		const pen: Pen = { ...common, rows: noRows() };
		while (pen.rows.lead.length < LEADS_A_BODY && done.leads + pen.rows.lead.length < leads) {
			const heads = Math.min(dice.few(1, 16), leads - done.leads - pen.rows.lead.length);
			writeAccount(pen, world, done.accounts++, heads);
		}
		await db.write((tx) => writeRows(tx, pen.rows), { locks: 'demo-data' });
		done.leads += pen.rows.lead.length;
		done.events += pen.rows.event.length;
		for (const { localDay: day, channel, kind } of pen.rows.touchpoint)
			if (kind === 'visit') visits.set(`${day} ${channel}`, (visits.get(`${day} ${channel}`) ?? 0) + 1);
		for (const { type, props, localDay: day } of pen.rows.event)
			if (type === 'search.query') countSearch(searches, shelves.searches, props['queryHash'], props['locale'], day);
		progress(done.leads);
	}
	await writeVisits(db, visits);
	await writeCosts(db, visits, now);
	await writeSearches(db, searches);
	return done;
}

/** The local day of an instant up to `now`, looked up: working each out would take minutes. */
function daysUntil(now: Date, timeZone: string): (at: number) => string {
	const starts = Array.from({ length: DAYS + 2 }, (_none, index) => localDay(new Date(now.getTime() - (DAYS - index) * DAY_MS), timeZone));
	const days = [...new Set(starts)].map((day) => ({ day, from: startOfDay(day, timeZone).getTime() }));
	const first = days[0]?.from ?? 0;
	return (at) => {
		let index = Math.max(0, Math.min(days.length - 1, Math.floor((at - first) / DAY_MS)));
		while (index > 0 && (days[index]?.from ?? 0) > at) index--;
		while (index < days.length - 1 && (days[index + 1]?.from ?? Infinity) <= at) index++;
		return days[index]?.day ?? '';
	};
}

/** Of the visits that were counted, most were by people who never said who they are. */
const UNKNOWN = 7;

async function writeVisits(db: Database, visits: ReadonlyMap<string, number>): Promise<void> {
	const rows = [...visits].map(([key, count]) => {
		const [localDay = '', channel = ''] = key.split(' ');
		return { localDay, channel, sourceId: '', visits: count * UNKNOWN };
	});
	for (let from = 0; from < rows.length; from += 1_000)
		await db.write((tx) =>
			tx
				.insert(channelVisit)
				.values(rows.slice(from, from + 1_000))
				.onConflictDoNothing(),
		);
}
