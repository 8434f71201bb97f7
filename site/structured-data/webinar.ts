import type { EventLeaf, EventSeriesLeaf, PersonLeaf, VideoObjectLeaf } from 'schema-dts';
import { Temporal } from 'temporal-polyfill';

import { inLocale, type LocalisedText, type Webinar } from '#cms/content.ts';
import type { OccurrenceView, SessionView, WebinarView } from '#webinar';

import type { Node } from './graph.ts';
import { company } from './organization.ts';
import { pictures, present, type Setting } from './setting.ts';

/** A webinar as what it is: a recording to watch, one event, or a series with the dates that can still be attended. */
export function webinarNodes(view: Pick<WebinarView, 'webinar' | 'occurrence' | 'upcoming' | 'status'>, setting: Setting): Node[] {
	const { webinar, occurrence, upcoming, status } = view;
	if (status === 'on-demand' || webinar.mode === 'on-demand') return [recording(webinar, setting)];
	if (!occurrence) return [];
	if (webinar.repeats === 'none') return (upcoming.length > 0 ? upcoming : [occurrence]).map((one) => eventOf(webinar, one, setting));
	if (upcoming.length === 0) return [eventOf(webinar, occurrence, setting)];
	const series: EventSeriesLeaf = {
		'@type': 'EventSeries',
		'@id': `${urlOf(webinar, setting)}#series`,
		...common(webinar, setting),
		startDate: localTime(upcoming[0]!.startsAt, upcoming[0]!.timeZone),
		endDate: localTime(upcoming.at(-1)!.endsAt, upcoming.at(-1)!.timeZone),
		eventSchedule: {
			'@type': 'Schedule',
			repeatFrequency: 'P1D',
			startTime: localTime(upcoming[0]!.startsAt, upcoming[0]!.timeZone).slice(11, 19),
			duration: `PT${webinar.durationMinutes}M`,
			scheduleTimezone: webinar.timeZone,
			startDate: localTime(upcoming[0]!.startsAt, upcoming[0]!.timeZone).slice(0, 10),
		},
		subEvent: upcoming.map((one) => eventOf(webinar, one, setting)),
	};
	return [series];
}

function eventOf(
	webinar: Webinar,
	{ id, startsAt, endsAt, timeZone, place }: OccurrenceView & Partial<Pick<SessionView, 'place'>>,
	setting: Setting,
): EventLeaf {
	return {
		'@type': 'Event',
		'@id': `${urlOf(webinar, setting)}#${id}`,
		...common(webinar, setting),
		...whereOf(webinar, place ?? webinar.place, setting),
		startDate: localTime(startsAt, timeZone),
		endDate: localTime(endsAt, timeZone),
		duration: `PT${webinar.durationMinutes}M`,
	};
}

/** On site it is at an address; everything else is in a room of this site. */
function whereOf(webinar: Webinar, place: LocalisedText, setting: Setting): Pick<EventLeaf, 'eventAttendanceMode' | 'location'> {
	const address = inLocale(place, setting.locale);
	if (webinar.mode !== 'on-site' || address === '') return {};
	const [name = ''] = address.split('\n');
	return { eventAttendanceMode: 'https://schema.org/OfflineEventAttendanceMode', location: { '@type': 'Place', name, address } };
}

function common(webinar: Webinar, setting: Setting) {
	const { locale } = setting;
	const url = urlOf(webinar, setting);
	return {
		url,
		name: inLocale(webinar.title, locale),
		eventStatus: 'https://schema.org/EventScheduled' as const,
		eventAttendanceMode: 'https://schema.org/OnlineEventAttendanceMode' as const,
		location: { '@type': 'VirtualLocation' as const, url },
		organizer: company(setting),
		inLanguage: locale,
		isAccessibleForFree: true,
		...present({
			description: inLocale(webinar.summary, locale),
			image: pictures(setting, [webinar.cover]),
			performer: speakers(webinar, setting),
			maximumAttendeeCapacity: webinar.capacity,
		}),
	};
}

/** A recording goes without the address of its file: that opens after the registration only. */
function recording(webinar: Webinar, setting: Setting): VideoObjectLeaf {
	const { locale } = setting;
	const url = urlOf(webinar, setting);
	return {
		'@type': 'VideoObject',
		'@id': `${url}#video`,
		url,
		name: inLocale(webinar.title, locale),
		uploadDate: webinar.publishedAt.toISOString(),
		duration: `PT${webinar.durationMinutes}M`,
		inLanguage: locale,
		publisher: company(setting),
		...present({
			description: inLocale(webinar.summary, locale),
			thumbnailUrl: pictures(setting, [webinar.cover]),
			actor: speakers(webinar, setting),
		}),
	};
}

function speakers(webinar: Webinar, { content, locale }: Setting): PersonLeaf[] {
	return webinar.speakers
		.flatMap((slug) => content.snapshot.speakers.filter((speaker) => speaker.slug === slug))
		.map((speaker) => ({ '@type': 'Person', name: inLocale(speaker.name, locale), ...present({ jobTitle: inLocale(speaker.role, locale) }) }));
}

function urlOf(webinar: Webinar, { origin, addresses }: Setting): string {
	return origin + addresses.webinar(webinar.slug);
}

/** `2026-11-24T15:00:00+01:00`: as the clocks at `timeZone` show it. */
export function localTime(date: Date, timeZone: string): string {
	return Temporal.Instant.fromEpochMilliseconds(date.getTime())
		.toZonedDateTimeISO(timeZone)
		.toString({ smallestUnit: 'second', timeZoneName: 'never' });
}
