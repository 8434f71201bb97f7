import { Temporal } from 'temporal-polyfill';

import { MINUTE_MS } from '#kernel/clock.ts';

/** What columns of a session's list say of presence, beside what they say of people. */
export const PRESENCE_TARGETS = ['attended', 'registeredAt', 'joinedAt', 'leftAt', 'minutes'] as const;
export type PresenceTarget = (typeof PRESENCE_TARGETS)[number];

/** The session that a list is about. Instants are epoch milliseconds. */
export interface ImportSession {
	/** Id of the start of a webinar, as its owner knows it. */
	readonly occurrenceId: string;
	readonly startsAt: number;
	readonly endsAt: number;
	/** IANA zone that the times of the list are in. */
	readonly timeZone: string;
}

/** What one row says: somebody registered, and was there in one stretch or not. Instants are epoch milliseconds. */
export interface RowPresence {
	readonly registeredAt: number | null;
	readonly stretch: { readonly from: number; readonly to: number } | null;
	/** `outside`: wholly before or after the session, as with a wrong time zone; `unknown`: there, for nobody knows how long. */
	readonly kind: 'present' | 'absent' | 'outside' | 'unknown';
}

/** Longest stay that a list may tell of. */
const LONGEST_MINUTES = 1_440;
/** Exports round their minutes: a stretch is cut to them where it is longer by more than one. */
const ROUNDING_MS = MINUTE_MS;
const EMPTY = /^(?:|-+|—|n\/?a|null|无)$/iu;
const NO = /^(?:n|no|false|0|nein|non|否|未参加|缺席|absent|no[- ]?show)$/iu;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Reads the presence of a row. `wrong-time` for a filled cell that is no time, and for who left before they came. */
export function presenceOf(said: Readonly<Partial<Record<PresenceTarget, string>>>, session: ImportSession): RowPresence | 'wrong-time' {
	const filled = (target: PresenceTarget): string => (EMPTY.test((said[target] ?? '').trim()) ? '' : (said[target] ?? '').trim());
	const time = (target: PresenceTarget): number | null | 'wrong' => (filled(target) === '' ? null : (readMoment(filled(target), session) ?? 'wrong'));
	const [registeredAt, joinedAt, leftAt] = [time('registeredAt'), time('joinedAt'), time('leftAt')];
	const minutes: number | null | 'wrong' = filled('minutes') === '' ? null : (readMinutes(filled('minutes')) ?? 'wrong');
	if (registeredAt === 'wrong' || joinedAt === 'wrong' || leftAt === 'wrong' || minutes === 'wrong') return 'wrong-time';
	if (joinedAt !== null && leftAt !== null && leftAt < joinedAt) return 'wrong-time';
	const attended = filled('attended');
	const stretch = NO.test(attended) ? null : stretchOf(joinedAt, leftAt, minutes, session);
	if (!stretch) return { registeredAt, stretch, kind: attended === '' || NO.test(attended) ? 'absent' : 'unknown' };
	return { registeredAt, stretch, kind: stretch.from < session.endsAt && session.startsAt < stretch.to ? 'present' : 'outside' };
}

function stretchOf(joinedAt: number | null, leftAt: number | null, minutes: number | null, { startsAt }: ImportSession): RowPresence['stretch'] {
	const length = minutes === null ? null : minutes * MINUTE_MS;
	if (length === 0) return null;
	if (joinedAt === null || leftAt === null) {
		if (length === null) return null;
		const from = joinedAt ?? (leftAt === null ? startsAt : leftAt - length);
		return { from, to: from + length };
	}
	const to = length !== null && leftAt - joinedAt > length + ROUNDING_MS ? joinedAt + length : leftAt;
	return { from: joinedAt, to: Math.min(to, joinedAt + LONGEST_MINUTES * MINUTE_MS) };
}

