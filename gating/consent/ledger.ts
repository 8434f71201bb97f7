import { and, desc, eq, isNull, or, sql } from 'drizzle-orm';

import { type Handle, prepared } from '#kernel/database.ts';
import { newId, type Random } from '#kernel/id.ts';
import { touch } from '#kernel/touched.ts';

import { stopPurpose } from '../message/post.ts';
import { consent } from '../schema.ts';
import { announce } from '../webhook/announce.ts';
import { consentsHeld, type Purpose, type UNLESS_OBJECTED } from './purpose.ts';

/** Whose answers: a browser, a person, or a person in their browser. */
export interface Subject {
	readonly visitorId: string | null;
	readonly personId: string | null;
}

export interface NewConsent extends Subject {
	readonly purpose: Purpose;
	readonly given: boolean;
	/** Hash of the frozen wording; '' where none was shown, as with a withdrawal. */
	readonly textHash: string;
	/** `banner`, `form:<key>`, `preferences`, `api`, `import`. */
	readonly how: string;
	readonly channel: string;
}

/** One purpose of a person: the newest answer and the wording it was given to. */
export interface ConsentState {
	readonly purpose: string;
	readonly given: boolean;
	readonly textHash: string;
	readonly how: string;
	readonly channel: string;
	readonly at: Date;
}

/** Appends answers; rows are never changed. */
export async function append(tx: Handle, answers: readonly NewConsent[], now: Date, random: Random): Promise<void> {
	if (answers.length === 0) return;
	await tx.insert(consent).values(answers.map((answer) => ({ ...answer, id: newId(now, random), at: now })));
	touch(tx, ...answers.flatMap(({ visitorId, personId }) => [visitorId, personId]));
	for (const { personId, purpose, given } of answers) if (personId !== null && !given) await stopPurpose(tx, personId, purpose, now, random);
	for (const { personId, purpose, given, how } of answers)
		if (personId !== null && !given && !isUnticked(how))
			await announce(tx, { type: 'consent.withdrawn', personId, data: { purpose, how } }, now, random);
}

/** A box that was left empty takes nothing back. */
const isUnticked = (how: string): boolean => how === 'banner' || how.startsWith('form:');

/**
 * What `subject` agreed to, by the newest answer per purpose. Answers of a browser count while it has no other owner than
 * the person, so that of two people at one browser each has their own.
 */
export async function consentsOf(handle: Handle, subject: Subject): Promise<ReadonlySet<Purpose>> {
	const { visitorId, personId } = subject;
	if (visitorId === null && personId === null) return new Set();
	const rows = await answersOf(handle).execute({ visitorId: visitorId ?? '', personId: personId ?? '' });
	return consentsHeld(rows);
}

/** Newest answer per purpose of a person, for the preference centre and the lead's page. */
export async function consentStates(handle: Handle, personId: string): Promise<ConsentState[]> {
	const rows = await handle.select().from(consent).where(eq(consent.personId, personId)).orderBy(desc(consent.at), desc(consent.id));
	const seen = new Set<string>();
	return rows
		.filter((row) => !seen.has(row.purpose) && seen.add(row.purpose))
		.map(({ purpose, given, textHash, how, channel, at }) => ({ purpose, given, textHash, how, channel, at }));
}

/** Whether the person said no to what holds without being asked; who was never asked or did not answer has not objected. */
export async function hasObjected(handle: Handle, personId: string, purpose: (typeof UNLESS_OBJECTED)[number]): Promise<boolean> {
	const [newest] = await handle
		.select({ given: consent.given })
		.from(consent)
		.where(and(eq(consent.personId, personId), eq(consent.purpose, purpose)))
		.orderBy(desc(consent.at), desc(consent.id))
		.limit(1);
	return newest?.given === false;
}

const answersOf = prepared((handle) =>
	handle
		.select({ id: consent.id, purpose: consent.purpose, given: consent.given, at: consent.at })
		.from(consent)
		.where(
			or(
				eq(consent.personId, sql.placeholder('personId')),
				and(eq(consent.visitorId, sql.placeholder('visitorId')), or(isNull(consent.personId), eq(consent.personId, sql.placeholder('personId')))),
			),
		)
		.prepare('consent.answers'),
);
