import { desc } from 'drizzle-orm';
import { z } from 'zod';

import { recordAudit } from '#kernel/audit.ts';
import type { Now } from '#kernel/clock.ts';
import type { Database, Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import type { Random } from '#kernel/id.ts';

import { type Reader, whoOf } from '../lead/reader.ts';
import { messageSettings } from '../schema.ts';

const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const time = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);

const caps = z
	.object({
		/** In any 24 hours. */
		day: whole(0, 50),
		/** In any 7 days. */
		week: whole(0, 200),
		/** In any 30 days. */
		month: whole(0, 500),
		/** Minutes after the last message of the channel that was no answer. */
		gapMinutes: whole(0, 43_200),
	})
	.superRefine(({ day, week, month }, context) => {
		if (week < day) context.addIssue({ code: 'custom', path: ['week'], message: 'order' });
		if (month < week) context.addIssue({ code: 'custom', path: ['month'], message: 'order' });
	});

/** Reminders have caps of their own; nurture and mailings share theirs. */
const channel = z.object({ reminder: caps, promotion: caps });

export const settingsInput = z.object({
	caps: z.object({ mail: channel, sms: channel }),
	/** Local hours of the person in which nothing but answers and mailed reminders goes; from = until: none. */
	quiet: z.object({ from: time, until: time, weekends: z.boolean() }),
	bounces: z.object({
		/** So many temporary failures suppress an address … */
		soft: whole(1, 20),
		/** … within so many days. */
		days: whole(1, 180),
	}),
	sending: z.object({
		/** Mails a minute to one receiving domain; answers and reminders go at once. */
		perMinute: whole(1, 10_000),
		/** First day of warming up, as 2026-11-30; '' for none. */
		warmUpFrom: z.union([z.literal(''), z.iso.date()]),
		/** Mails of the first day. */
		warmUpFirst: whole(1, 100_000),
		/** Percent more on each day after. */
		warmUpGrowth: whole(1, 300),
	}),
});

/** How much one person is sent and how fast mail leaves. */
export type MessageSettings = z.infer<typeof settingsInput>;
export type Caps = MessageSettings['caps']['mail']['reminder'];

export const DEFAULT_SETTINGS: MessageSettings = {
	caps: {
		mail: { reminder: { day: 6, week: 20, month: 60, gapMinutes: 0 }, promotion: { day: 1, week: 3, month: 8, gapMinutes: 240 } },
		sms: { reminder: { day: 2, week: 4, month: 8, gapMinutes: 60 }, promotion: { day: 1, week: 1, month: 3, gapMinutes: 1_440 } },
	},
	quiet: { from: '20:00', until: '08:00', weekends: true },
	bounces: { soft: 3, days: 30 },
	sending: { perMinute: 120, warmUpFrom: '', warmUpFirst: 200, warmUpGrowth: 50 },
};

export interface LiveSettings {
	/** 0: as shipped. */
	readonly version: number;
	readonly body: MessageSettings;
	readonly by: string;
	readonly at: Date | null;
}

/** The settings that hold. */
export async function liveSettings(handle: Handle): Promise<LiveSettings> {
	const [row] = await handle.select().from(messageSettings).orderBy(desc(messageSettings.version)).limit(1);
	return row ? { ...row, body: settingsInput.parse(row.body) } : { version: 0, body: DEFAULT_SETTINGS, by: 'system', at: null };
}

/** Reads what was typed. @throws DomainError invalid, with the path of each field */
export function readSettings(input: unknown): MessageSettings {
	const parsed = settingsInput.safeParse(input);
	if (parsed.success) return parsed.data;
	const fields = parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), code: message === 'order' ? 'order' : 'format' }));
	throw new DomainError('invalid', 'The settings cannot be kept like this.', { fields });
}

/** Keeps new settings over the version that their editor saw. @throws DomainError invalid, conflict (somebody changed them meanwhile) */
export async function changeSettings(
	{ db, now, random }: { readonly db: Database; readonly now: Now; readonly random: Random },
	input: unknown,
	seen: number,
	by: Reader,
): Promise<number> {
	const body = readSettings(input);
	return db.write(async (tx) => {
		const live = await liveSettings(tx);
		if (live.version !== seen) throw new DomainError('conflict', 'Somebody else has changed the settings meanwhile.');
		const version = seen + 1;
		await tx.insert(messageSettings).values({ version, body, by: by.actor, at: now() });
		const entry = { ...whoOf(by), action: 'delivery.settings', subject: `message-settings:${version}`, detail: {} };
		await recordAudit(tx, entry, now(), random);
		return version;
	});
}
