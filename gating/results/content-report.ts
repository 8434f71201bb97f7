import { and, gte, inArray, lte, ne } from 'drizzle-orm';

import { type Handle, rawRows } from '#kernel/database.ts';

import { readConversions, type Reading as Period } from '../attribution/read-conversions.ts';
import { event, person } from '../schema.ts';
import { attentionOf, completionOf, type ContentLine, countContent, influencedBy, nextSteps, type Reading, type Steps } from './content-count.ts';

/** Kinds of content that have a report of their own; webinars have another. */
export const CONTENT_TYPES = ['white_papers', 'cases', 'articles', 'products'] as const;
export type ContentType = (typeof CONTENT_TYPES)[number];

/** What is told of content; others, such as webinars, are what readers may go to next. */
const TYPES = ['page.view', 'content.attention', 'download', 'document.open', 'video.play', 'form.submitted', 'webinar.registered'] as const;

export interface ContentParams extends Period {
	readonly contentType: ContentType;
}

/** The content of a type that anybody looked at in a period; for a thread. */
export async function readContent(handle: Handle, params: ContentParams): Promise<readonly ContentLine[]> {
	const [readings, steps] = [await readingsOf(handle, params), await stepsOf(handle, params)];
	return countContent(readings, steps, (subject) => subject.startsWith(`${params.contentType}:`));
}

/** Lists of the leads behind a number of one content. */
export const CONTENT_LISTS = ['readers', 'finished', 'downloads', 'requests', 'influenced'] as const;
export type ContentList = (typeof CONTENT_LISTS)[number];

export interface OneContentParams extends Period {
	readonly subject: string;
	/** Pages of it, or quarters. */
	readonly parts: number;
	readonly list: ContentList;
}

export interface OneContent {
	/** Null when nobody looked at it in the period. */
	readonly line: ContentLine | null;
	/** How many of those measured came to each part. */
	readonly completion: readonly number[];
	/** Where readers went next, the most frequent first. */
	readonly next: readonly { readonly subject: string; readonly count: number }[];
	/** Leads of the list that was asked for, the latest first, at most {@link MOST_LISTED}. */
	readonly leads: readonly { readonly leadId: string; readonly at: number; readonly seconds: number; readonly depth: number }[];
	/** How many there are, and how many browsers beside them that nobody is known behind. */
	readonly count: number;
	readonly unknown: number;
}

const MOST_LISTED = 200;

/** One content in a period, with the leads behind a number of it; for a thread. */
export async function readOneContent(handle: Handle, params: OneContentParams): Promise<OneContent> {
	const { subject, parts, list } = params;
	const [readings, steps] = [await readingsOf(handle, params), await stepsOf(handle, params)];
	const own = readings.filter((one) => one.subject === subject);
	const isShown = (other: string) => other === subject;
	const attention = attentionOf(own);
	const listed = listOf(own, list, attention, steps);
	const latest = new Map<string, number>();
	for (const { reader, at } of listed) latest.set(reader, Math.max(at, latest.get(reader) ?? 0));
	const known = [...latest].filter(([reader]) => reader.startsWith('p:')).sort(([, one], [, other]) => other - one);
	return {
		line: countContent(readings, steps, isShown)[0] ?? null,
		completion: completionOf([...attention.values()].map(({ depth }) => depth), parts), // prettier-ignore
		next: (nextSteps(readings, isShown).get(subject) ?? []).slice(0, 10),
		leads: known
			.slice(0, MOST_LISTED)
			.map(([reader, at]) => ({ leadId: reader.slice(2), at, ...(attention.get(reader) ?? { seconds: 0, depth: 0 }) })),
		count: known.length,
		unknown: latest.size - known.length,
	};
}

/** What the readers in a list did that put them there. */
function listOf(own: readonly Reading[], list: ContentList, attention: ReturnType<typeof attentionOf>, steps: Steps): readonly Reading[] {
	switch (list) {
		case 'readers':
			return own;
		case 'finished':
			return own.filter(({ reader }) => (attention.get(reader)?.depth ?? 0) >= 90);
		case 'downloads':
			return own.filter(({ type }) => type === 'download' || type === 'document.open');
		case 'requests':
			return own.filter(({ type }) => type === 'form.submitted');
		case 'influenced': {
			const leads = influencedBy(own, steps);
			return own.filter(({ reader }) => leads.has(reader.slice(2)));
		}
	}
}

async function readingsOf(handle: Handle, { from, to, readAt }: Period): Promise<Reading[]> {
	const people = (await rawRows(handle, handle.select({ id: person.id, leadId: person.leadId }).from(person))) as [string, string][];
	const leadOf = new Map(people);
	const query = handle
		.select({ personId: event.personId, visitorId: event.visitorId, at: event.at, type: event.type, subject: event.subject, props: event.props })
		.from(event)
		.where(and(inArray(event.type, [...TYPES]), gte(event.localDay, from), lte(event.localDay, to), ne(event.subject, '')));
	const rows = (await rawRows(handle, query)) as [string | null, string | null, number, string, string, string][];
	return rows.flatMap(([personId, visitorId, at, type, subject, props]): Reading[] => {
		const leadId = personId === null ? undefined : leadOf.get(personId);
		const reader = leadId !== undefined ? `p:${leadId}` : visitorId !== null ? `v:${visitorId}` : null;
		if (reader === null || at >= readAt) return [];
		const told = type === 'content.attention' ? (JSON.parse(props) as { seconds?: number; depth?: number }) : {};
		return [{ reader, at, type, subject, seconds: told.seconds ?? 0, depth: told.depth ?? 0 }];
	});
}

/** When leads were made or moved on in the period. */
async function stepsOf(handle: Handle, params: Period): Promise<Steps> {
	const steps = new Map<string, number[]>();
	for (const { leadId, at, milestone } of (await readConversions(handle, params)).conversions) {
		if (milestone === 'won') continue;
		const own = steps.get(leadId) ?? [];
		steps.set(leadId, own);
		own.push(at);
	}
	return steps;
}
