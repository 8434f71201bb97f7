import { and, asc, desc, eq, isNull, lte } from 'drizzle-orm';

import type { LocalisedText, Snapshot } from '#cms/content.ts';
import { recordAudit } from '#kernel/audit.ts';
import type { Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';

import { isStorable } from '../event/props.ts';
import { type Reader, whoOf } from '../lead/reader.ts';
import { referralProgramme } from '../schema.ts';
import { newInvitationCode } from './code.ts';
import type { ReferralDeps } from './create-referrals.ts';

export type ProgrammeRow = typeof referralProgramme.$inferSelect;
export type ProgrammeState = 'planned' | 'running' | 'paused' | 'over';

/** A call to invite others to a paper or webinar. */
export interface Programme {
	readonly id: string;
	readonly code: string;
	readonly subject: string;
	readonly title: LocalisedText;
	/** In words; '' gives nothing. */
	readonly reward: LocalisedText;
	readonly terms: LocalisedText;
	/** So many counted invitations earn one reward. */
	readonly every: number;
	/** Rewards for one person at most. */
	readonly most: number;
	readonly offerId: string | null;
	readonly startsAt: Date;
	readonly endsAt: Date | null;
	readonly state: ProgrammeState;
}

export interface NewProgramme {
	readonly subject: string;
	readonly titleEn: string;
	readonly titleZh: string;
	readonly rewardEn: string;
	readonly rewardZh: string;
	readonly termsEn: string;
	readonly termsZh: string;
	readonly every: number;
	readonly most: number;
	readonly offerId: string | null;
	readonly startsAt: Date;
	readonly endsAt: Date | null;
}

/** What may change while people take part: not what was promised to them. */
export interface ProgrammeChange {
	readonly endsAt?: Date | null | undefined;
	readonly isPaused?: boolean | undefined;
}

const LONGEST = { title: 120, reward: 200, terms: 3_000 } as const;

export function programmeOf(row: ProgrammeRow, now: Date): Programme {
	const { id, code, subject, every, most, offerId, startsAt, endsAt } = row;
	return {
		...{ id, code, subject, every, most, offerId, startsAt, endsAt },
		title: { en: row.titleEn, 'zh-CN': row.titleZh },
		reward: { en: row.rewardEn, 'zh-CN': row.rewardZh },
		terms: { en: row.termsEn, 'zh-CN': row.termsZh },
		state: stateOf(row, now),
	};
}

export function stateOf({ startsAt, endsAt, pausedAt }: Pick<ProgrammeRow, 'startsAt' | 'endsAt' | 'pausedAt'>, now: Date): ProgrammeState {
	if (endsAt !== null && endsAt <= now) return 'over';
	if (pausedAt !== null) return 'paused';
	return startsAt > now ? 'planned' : 'running';
}

export async function listProgrammes(handle: Handle): Promise<ProgrammeRow[]> {
	return handle.select().from(referralProgramme).orderBy(desc(referralProgramme.createdAt), asc(referralProgramme.id));
}

export async function programmeByCode(handle: Handle, code: string): Promise<ProgrammeRow | null> {
	const [row] = await handle
		.select()
		.from(referralProgramme)
		.where(eq(referralProgramme.code, code.slice(0, 40)));
	return row ?? null;
}

/** The programme that runs for a paper or webinar; of several the newest. */
export async function runningFor(handle: Handle, subject: string, now: Date): Promise<ProgrammeRow | null> {
	const rows = await handle
		.select()
		.from(referralProgramme)
		.where(and(eq(referralProgramme.subject, subject), lte(referralProgramme.startsAt, now), isNull(referralProgramme.pausedAt)))
		.orderBy(desc(referralProgramme.startsAt), desc(referralProgramme.id));
	return rows.find((row) => stateOf(row, now) === 'running') ?? null;
}

/** @throws DomainError invalid */
export async function addProgramme({ db, now, random, content }: ReferralDeps, input: NewProgramme, by: Reader): Promise<Programme> {
	const at = now();
	const words = {
		titleEn: textOf(input.titleEn, 'titleEn', LONGEST.title),
		titleZh: textOf(input.titleZh || input.titleEn, 'titleZh', LONGEST.title),
		rewardEn: textOf(input.rewardEn, 'rewardEn', LONGEST.reward, true),
		rewardZh: textOf(input.rewardZh || input.rewardEn, 'rewardZh', LONGEST.reward, true),
		termsEn: textOf(input.termsEn, 'termsEn', LONGEST.terms, true),
		termsZh: textOf(input.termsZh || input.termsEn, 'termsZh', LONGEST.terms, true),
	};
	const { subject, offerId, startsAt, endsAt } = input;
	const most = offerId === null ? whole(input.most, 'most', 100) : 1;
	const every = whole(input.every, 'every', 1_000);
	if (itemOf(content(), subject) === null) throw wrong('subject', 'choice');
	if (offerId !== null && !content().offers.some(({ id }) => id === offerId)) throw wrong('offer', 'choice');
	if (offerId !== null && words.rewardEn === '') throw wrong('rewardEn', 'required');
	if (endsAt !== null && endsAt <= startsAt) throw wrong('endsAt', 'referral-end');
	const row: ProgrammeRow = {
		...{ id: newId(at, random), code: newInvitationCode(random), subject, ...words, every, most, offerId, startsAt, endsAt },
		...{ pausedAt: null, createdAt: at },
	};
	await db.write(async (tx) => {
		await tx.insert(referralProgramme).values(row);
		await recordAudit(tx, { ...whoOf(by), action: 'referral.add', subject: `referral:${row.id}`, detail: {} }, at, random);
	});
	return programmeOf(row, at);
}

/** @throws DomainError not-found, invalid */
export async function changeProgramme({ db, now, random }: ReferralDeps, code: string, change: ProgrammeChange, by: Reader): Promise<Programme> {
	return db.write(async (tx) => {
		const at = now();
		const row = await programmeByCode(tx, code);
		if (!row) throw new DomainError('not-found', 'There is no such programme.');
		const endsAt = change.endsAt === undefined ? row.endsAt : change.endsAt;
		if (endsAt !== null && endsAt <= row.startsAt) throw wrong('endsAt', 'referral-end');
		const pausedAt = change.isPaused === undefined ? row.pausedAt : change.isPaused ? (row.pausedAt ?? at) : null;
		await tx.update(referralProgramme).set({ endsAt, pausedAt }).where(eq(referralProgramme.id, row.id));
		await recordAudit(tx, { ...whoOf(by), action: 'referral.change', subject: `referral:${row.id}`, detail: {} }, at, random);
		return programmeOf({ ...row, endsAt, pausedAt }, at);
	});
}

/** The published paper or webinar that a subject names. */
export function itemOf({ whitePapers, webinars }: Snapshot, subject: string) {
	const [collection, id] = subject.split(':');
	if (collection === 'white_papers') return whitePapers.find((item) => item.id === id) ?? null;
	return collection === 'webinars' ? (webinars.find((item) => item.id === id) ?? null) : null;
}

function textOf(value: string, field: string, longest: number, mayBeEmpty = false): string {
	const tidy = value.normalize('NFC').replaceAll('\r\n', '\n').trim();
	if (tidy === '' && !mayBeEmpty) throw wrong(field, 'required');
	if (tidy.length > longest) throw wrong(field, 'too-long');
	if (!isStorable(tidy)) throw wrong(field, 'characters');
	return tidy;
}

function whole(value: number, field: string, most: number): number {
	if (!Number.isInteger(value) || value < 1 || value > most) throw wrong(field, 'referral-number');
	return value;
}

const wrong = (field: string, code: string) => new DomainError('invalid', 'The programme cannot be read.', { fields: [{ field, code }] });
