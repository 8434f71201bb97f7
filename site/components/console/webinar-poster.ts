import type { PosterRequest } from '#cms';
import { inLocale, type Locale, type Snapshot, type Webinar } from '#cms/content.ts';
import type { OccurrenceReport } from '#webinar';

import { posterOf } from '../../poster.ts';

/** The poster of one start of a webinar with a link of the promotion kit; it speaks the language of the page behind the link. */
export function webinarPoster(
	{
		webinar,
		occurrence,
		link,
		path,
	}: { readonly webinar: Webinar; readonly occurrence: OccurrenceReport; readonly link: string; readonly path: string },
	snapshot: Snapshot,
): Pick<PosterRequest, 'text' | 'picture'> {
	const locale: Locale = path.startsWith('/zh-CN') ? 'zh-CN' : 'en';
	const starts = occurrence.mode === 'on-demand' ? null : { at: occurrence.startsAt, timeZone: occurrence.timeZone };
	const { text, picture } = posterOf({ item: webinar, starts, givenName: null, link }, locale, snapshot);
	const [place = ''] = inLocale(occurrence.place, locale).split('\n');
	return { text: place === '' ? text : { ...text, whenBelow: place }, picture };
}
