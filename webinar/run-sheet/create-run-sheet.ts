import { eq } from 'drizzle-orm';

import { inLocale, type Locale } from '#cms/content.ts';
import type { Reader } from '#gating';
import { recordAudit } from '#kernel/audit.ts';
import { DomainError } from '#kernel/errors.ts';

import { type WebinarsDeps, webinarById } from '../deps.ts';
import { occurrenceById } from '../programme/occurrence.ts';
import type { RunSheetLine } from '../promotion/schema.ts';
import { runSheet } from '../schema.ts';

export const CHECKS = ['speakers', 'recording', 'invitations', 'polls', 'devices', 'handout', 'backup'] as const;
export type Check = (typeof CHECKS)[number];

const MOST_LINES = 60;
const LONGEST = 300;

export interface RunSheet {
	readonly target: number | null;
	readonly highlights: string;
	/** By minute. */
	readonly lines: readonly RunSheetLine[];
	readonly done: readonly Check[];
	/** False while it is only the programme's agenda. */
	readonly isSaved: boolean;
}

export interface RunSheets {
	/** What was saved, or the agenda of the programme with its speakers. @throws DomainError not-found */
	of(occurrenceId: string, locale: Locale): Promise<RunSheet>;
	save(occurrenceId: string, sheet: Omit<RunSheet, 'isSaved'>, by: Pick<Reader, 'actor' | 'origin'>): Promise<void>;
}

export function createRunSheets({ db, now, random, content }: Pick<WebinarsDeps, 'db' | 'now' | 'random' | 'content'>): RunSheets {
	const requireOne = async (id: string) => {
		const found = await occurrenceById(db.read, id);
		if (!found) throw new DomainError('not-found', 'There is no such start of a webinar.');
		return found;
	};
	return Object.freeze<RunSheets>({
		of: async (occurrenceId, locale) => {
			const { webinarId } = await requireOne(occurrenceId);
			const [saved] = await db.read.select().from(runSheet).where(eq(runSheet.occurrenceId, occurrenceId));
			if (saved) return { ...saved, done: CHECKS.filter((check) => saved.done.includes(check)), isSaved: true };
			const webinar = webinarById(content(), webinarId);
			const names = (webinar?.speakers ?? []).flatMap((slug) => content().speakers.filter((speaker) => speaker.slug === slug));
			const who = names.map(({ name }) => inLocale(name, locale)).join(locale === 'en' ? ', ' : '、');
			const lines = (webinar?.agenda ?? []).map(({ minute, title }) => ({ minute, what: inLocale(title, locale), who }));
			return { target: null, highlights: '', lines, done: [], isSaved: false };
		},
		save: async (occurrenceId, { target, highlights, lines, done }, by) => {
			await requireOne(occurrenceId);
			const at = now();
			const kept = lines
				.map(({ minute, what, who }) => ({ minute: Math.trunc(minute), what: what.trim().slice(0, LONGEST), who: who.trim().slice(0, LONGEST) }))
				.filter(({ what, minute }) => what !== '' && Number.isFinite(minute))
				.sort((a, b) => a.minute - b.minute)
				.slice(0, MOST_LINES);
			const row = { target, highlights: highlights.trim().slice(0, 4_000), lines: kept, done: [...done], updatedAt: at, updatedBy: by.actor };
			await db.write(async (tx) => {
				await tx
					.insert(runSheet)
					.values({ occurrenceId, ...row })
					.onConflictDoUpdate({ target: runSheet.occurrenceId, set: row });
				await recordAudit(
					tx,
					{ ...by, action: 'webinar.run-sheet', subject: `occurrence:${occurrenceId}`, detail: { lines: kept.length } },
					at,
					random,
				);
			});
		},
	});
}