/** `42`, `42.5`, `42 min`, `1:02:30`; null for anything else. */
export function readMinutes(cell: string): number | null {
	const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(cell);
	if (clock) {
		const [first, second, third] = clock.slice(1).map((part) => Number(part ?? Number.NaN));
		const whole = Number.isNaN(third ?? Number.NaN) ? (first ?? 0) + (second ?? 0) / 60 : (first ?? 0) * 60 + (second ?? 0) + (third ?? 0) / 60;
		return whole <= LONGEST_MINUTES ? whole : null;
	}
	const plain = /^(\d{1,4}(?:[.,]\d+)?)\s*(?:m|min|mins|minutes?|分钟|分)?\.?$/iu.exec(cell);
	const minutes = plain ? Number(plain[1]?.replace(',', '.')) : Number.NaN;
	return minutes <= LONGEST_MINUTES ? minutes : null;
}

/**
 * An instant as platforms write it, in the zone of the list unless it names an offset: `2026-03-12 10:01`, `03/12/2026 10:01:22 AM`,
 * `Mar 12, 2026 10:01`, `12.03.2026 10:01`, `2026年3月12日 上午10:01`. Where day and month could be exchanged, the reading nearer to the session holds.
 * Null for anything else.
 */
export function readMoment(cell: string, { timeZone, startsAt }: Pick<ImportSession, 'timeZone' | 'startsAt'>): number | null {
	const text = cell.normalize('NFKC').replaceAll(/\s+/gu, ' ').trim();
	if (/^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})$/.test(text)) {
		const instant = Date.parse(text);
		return Number.isNaN(instant) ? null : instant;
	}
	const time = timeIn(text);
	if (!time) return null;
	const readings = daysIn(text).flatMap((day) => instantOf(day, time, timeZone) ?? []);
	return readings.reduce<number | null>((best, one) => (best === null || Math.abs(one - startsAt) < Math.abs(best - startsAt) ? one : best), null);
}

type Day = readonly [year: number, month: number, day: number];

function daysIn(text: string): readonly Day[] {
	const years = /^(\d{4})[-/.年] ?(\d{1,2})[-/.月] ?(\d{1,2})/u.exec(text);
	if (years) return [[Number(years[1]), Number(years[2]), Number(years[3])]];
	const numbers = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})/.exec(text);
	if (numbers) {
		const [one, other, year] = [Number(numbers[1]), Number(numbers[3]), Number(numbers[4])];
		return numbers[2] === '.' ? [[year, other, one]] : [[year, one, other], ...(one === other ? [] : [[year, other, one] as const])];
	}
	const named = /^(?:[a-z]{3,9}\.?,? )?(?:([a-z]{3,9})\.? (\d{1,2})|(\d{1,2}) ([a-z]{3,9})\.?),? (\d{4})/i.exec(text);
	const month = MONTHS.indexOf((named?.[1] ?? named?.[4] ?? '').slice(0, 3).toLowerCase()) + 1;
	return named && month > 0 ? [[Number(named[5]), month, Number(named[2] ?? named[3])]] : [];
}

/** Midnight where a text says no time. Null for a time that is none. */
function timeIn(text: string): { readonly hour: number; readonly minute: number; readonly second: number } | null {
	const found = /(上午|下午)? ?(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)? ?(am|pm)?/iu.exec(text);
	if (!found) return { hour: 0, minute: 0, second: 0 };
	const half = (found[1] ?? found[5] ?? '').toLowerCase();
	const said = Number(found[2]);
	const isLate = half === 'pm' || half === '下午';
	if (half !== '' && (said < 1 || said > 12)) return null;
	const hour = half === '' ? said : (said % 12) + (isLate ? 12 : 0);
	const [minute, second] = [Number(found[3]), Number(found[4] ?? 0)];
	return hour > 23 || minute > 59 || second > 59 ? null : { hour, minute, second };
}

function instantOf([year, month, day]: Day, time: { readonly hour: number; readonly minute: number; readonly second: number }, timeZone: string) {
	try {
		return Temporal.PlainDateTime.from({ year, month, day, ...time }, { overflow: 'reject' }).toZonedDateTime(timeZone).epochMilliseconds;
	} catch {
		return null;
	}
}
