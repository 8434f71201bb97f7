import { fill, type Texts } from '#kernel/texts/index.ts';
import type { RegistrationReport } from '#webinar';

/** How a registration ended, in words: minutes, absent, still ahead, or its state. */
export function attendanceWords(
	{ console: texts, history }: Texts,
	{ state, importId, attendedSeconds, endsAt }: RegistrationReport,
	now: Date,
): string {
	const text = texts.lead.webinars;
	const source = importId === null ? '' : ` · ${history.source}`;
	if (attendedSeconds !== null && attendedSeconds > 0) return fill(text.minutes, { minutes: Math.max(1, Math.round(attendedSeconds / 60)) }) + source;
	if (state !== 'registered') return text.state[state] + source;
	return (endsAt > now ? text.ahead : attendedSeconds === null ? text.counting : text.absent) + source;
}
