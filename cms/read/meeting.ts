import { isTimeZone } from '#kernel/clock.ts';

import type { Reward, Speaker, Webinar, WebinarSession } from '../content.ts';
import type { ReadContext } from './context.ts';
import { readItem } from './item.ts';
import { readMoments } from './moment.ts';
import type { RowReader } from './row.ts';

const DEFAULT_FORM = 'webinar-default';
const LONGEST_MINUTES = 24 * 60;

/** Null, and reported, when it has a mode that needs a start but no start. */
export function readWebinar(row: RowReader, context: ReadContext, companyZone: string): Webinar | null {
	const body = row.localised('body');
	const item = readItem(row, { body });
	if (!item) return null;
	const mode = row.oneOf('mode', ['live', 'simulive', 'on-demand', 'on-site'], 'on-demand');
	const startsAt = mode === 'on-demand' ? null : row.instant('starts_at');
	if (mode !== 'on-demand' && !startsAt) {
		row.report('left-out', 'starts_at');
		return null;
	}
	const video = row.asset('video');
	if ((mode === 'simulive' || mode === 'on-demand') && !video) row.report('missing-file', 'video');
	const repeats = mode === 'simulive' ? row.oneOf('repeats', ['none', 'daily'], 'none') : 'none';
	return {
		...item,
		type: 'webinars',
		mode,
		body,
		startsAt,
		repeats,
		sessions: mode === 'on-demand' || repeats === 'daily' ? [] : readSessions(row),
		timeZone: readZone(row, companyZone),
		durationMinutes: Math.min(row.integer('duration_minutes', 45, 1), LONGEST_MINUTES),
		capacity: seatsOf(row),
		place: mode === 'on-site' ? row.localised('place') : { en: '', 'zh-CN': '' },
		needsApproval: mode !== 'on-demand' && row.oneOf('admission', ['open', 'approval'], 'open') === 'approval',
		trailer: row.publicAsset('trailer'),
		speakers: row.references('speakers', 'speakers'),
		agenda: row.list('agenda').map((entry) => ({ minute: entry.integer('minute', 0), title: entry.localised('title') })),
		moments: readMoments(row, context),
		products: row.references('products', 'products'),
		series: row.reference('series', 'terms'),
		stageRole: row.oneOf('stage', ['awareness', 'consideration', 'decision'], 'consideration'),
		cover: row.picture('cover'),
		video,
		captions: { en: row.asset('captions_en'), 'zh-CN': row.asset('captions_zh') },
		survey: row.reference('survey', 'forms'),
		handout: { en: row.asset('handout_en'), 'zh-CN': row.asset('handout_zh') },
		rewards: readRewards(row),
		formKey: row.reference('form', 'forms') ?? DEFAULT_FORM,
	};
}

function readRewards(row: RowReader): Reward[] {
	return row.list('rewards').map((entry) => {
		const gives = entry.oneOf('gives', ['handout', 'certificate', 'replay'], 'handout');
		return {
			gives,
			days: gives === 'replay' ? entry.integer('days', 7, 1) : null,
			rule: {
				minMinutes: entry.integer('min_minutes', 0),
				minLiveMinutes: entry.integer('min_live_minutes', 0),
				minSharePercent: Math.min(100, entry.integer('min_share', 0)),
				polls: entry.integer('polls', 0),
				quizPoints: entry.integer('quiz_points', 0),
				survey: entry.text('survey') === 'yes',
				checkedIn: entry.text('checked_in') === 'yes',
			},
		};
	});
}

/** A row without a start is left out and reported; two rows of one start are one. */
function readSessions(row: RowReader): WebinarSession[] {
	const seen = new Set<number>();
	return row.list('sessions').flatMap((entry) => {
		const startsAt = entry.instant('starts_at');
		if (!startsAt) entry.report('left-out', 'sessions: starts_at');
		if (!startsAt || seen.has(startsAt.getTime())) return [];
		seen.add(startsAt.getTime());
		const timeZone = readZone(entry, '');
		return [{ startsAt, capacity: seatsOf(entry), place: entry.localised('place'), ...(timeZone === '' ? {} : { timeZone }) }];
	});
}

function seatsOf(row: RowReader): number | null {
	const seats = row.integer('capacity', 0);
	return seats > 0 ? seats : null;
}

export function readSpeaker(row: RowReader): Speaker {
	return {
		id: row.id,
		slug: row.slug,
		name: row.localised('name'),
		role: row.localised('role'),
		bio: row.localised('bio'),
		portrait: row.picture('portrait'),
	};
}

function readZone(row: RowReader, otherwise: string): string {
	const zone = row.text('time_zone');
	if (zone === '') return otherwise;
	if (isTimeZone(zone)) return zone;
	row.report('invalid-field', 'time_zone');
	return otherwise;
}
