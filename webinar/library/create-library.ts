import { and, asc, eq, gt, inArray, isNull, or } from 'drizzle-orm';

import type { Locale } from '#cms/content.ts';
import { followedName, type Visitor, type WhenProved } from '#gating';
import { DAY_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import { enqueue } from '#kernel/outbox.ts';
import { stableId } from '#kernel/id.ts';

import { AFTER_MAIL, type AfterOrder } from '../aftermath/after-mail.ts';
import { type WebinarsDeps, webinarById } from '../deps.ts';
import { follow, followTold, occurrence } from '../schema.ts';
import { subjectsOf } from './next.ts';

/** Followers of one transaction. */
const PAGE = 100;

/** Something that somebody follows. */
export interface Followed {
	/** `series:<slug>` or `speaker:<slug>`. */
	readonly subject: string;
	readonly name: string;
	readonly since: Date;
}

export interface Library {
	/** The name of what `series:<slug>` or `speaker:<slug>` says; null for what is not published. */
	nameOf(subject: string, locale: Locale): string | null;
	/** What of these subjects a visitor follows; empty for strangers. */
	followed(visitor: Visitor): Promise<readonly string[]>;
	/** Begins or ends following in a verified person's own browser; others are told to prove who they are. Again changes nothing. */
	follow(visitor: Visitor, subject: string, wants: boolean, locale: Locale): Promise<'followed' | 'stopped' | 'unknown' | 'proof-required'>;
	/** What a person follows, by name in this language, the first first; what is no longer published is left out. */
	followedBy(personId: string, locale: Locale): Promise<readonly Followed[]>;
	/** Ends following for a person who opened their own page. */
	stop(personId: string, subject: string): Promise<void>;
	/** Begins following for whoever asked by their address alone, once the link or code of its mail proved it to be theirs. */
	readonly whenProved: WhenProved;
	/** Orders the mails about sessions that were announced since. Called every minute. Returns how many. */
	tellDue(): Promise<number>;
}

/** Following of series and speakers. A person hears of a session once, however much of it they follow. */
export function createLibrary({ db, now, random, content, gating }: Pick<WebinarsDeps, 'db' | 'now' | 'random' | 'content' | 'gating'>): Library {
	const tellOne = async (one: typeof occurrence.$inferSelect): Promise<number> => {
		const webinar = webinarById(content(), one.webinarId);
		const subjects = webinar ? subjectsOf(webinar) : [];
		let told = 0;
		for (let after = '', people: string[] = []; subjects.length > 0; after = people.at(-1) ?? '') {
			const rows = await db.read
				.selectDistinct({ personId: follow.personId })
				.from(follow)
				.where(and(inArray(follow.subject, subjects), gt(follow.personId, after)))
				.orderBy(asc(follow.personId))
				.limit(PAGE);
			people = rows.map(({ personId }) => personId);
			told += await db.write(async (tx) => {
				let made = 0;
				for (const personId of people) {
					const payload: AfterOrder = { template: 'next', occurrenceId: one.id, personId };
					// A webinar that repeats daily is news once.
					const order = {
						kind: AFTER_MAIL,
						key: `next:${one.webinarId}:${newsOf(one)}:${personId}`,
						payload: { ...payload },
						personId,
						dueAt: now(),
					};
					if (await enqueue(tx, order, now(), random)) made++;
				}
				return made;
			});
			if (people.length < PAGE) break;
		}
		await db.write(async (tx) => void (await tx.insert(followTold).values({ occurrenceId: one.id, toldAt: now() }).onConflictDoNothing()));
		return told;
	};
	/** Sessions of one webinar that are one piece of news: a daily one, and a recording; every other start is its own. */
	const newsOf = (one: typeof occurrence.$inferSelect): string =>
		one.mode === 'on-demand' ? 'recording' : webinarById(content(), one.webinarId)?.repeats === 'daily' ? 'daily' : one.id;

	const begin = async (tx: Handle, of: { readonly personId: string; readonly visitorId: string | null; readonly subject: string }): Promise<void> => {
		const at = now();
		const { personId, visitorId, subject } = of;
		const made = await tx.insert(follow).values({ personId, subject, since: at }).onConflictDoNothing().returning({ since: follow.since });
		if (made.length === 0) return;
		const id = stableId(`follow:${subject}:${personId}:${at.getTime()}`);
		await gating.events.record(tx, { id, type: 'webinar.followed', at, personId, visitorId, subject, props: {} });
	};

	return Object.freeze<Library>({
		nameOf: (subject, locale) => followedName(content(), subject, locale),
		followed: async ({ personId, isVerified }) => {
			if (!isVerified || personId === null) return [];
			const isHeld = (await gating.consents.of(personId)).some(({ purpose, given }) => purpose === 'following' && given);
			if (!isHeld) return [];
			const rows = await db.read.select({ subject: follow.subject }).from(follow).where(eq(follow.personId, personId)).orderBy(asc(follow.since));
			return rows.map(({ subject }) => subject);
		},
		followedBy: async (personId, locale) => {
			const rows = await db.read
				.select({ subject: follow.subject, since: follow.since })
				.from(follow)
				.where(eq(follow.personId, personId))
				.orderBy(asc(follow.since), asc(follow.subject));
			return rows.flatMap((row) => {
				const name = followedName(content(), row.subject, locale);
				return name === null ? [] : [{ ...row, name }];
			});
		},
		stop: (personId, subject) =>
			db.write(async (tx) => void (await tx.delete(follow).where(and(eq(follow.personId, personId), eq(follow.subject, subject))))),
		follow: async ({ personId, isVerified, visitorId }, subject, wants, locale) => {
			if (followedName(content(), subject, locale) === null) return 'unknown';
			if (!isVerified || personId === null) return 'proof-required';
			if (wants) await gating.preferences.change({ personId, visitorId, offered: ['following'], chosen: ['following'], how: 'follow', locale });
			return db.write(async (tx) => {
				if (!wants) {
					await tx.delete(follow).where(and(eq(follow.personId, personId), eq(follow.subject, subject)));
					return 'stopped';
				}
				await begin(tx, { personId, visitorId, subject });
				return 'followed';
			});
		},
		whenProved: async (tx, { personId, visitorId, subject, agreed }) => {
			if (agreed.includes('following') && followedName(content(), subject, 'en') !== null) await begin(tx, { personId, visitorId, subject });
		},
		tellDue: async () => {
			const at = now();
			const due = await db.read
				.select({ occurrence })
				.from(occurrence)
				.leftJoin(followTold, eq(followTold.occurrenceId, occurrence.id))
				.where(
					and(
						isNull(followTold.occurrenceId),
						isNull(occurrence.cancelledAt),
						or(gt(occurrence.startsAt, at), and(eq(occurrence.mode, 'on-demand'), gt(occurrence.startsAt, new Date(at.getTime() - DAY_MS)))),
					),
				)
				.limit(20);
			let told = 0;
			for (const { occurrence: one } of due) if (webinarById(content(), one.webinarId)) told += await tellOne(one);
			return told;
		},
	});
}
