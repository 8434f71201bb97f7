import type { RuleBody } from '#gating';

import { listTyped, numberTyped } from './routing.ts';

type FollowUp = RuleBody<'follow-up'>;
type Calendar = FollowUp['calendars'][number];

/** What was typed into the form of the follow-up, as the rule that the hub still has to accept. */
export function followUpTyped(data: FormData, staffIds: readonly string[]) {
	const value = (name: string) => String(data.get(name) ?? '').trim();
	const count = Math.min(20, Number(value('calendarCount')) || 0);
	const all = Array.from({ length: count }, (_, at) => calendarTyped(data, at));
	const calendars =
		data.get('action') === 'add-calendar' ? [...all, newCalendar(all)] : all.filter((_, at) => value('action') !== `remove-calendar:${at}`);
	return {
		hours: numberTyped(data, 'hours'),
		counts: value('counts'),
		demandMinutes: numberTyped(data, 'demandMinutes'),
		remindAt: numberTyped(data, 'remindAt'),
		escalateAt: numberTyped(data, 'escalateAt'),
		escalateTo: value('escalateTo'),
		reassignAt: numberTyped(data, 'reassignAt'),
		calendar: value('calendar'),
		calendars,
		staff: staffIds.flatMap((staffId) => {
			const calendar = value(`calendarOf:${staffId}`);
			return calendar === '' ? [] : [{ staffId, calendar }];
		}),
	};
}

function calendarTyped(data: FormData, at: number): Calendar {
	const value = (name: string) => String(data.get(`${name}-${at}`) ?? '').trim();
	return {
		...{ key: value('key'), name: value('name'), timeZone: value('timeZone'), from: value('from'), until: value('until') },
		weekdays: data.getAll(`weekdays-${at}`).map(Number),
		hasChineseHolidays: data.has(`chinese-${at}`),
		holidays: listTyped(data, `holidays-${at}`),
		workdays: listTyped(data, `workdays-${at}`),
	};
}

function newCalendar(all: readonly Calendar[]): Calendar {
	const keys = new Set(all.map(({ key }) => key));
	const key = Array.from({ length: all.length + 1 }, (_, at) => `calendar-${at + 1}`).find((one) => !keys.has(one)) ?? 'calendar';
	return {
		...{ key, name: '', timeZone: all[0]?.timeZone ?? 'UTC', weekdays: [1, 2, 3, 4, 5], from: '08:00', until: '18:00' },
		...{ hasChineseHolidays: false, holidays: [], workdays: [] },
	};
}
