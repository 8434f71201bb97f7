import { and, asc, eq, isNotNull, isNull, or } from 'drizzle-orm';

import { HOUR_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';

import { type Turnout, turnoutOf } from '../attendance/turnout.ts';
import type { WebinarsDeps } from '../deps.ts';
import { runOf } from '../programme/status.ts';
import { attendance, registration, replayAnswer, replayPass, replayTerms } from '../schema.ts';
import { type Host, hosted, noteAct } from '../stage/host.ts';
import { DEFAULT_HOURS, type Terms } from './expiry.ts';
import { passOf, termsOf } from './find.ts';
import { orderReplayMail } from './mail.ts';
import { ensurePass } from './watching.ts';

/** Who is sent the replay: registrants by how they turned out, or chosen people. */
export type Audience = 'registered' | Turnout;

export interface ReplayPerson {
	readonly personId: string;
	readonly firstPlayedAt: Date | null;
	readonly extendedUntil: Date | null;
	readonly askedAt: Date | null;
	readonly watchedSeconds: number;
	readonly uniqueSeconds: number;
}

export interface ReplayReport {
	readonly terms: Terms;
	/** Who has begun, was given more time or asks for it; those who ask first. */
	readonly people: readonly ReplayPerson[];
	/** Poll → answers by option, given to the replay. */
	readonly answers: Readonly<Record<string, Readonly<Record<number, number>>>>;
}

const PAGE = 100;
const HLS = /^\/(?!\/)[A-Za-z0-9._~\-/]{1,300}\.m3u8$/;

/** What hosts do for replays: terms, links, more time. */
export function createGive({ db, now, random }: Pick<WebinarsDeps, 'db' | 'now' | 'random'>) {
	const time = { now, random };
	const registrants = async (handle: Handle, host: Host, audience: Audience, isOwn = false): Promise<string[]> => {
		const occurrence = await hosted(handle, host);
		const run = runOf(occurrence);
		const rows = await handle
			.select({ personId: registration.personId, attendance })
			.from(registration)
			.leftJoin(attendance, and(eq(attendance.occurrenceId, registration.occurrenceId), eq(attendance.personId, registration.personId)))
			.where(
				and(
					eq(registration.occurrenceId, host.occurrenceId),
					eq(registration.state, 'registered'),
					isOwn ? isNull(registration.importId) : undefined,
				),
			)
			.orderBy(asc(registration.personId));
		return rows.filter((row) => audience === 'registered' || (run && turnoutOf(row.attendance, run) === audience)).map(({ personId }) => personId);
	};

	/** Gives passes and orders mails, each person once a day at most. Who had no seat is only written to if they agreed to be. */
	const send = async (host: Host, people: readonly string[]): Promise<number> => {
		const seats = new Set(await registrants(db.read, host, 'registered', true));
		const day = Math.floor(now().getTime() / (24 * HOUR_MS));
		let sent = 0;
		for (let from = 0; from < people.length; from += PAGE) {
			await db.write(async (tx) => {
				for (const personId of people.slice(from, from + PAGE)) {
					const id = await ensurePass(tx, host.occurrenceId, personId, time);
					const isOrdered = await orderReplayMail(tx, { id, personId }, seats.has(personId) ? 'reminders' : 'marketing.email', `sent-${day}`, time);
					if (isOrdered) sent++;
				}
			});
		}
		return sent;
	};

	return {
		report: async (host: Host): Promise<ReplayReport> => {
			const occurrence = await hosted(db.read, host);
			const people = await db.read
				.select()
				.from(replayPass)
				.where(
					and(
						eq(replayPass.occurrenceId, host.occurrenceId),
						or(isNotNull(replayPass.firstPlayedAt), isNotNull(replayPass.askedAt), isNotNull(replayPass.extendedUntil)),
					),
				)
				.limit(2_000);
			const given = await db.read
				.select({ poll: replayAnswer.poll, option: replayAnswer.option })
				.from(replayAnswer)
				.innerJoin(replayPass, eq(replayPass.id, replayAnswer.passId))
				.where(eq(replayPass.occurrenceId, host.occurrenceId));
			const answers: Record<string, Record<number, number>> = {};
			for (const { poll, option } of given) (answers[poll] ??= {})[option] = ((answers[poll] ?? {})[option] ?? 0) + 1;
			people.sort(
				(a, b) => Number(b.askedAt !== null) - Number(a.askedAt !== null) || (b.firstPlayedAt?.getTime() ?? 0) - (a.firstPlayedAt?.getTime() ?? 0),
			);
			return { terms: await termsOf(db.read, occurrence), people, answers };
		},
		/** @throws DomainError invalid */
		setTerms: async (host: Host, terms: Terms): Promise<void> => {
			if (terms.hlsPath !== '' && !HLS.test(terms.hlsPath))
				throw new DomainError('invalid', 'The playlist must be a path of this site that ends in .m3u8.');
			if (terms.kind === 'until' && terms.untilAt === null) throw new DomainError('invalid', 'Say until when.');
			if (!Number.isInteger(terms.hours) || terms.hours < 1 || terms.hours > 8_760)
				throw new DomainError('invalid', 'Say for how many hours, from 1 to 8760.');
			await db.write(async (tx) => {
				const { webinarId } = await hosted(tx, host);
				await tx
					.insert(replayTerms)
					.values({ webinarId, ...terms })
					.onConflictDoUpdate({ target: replayTerms.webinarId, set: terms });
				await noteAct(tx, host, { action: 'webinar.replay.terms', detail: { kind: terms.kind, hours: terms.hours } }, time);
			});
		},
		/** Mails the link to registrants. Returns how many mails were ordered. */
		sendTo: async (host: Host, audience: Audience): Promise<number> => {
			const people = await registrants(db.read, host, audience);
			const sent = await send(host, people);
			await db.write((tx) => noteAct(tx, host, { action: 'webinar.replay.sent', detail: { audience, sent } }, time));
			return sent;
		},
		/** The same to chosen people, such as those of a segment. */
		sendToPeople: async (host: Host, personIds: readonly string[], segmentId: string): Promise<number> => {
			const sent = await send(host, personIds);
			await db.write((tx) => noteAct(tx, host, { action: 'webinar.replay.sent', detail: { segmentId, sent } }, time));
			return sent;
		},
		/** Gives somebody more time from now on, and tells them. */
		extend: async (host: Host, personId: string, hours = DEFAULT_HOURS): Promise<void> => {
			const at = now();
			await db.write(async (tx) => {
				const pass = await passOf(tx, host.occurrenceId, personId);
				if (!pass) throw new DomainError('not-found', 'This person has no replay of it.');
				const extendedUntil = new Date(at.getTime() + hours * HOUR_MS);
				await tx.update(replayPass).set({ extendedUntil, askedAt: null }).where(eq(replayPass.id, pass.id));
				await orderReplayMail(tx, pass, 'necessary', `extended-${extendedUntil.getTime()}`, time);
				await noteAct(tx, host, { action: 'webinar.replay.extended', detail: { personId, hours } }, time);
			});
		},
	};
}
