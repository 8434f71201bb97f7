import type { PosterRequest, PosterText } from '#cms';
import { inLocale, type Locale, type Snapshot, type Webinar, type WhitePaper } from '#cms/content.ts';
import { fill, textsFor } from '#kernel/texts/index.ts';

import { formatDayShort, formatTime, tieUnits } from './format.ts';

/** Lines of a list that a poster has room for. */
const MOST_SPEAKERS = 3;
const MOST_FINDINGS = 2;

export interface PosterOf {
	readonly item: WhitePaper | Webinar;
	/** Start and zone of a webinar's coming occurrence; null for none. */
	readonly starts: { readonly at: Date; readonly timeZone: string } | null;
	/** The inviter's, who agreed to it; null names nobody. */
	readonly givenName: string | null;
	/** The whole address of the invitation. */
	readonly link: string;
}

/** What the poster of an invitation says in a language, and the picture on it. */
export function posterOf({ item, starts, givenName, link }: PosterOf, locale: Locale, snapshot: Snapshot): Pick<PosterRequest, 'text' | 'picture'> {
	const words = textsFor(locale);
	const { poster } = words.referral;
	const { list, ...about } =
		item.type === 'white_papers' ? paperWords(item, locale) : { ...webinarWords(item, starts, locale), ...speakersOf(item, locale, snapshot) };
	const minutes = fill(poster.minutes, { minutes: item.type === 'white_papers' ? item.readingMinutes : item.durationMinutes });
	const pages = item.type === 'white_papers' ? [fill(poster.pages, { pages: item.pages[locale].length })] : [];
	const text: PosterText = {
		...{ locale, brand: snapshot.site.brand, title: inLocale(item.title, locale), series: item.series ?? '', ...about, list },
		facts: [...pages, minutes, poster.free].join(' · '),
		invites: givenName === null ? '' : fill(poster.invites, { name: givenName }),
		scan: item.type === 'white_papers' ? poster.scanPaper : poster.scanWebinar,
		scanHelp: poster.scanHelp,
		...{ link, host: new URL(link).host },
	};
	const picture = item.cover?.isPublic && item.cover.mediaType.startsWith('image/') ? item.cover : null;
	return { text, picture };
}

function paperWords(paper: WhitePaper, locale: Locale) {
	const { poster } = textsFor(locale).referral;
	return {
		kind: `${poster.paper} ${paper.number}`.trim(),
		...{ when: '', whenBelow: '', listTitle: poster.inThisPaper },
		list: paper.findings[locale].slice(0, MOST_FINDINGS).map((quiet) => ({ strong: '', quiet: tieUnits(quiet) })),
	};
}

function webinarWords({ mode, durationMinutes }: Webinar, starts: PosterOf['starts'], locale: Locale) {
	const { poster } = textsFor(locale).referral;
	const kind = poster.webinar[mode];
	if (starts === null) return { kind, when: poster.onDemand, whenBelow: fill(poster.minutes, { minutes: durationMinutes }) };
	return {
		kind,
		when: `${formatDayShort(starts.at, locale, starts.timeZone)}${locale === 'en' ? ', ' : ' '}${formatTime(starts.at, locale, starts.timeZone)}`,
		whenBelow: poster.local,
	};
}

function speakersOf({ speakers: slugs }: Webinar, locale: Locale, { speakers }: Snapshot) {
	const named = slugs.flatMap((slug) => speakers.find((speaker) => speaker.slug === slug) ?? []);
	return {
		listTitle: textsFor(locale).referral.poster.speakers,
		list: named.slice(0, MOST_SPEAKERS).map(({ name, role }) => ({ strong: inLocale(name, locale), quiet: inLocale(role, locale) })),
	};
}
