import { inArray } from 'drizzle-orm';

import { DAY_MS, localDay, nextDay, startOfDay } from '#kernel/clock.ts';

import type { AttributionDeps } from '../attribution/create-attribution.ts';
import { requireDays } from '../attribution/query.ts';
import type { Reading } from '../attribution/read-conversions.ts';
import { type LeadItem, pageOf } from '../lead/list.ts';
import { lead } from '../schema.ts';
import type { ContentLine } from './content-count.ts';
import {
	CONTENT_LISTS,
	CONTENT_TYPES,
	type ContentList,
	type ContentParams,
	type ContentType,
	type OneContent,
	type OneContentParams,
} from './content-report.ts';

const MODULE = new URL('./content-report.ts', import.meta.url);

/** Local days of the company, both included. */
export interface Days {
	readonly from: string;
	readonly to: string;
}

export interface ContentDetail extends OneContent {
	/** As {@link OneContent.leads}, as lists show them; null for one that is gone. */
	readonly people: readonly (OneContent['leads'][number] & { readonly lead: LeadItem | null })[];
}

/** What is read, how far, and what came of it. */
export interface ContentReports {
	readonly types: readonly ContentType[];
	readonly lists: readonly ContentList[];
	/** The last ninety days. */
	usual(): Days;
	/** In a thread. @throws DomainError invalid for days that are none */
	read(contentType: ContentType, days: Days): Promise<readonly ContentLine[]>;
	/** One content; `parts`: its pages, or quarters. @throws DomainError invalid */
	one(subject: string, parts: number, list: ContentList, days: Days, seesPeople: boolean): Promise<ContentDetail>;
}

export function createContentReports({ db, keys, now, timeZone }: AttributionDeps): ContentReports {
	const reading = (days: Days): Reading => {
		const { from, to } = requireDays(days);
		const zone = timeZone();
		const [start, end] = [startOfDay(from, zone).getTime(), startOfDay(nextDay(to), zone).getTime()];
		return { from, to, start, end, timeZone: zone, readAt: now().getTime() };
	};
	return Object.freeze<ContentReports>({
		types: CONTENT_TYPES,
		lists: CONTENT_LISTS,
		usual: () => ({ from: localDay(new Date(now().getTime() - 89 * DAY_MS), timeZone()), to: localDay(now(), timeZone()) }),
		read: async (contentType, days) =>
			db.analyse<ContentParams, readonly ContentLine[]>({ module: MODULE, name: 'readContent', params: { ...reading(days), contentType } }),
		one: async (subject, parts, list, days, seesPeople) => {
			const params = { ...reading(days), subject, parts, list };
			const found = await db.analyse<OneContentParams, OneContent>({ module: MODULE, name: 'readOneContent', params });
			const ids = found.leads.map(({ leadId }) => leadId);
			const rows = await db.read.select().from(lead).where(inArray(lead.id, ids));
			const { items } = await pageOf(db.read, keys, { rows, size: ids.length, sort: 'score', seesPeople });
			const byId = new Map(items.map((item) => [item.id, item]));
			return { ...found, people: found.leads.map((one) => ({ ...one, lead: byId.get(one.leadId) ?? null })) };
		},
	});
}
