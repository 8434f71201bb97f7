import { and, eq, inArray } from 'drizzle-orm';

import type { Locale, Snapshot, Webinar } from '#cms/content.ts';
import { followedName } from '#gating';
import type { Handle } from '#kernel/database.ts';

import { follow } from '../schema.ts';

export const seriesSubject = (slug: string): string => `series:${slug}`;
export const speakerSubject = (slug: string): string => `speaker:${slug}`;

/** What a webinar belongs to that can be followed, the series first. */
export function subjectsOf({ series, speakers }: Pick<Webinar, 'series' | 'speakers'>): string[] {
	return [...(series === null ? [] : [seriesSubject(series)]), ...speakers.map(speakerSubject)];
}

/** By what somebody hears of a webinar: the name of the first thing of it that they follow; null when they follow none of it now. */
export async function nextFor(
	handle: Handle,
	content: Snapshot,
	webinar: Webinar,
	{ personId, locale }: { readonly personId: string; readonly locale: Locale },
): Promise<string | null> {
	const subjects = subjectsOf(webinar);
	if (subjects.length === 0) return null;
	const rows = await handle
		.select({ subject: follow.subject })
		.from(follow)
		.where(and(eq(follow.personId, personId), inArray(follow.subject, subjects)));
	const followed = subjects.find((subject) => rows.some((row) => row.subject === subject));
	return followed === undefined ? null : followedName(content, followed, locale);
}
