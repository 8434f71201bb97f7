import type { Schedules } from '#gating';
import { isDomainError } from '#kernel/errors.ts';

import type { Session } from './open.ts';

/** What came of an act on reports by mail. */
export const DONE = ['added', 'stopped', 'tested'] as const;
export type Done = (typeof DONE)[number];

const ERRORS = ['reports', 'recipients', 'rhythm', 'hour', 'gone'] as const;

/** Does what a form asks. @throws DomainError invalid, not-found */
export async function actOnSchedules(schedules: Schedules, data: FormData, { reader, staff }: Pick<Session, 'reader' | 'staff'>): Promise<Done> {
	const value = (name: string): string => String(data.get(name) ?? '').slice(0, 64);
	const values = (name: string): string[] => data.getAll(name).map((one) => String(one).slice(0, 64));
	switch (value('action')) {
		case 'stop':
			await schedules.stop(value('id'), reader);
			return 'stopped';
		case 'test':
			await schedules.test(value('id'), staff.id, reader);
			return 'tested';
		default: {
			const rhythm = value('rhythm') as 'weekly' | 'monthly';
			const day = Number(value(rhythm === 'weekly' ? 'weekday' : 'monthDay'));
			await schedules.add(
				{ reports: values('reports') as never, recipients: values('recipients'), rhythm, day, hour: Number(value('hour')) },
				reader,
			);
			return 'added';
		}
	}
}

/** Why a form was refused, as words are chosen; null for what is no refusal. */
export function scheduleError(error: unknown): (typeof ERRORS)[number] | null {
	if (!isDomainError(error)) return null;
	if (error.code === 'not-found') return 'gone';
	return ERRORS.find((one) => one === error.fields[0]?.field) ?? null;
}
