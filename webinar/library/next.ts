import { and, eq, inArray } from 'drizzle-orm';

import { inLocale, type Locale, type Snapshot, type Webinar } from '#cms/content.ts';
import type { Handle } from '#kernel/database.ts';

import { follow } from '../schema.ts';

export const seriesSubject = (slug: string): string => `series:${slug}`;
export const speakerSubject = (slug: string): string => `speaker:${slug}`;

/** What a webinar belongs to that can be followed, the series first. */
export function subjectsOf({ series, speakers }: Pick<Webinar, 'series' | 'speakers'>): string[] {
	return [...(series === null ? [] : [seriesSubject(series)]), ...speakers.map(speakerSubject)];
}

/** The name of what is followed; null for what is not published. */
export function nameOf({ terms, speakers }: Pick<Snapshot, 'terms' | 'speakers'>, subject: string, locale: Locale): string | null {
	const [kind, slug = ''] = subject.split(':');
	const found =
		kind === 'series'
			? terms.find((term) => term.kind === 'series' && term.slug === slug)
			: kind === 'speaker'
				? speakers.find((speaker) => speaker.slug === slug)
				: undefined;
	return found ? inLocale(found.name, locale) : null;
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
	return followed === undefined ? null : nameOf(content, followed, locale);
}
