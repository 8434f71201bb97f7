import type { ExportList, Gating } from '#gating';
import { DomainError } from '#kernel/errors.ts';
import { textsFor } from '#kernel/texts/index.ts';

import type { Attendee } from './count.ts';
import type { HostReports } from './create-host-report.ts';

const PAGE = 200;

interface Deps {
	readonly reports: Pick<HostReports, 'people' | 'of'>;
	readonly people: Pick<Gating['people'], 'contact'>;
	readonly timeZone: () => string;
}

/** Everybody behind the numbers of a host report with everything it counts of them; `of` narrows to one of its lists, as its pages do. */
export function attendeeExport({ reports, people, timeZone }: Deps): ExportList {
	return {
		key: 'attendees',
		right: 'webinars.read',
		open: async ({ query, locale }, { seesPeople }) => {
			const id = String(query['occurrenceId'] ?? '');
			if (!(await reports.of(id))) throw new DomainError('not-found', 'There is no such session.');
			const texts = textsFor(locale);
			const { column, attendee: heads, registration } = texts.export;
			const { figure, signal } = texts.hostReport;
			const format = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: timeZone() });
			const moment = (at: Date | null): string | null => at && format.format(at);
			const state = (code: string): string => (code === 'invited' ? figure.invited : registration[code as keyof typeof registration]);
			const minutes = (seconds: number): number => Math.round(seconds / 60);
			const cells = (one: Attendee): (string | number | null)[] => [
				...[state(one.state), one.channel, one.attendedVia, moment(one.registeredAt)],
				...[one.state === 'registered' ? figure[one.turnout] : null, minutes(one.liveSeconds), minutes(one.replaySeconds)],
				...[moment(one.firstJoinedAt), moment(one.lastLeftAt), one.stays.length, one.chats, one.questions, one.polls, one.quizPoints],
				one.signals.map((type) => (Object.hasOwn(signal, type) ? signal[type as keyof typeof signal] : type)).join('; '),
				...[one.surveyScore, one.isInvited ? heads.yes : heads.no, one.isImported ? heads.imported : heads.here],
			];
			const personal = seesPeople ? [column.name, column.email, column.company, column.jobTitle, column.grade] : [];
			return {
				heads: [
					...[column.id, ...personal, column.state, column.channel, heads.via, column.registered, heads.turnout, heads.live, heads.replay],
					...[heads.first, heads.last, heads.stays, heads.chats, heads.questions, heads.polls, heads.quiz, heads.signals, heads.score],
					...[heads.invited, heads.source],
				],
				hasPeople: seesPeople,
				async *pages() {
					const all = await reports.people(id, String(query['of'] ?? 'everybody'));
					for (let from = 0; from < all.length; from += PAGE) {
						const some = all.slice(from, from + PAGE);
						const contacts = seesPeople ? await Promise.all(some.map(({ personId }) => people.contact(personId))) : [];
						yield some.map((one, at) => {
							const known = contacts[at];
							const named = seesPeople ? [known?.name ?? null, known?.email ?? null, known?.company ?? null, known?.jobTitle ?? null, one.grade] : [];
							return [one.personId, ...named, ...cells(one)];
						});
					}
				},
			};
		},
	};
}
