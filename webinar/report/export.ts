import type { ExportList, Gating } from '#gating';
import { DomainError } from '#kernel/errors.ts';
import { textsFor } from '#kernel/texts/index.ts';

import type { WebinarReport } from './create-report.ts';

const MOST = 20_000;
const PAGE = 200;

interface Deps {
	readonly report: Pick<WebinarReport, 'registrants' | 'occurrence'>;
	readonly people: Pick<Gating['people'], 'contact'>;
	readonly timeZone: () => string;
}

/** Who registered for one start of a webinar, and how long they stayed. */
export function registrationExport({ report, people, timeZone }: Deps): ExportList {
	return {
		key: 'registrations',
		right: 'webinars.read',
		open: async ({ query, locale }, { seesPeople }) => {
			const id = String(query['occurrenceId'] ?? '');
			if (!(await report.occurrence(id))) throw new DomainError('not-found', 'There is no such webinar.');
			const { column, registration } = textsFor(locale).export;
			const format = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: timeZone() });
			const personal = seesPeople ? [column.name, column.email, column.company, column.jobTitle] : [];
			return {
				heads: [column.id, ...personal, column.state, column.channel, column.registered, column.minutes],
				hasPeople: seesPeople,
				async *pages() {
					const all = await report.registrants(id, MOST);
					for (let from = 0; from < all.length; from += PAGE) {
						const some = all.slice(from, from + PAGE);
						const contacts = seesPeople ? await Promise.all(some.map(({ personId }) => people.contact(personId))) : [];
						yield some.map(({ personId, state, channel, registeredAt, attendedSeconds }, at) => {
							const known = contacts[at];
							return [
								personId,
								...(seesPeople ? [known?.name ?? null, known?.email ?? null, known?.company ?? null, known?.jobTitle ?? null] : []),
								...[registration[state], channel, format.format(registeredAt), attendedSeconds === null ? null : Math.round(attendedSeconds / 60)],
							];
						});
					}
				},
			};
		},
	};
}
