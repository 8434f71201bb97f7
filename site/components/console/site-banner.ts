import { inLocale, type Locale } from '#cms/content.ts';
import { momentAt } from '#kernel/clock.ts';
import { isDomainError } from '#kernel/errors.ts';
import type { Reader } from '#gating';
import type { BannerPlace, BannerSettings, BannerShown, OccurrenceReport, SiteBanners } from '#webinar';

import { localReading } from './work.ts';

export const PLACES = ['home', 'library', 'content'] as const satisfies readonly BannerPlace[];

/** The form as it was filled in. */
export interface BannerFields {
	readonly from: string;
	readonly until: string;
	readonly places: readonly string[];
	readonly en: string;
	readonly zh: string;
}

export type BannerError = 'places' | 'from' | 'until';

/** The form of what is kept; where nothing is, from now until the start, on every page. */
export function fieldsOf(settings: BannerSettings | null, now: Date, timeZone: string): BannerFields {
	return {
		from: localReading(settings?.fromAt ?? now, timeZone),
		until: settings?.untilAt ? localReading(settings.untilAt, timeZone) : '',
		places: settings?.places ?? PLACES,
		en: settings?.text.en ?? '',
		zh: settings?.text['zh-CN'] ?? '',
	};
}

export function sentFields(data: FormData): BannerFields {
	const value = (name: string): string => String(data.get(name) ?? '').slice(0, 200);
	return {
		...{ from: value('from'), until: value('until'), en: value('textEn'), zh: value('textZh') },
		places: data.getAll('places').map(String),
	};
}

/** Keeps the banner; the field that is wrong, or null when it is kept. Times are read in `timeZone`. @throws DomainError not-found, conflict */
export async function saveBanner(
	banners: SiteBanners,
	{ id, timeZone, title }: Pick<OccurrenceReport, 'id' | 'timeZone' | 'title'>,
	fields: BannerFields,
	by: Reader,
): Promise<BannerError | null> {
	const fromAt = momentAt(fields.from, timeZone);
	const untilAt = fields.until === '' ? null : momentAt(fields.until, timeZone);
	if (Number.isNaN(fromAt.getTime())) return 'from';
	if (untilAt !== null && Number.isNaN(untilAt.getTime())) return 'until';
	const places = PLACES.filter((place) => fields.places.includes(place));
	// Words that are the title go on being it when it changes.
	const own = (words: string, locale: Locale): string => (words.trim() === inLocale(title, locale) ? '' : words);
	try {
		await banners.save(id, { fromAt, untilAt, places, text: { en: own(fields.en, 'en'), 'zh-CN': own(fields.zh, 'zh-CN') } }, by);
		return null;
	} catch (error) {
		if (!isDomainError(error) || error.code !== 'invalid') throw error;
		return error.fields[0]?.field === 'places' ? 'places' : 'until';
	}
}

export type BannerState =
	| { readonly state: 'off' | 'ahead' | 'waiting' | 'live' | 'full' | 'ended' }
	| { readonly state: 'later'; readonly from: Date }
	/** Another one goes first on a page that both are for. */
	| { readonly state: 'behind'; readonly webinarId: string };

/** What became of a banner at `now`, in the order that pages choose by. */
export function bannerState(
	settings: BannerSettings | null,
	{ id, startsAt }: Pick<OccurrenceReport, 'id' | 'startsAt'>,
	shown: readonly BannerShown[],
	now: Date,
): BannerState {
	if (!settings?.isOn) return { state: 'off' };
	if (now < settings.fromAt) return { state: 'later', from: settings.fromAt };
	if (now >= (settings.untilAt ?? startsAt)) return { state: 'ended' };
	const at = shown.findIndex(({ occurrenceId }) => occurrenceId === id);
	const own = shown[at];
	if (!own) return { state: 'full' };
	const before = shown.slice(0, at).find(({ places }) => places.some((place) => own.places.includes(place)));
	return before ? { state: 'behind', webinarId: before.webinarId } : { state: own.phase };
}

/** The title of the webinar that goes first. */
export function titleOf(
	webinars: readonly { readonly id: string; readonly title: Readonly<Record<Locale, string>> }[],
	id: string,
	locale: Locale,
): string {
	const found = webinars.find((webinar) => webinar.id === id);
	return found ? inLocale(found.title, locale) : '';
}
