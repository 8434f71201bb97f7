import { and, asc, eq } from 'drizzle-orm';

import type { Locale } from '#cms/content.ts';
import { SECOND_MS } from '#kernel/clock.ts';
import { DomainError } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';

import type { WebinarsDeps } from '../deps.ts';
import type { FanOut } from '../interaction/fan-out.ts';
import { append, roomLock } from '../interaction/log.ts';
import type { Occurrence } from '../programme/occurrence.ts';
import { runOf } from '../programme/status.ts';
import { interaction } from '../schema.ts';
import { type Host, hosted } from '../stage/host.ts';
import { vttOf } from './vtt.ts';

export const CAPTION_LENGTH = 200;

export interface Captions {
	/** Sends a typed line to everybody. Returns its number in the room's log. @throws DomainError invalid, conflict (nothing runs) */
	type(host: Host, text: string, locale: Locale): Promise<number>;
}

interface Typed {
	readonly text: string;
	readonly locale: Locale;
}

/** Captions typed while a webinar runs: lines of the room's log, beside the chat. */
export function createCaptions({ db, now, random, fanOut }: Pick<WebinarsDeps, 'db' | 'now' | 'random'> & { readonly fanOut: FanOut }) {
	const type = async (host: Host, text: string, locale: Locale): Promise<number> => {
		const line = text.trim();
		if (line === '' || line.length > CAPTION_LENGTH || !line.isWellFormed())
			throw new DomainError('invalid', `A caption has 1 to ${CAPTION_LENGTH} characters.`);
		const data: Typed = { text: line, locale };
		const seq = await db.write(
			async (tx) => {
				const at = now();
				const run = runOf(await hosted(tx, host));
				if (!run || at < run.startsAt || at > run.endsAt) throw new DomainError('conflict', 'Captions are typed while it runs.');
				return append(tx, { id: newId(at, random), occurrenceId: host.occurrenceId, kind: 'caption', data, at });
			},
			{ locks: roomLock(host.occurrenceId) },
		);
		await fanOut.pump(host.occurrenceId);
		return seq ?? 0;
	};

	/** WebVTT of what was typed in one language, for the recording; null when nothing was. */
	const typed = async (occurrence: Occurrence, locale: Locale, offsetSeconds: number): Promise<string | null> => {
		const start = runOf(occurrence)?.startsAt ?? occurrence.startsAt;
		const rows = await db.read
			.select({ at: interaction.at, data: interaction.data })
			.from(interaction)
			.where(and(eq(interaction.occurrenceId, occurrence.id), eq(interaction.kind, 'caption')))
			.orderBy(asc(interaction.seq));
		const lines = rows
			.map(({ at, data }) => ({ at, ...(data as unknown as Typed) }))
			.filter((line) => line.locale === locale)
			.map(({ at, text }) => ({ second: (at.getTime() - start.getTime()) / SECOND_MS + offsetSeconds, text }));
		return lines.length > 0 ? vttOf(lines) : null;
	};

	return { type, typed };
}
