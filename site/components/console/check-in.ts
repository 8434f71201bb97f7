import { inLocale, type Locale } from '#cms/content.ts';
import { fill, type Texts } from '#kernel/texts/index.ts';
import type { CheckInOutcome, WalkInOutcome } from '#webinar';

import { formatDayShort, formatTime } from '../../format.ts';

/** What came of a check-in, in a sentence. */
export function checkInWords(texts: Texts, outcome: CheckInOutcome | WalkInOutcome, locale: Locale, timeZone: string): string {
	const { result } = texts.onSite.checkIn;
	switch (outcome.status) {
		case 'checked-in':
			return fill(result['checked-in'], { name: outcome.name });
		case 'already':
			return fill(result.already, { name: outcome.name, time: formatTime(outcome.at, locale, timeZone) });
		case 'other-event':
			return fill(result['other-event'], { title: inLocale(outcome.title, locale), date: formatDayShort(outcome.startsAt, locale, timeZone) });
		case 'no-seat':
			return fill(result['no-seat'], { name: outcome.name, state: texts.export.registration[outcome.state] });
		case 'unknown':
		case 'full':
		case 'closed':
		case 'invalid':
		case 'slow-down':
			return result[outcome.status];
	}
}
