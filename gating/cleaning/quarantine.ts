import { and, asc, desc, eq, inArray, isNull, lt, or } from 'drizzle-orm';

import type { Snapshot } from '#cms/content.ts';
import { recordAudit } from '#kernel/audit.ts';
import type { Now } from '#kernel/clock.ts';
import type { Database, Handle } from '#kernel/database.ts';
import type { Random } from '#kernel/id.ts';
import type { Keys } from '#kernel/keys.ts';

import { markStale } from '../event/store.ts';
import { isLiving, type LivingPerson, openProfile } from '../identity/person.ts';
import type { Profile } from '../identity/profile.ts';
import { openAnswers } from '../identity/submission.ts';
import { readCursor, writeCursor } from '../lead/cursor.ts';
import type { Reader } from '../lead/reader.ts';
import { moveState } from '../lifecycle/advance.ts';
import { demandsWaiting } from '../routing/demand.ts';
import { logState } from '../lifecycle/advance.ts';
import { cleaningAllow, cleaningHit, formSubmission, lead, person } from '../schema.ts';
import { allowHash } from './hits.ts';
import type { CleaningField } from './rules.ts';

const PAGE = 50;
const CURSOR = 'quarantine';

export interface QuarantineDeps {
	readonly db: Database;
	readonly keys: Keys;
	readonly now: Now;
	readonly random: Random;
	readonly content: () => Snapshot;
}

export interface QuarantinedLead {
	readonly id: string;
	/** Null when not for the reader's eyes. */
	readonly name: string | null;
	readonly company: string;
	readonly createdAt: Date;
	/** Newest first; a rule and a field once. `value` is null when not for the reader's eyes. */
	readonly hits: readonly {
		readonly rule: string;
		readonly field: string;
		readonly outcome: string;
		readonly value: string | null;
		readonly at: Date;
	}[];
}

export interface Quarantine {
	/** Leads that were put aside, newest first, with every rule that fired and what it fired on. @throws DomainError invalid for a foreign cursor */
	list(reader: Reader, cursor?: string): Promise<{ readonly items: readonly QuarantinedLead[]; readonly nextCursor: string | null }>;
	/** Lets a lead out. Its rules do not fire on the same values again, whoever brings them. False when it is in no quarantine. */
	release(leadId: string, reader: Reader): Promise<boolean>;
}

type HitRow = typeof cleaningHit.$inferSelect;

export function createQuarantine({ db, keys, now, random, content }: QuarantineDeps): Quarantine {
	return Object.freeze<Quarantine>({
		list: async (reader, cursor) => {
			const place = cursor === undefined ? null : readCursor(CURSOR, 'number', cursor);
			const after = place
				? or(lt(lead.createdAt, new Date(place.value)), and(eq(lead.createdAt, new Date(place.value)), lt(lead.id, place.id)))
				: undefined;
			const rows = await db.read
				.select()
				.from(lead)
				.where(and(eq(lead.workingState, 'quarantine'), after))
				.orderBy(desc(lead.createdAt), desc(lead.id))
				.limit(PAGE + 1);
			const shown = rows.slice(0, PAGE);
			const items: QuarantinedLead[] = [];
			for (const row of shown) items.push(await viewOf(db.read, keys, row, reader.seesPeople));
			if (reader.seesPeople && items.length > 0)
				await db.write((tx) =>
					recordAudit(
						tx,
						{ ...by(reader), action: 'quarantine.list', subject: 'leads:quarantine', detail: { leads: items.map(({ id }) => id) } },
						now(),
						random,
					),
				);
			const last = shown.at(-1);
			return { items, nextCursor: rows.length > PAGE && last ? writeCursor(CURSOR, { value: last.createdAt.getTime(), id: last.id }) : null };
		},
		release: (leadId, reader) =>
			db.write(async (tx) => {
				const at = now();
				const [standing] = await tx.select({ state: lead.workingState }).from(lead).where(eq(lead.id, leadId));
				if (standing?.state !== 'quarantine') return false;
				const move = { leadId, from: 'quarantine', to: 'open', kind: 'staff', cause: reader.actor } as const;
				await moveState(tx, { ...move, evidence: { released: true } }, at, random);
				await logState(tx, { leadId, from: 'quarantine', to: 'open', cause: reader.actor, evidence: {} }, at, random);
				const persons = await personsOf(tx, leadId);
				for (const one of persons) await teach(tx, keys, one, reader.actor, at);
				if (persons.length > 0)
					await markStale(
						tx,
						persons.map(({ id }) => id),
					);
				await demandsWaiting(tx, { keys, now, random, content }, persons.map(({ id }) => id)); // prettier-ignore
				await recordAudit(tx, { ...by(reader), action: 'quarantine.release', subject: `lead:${leadId}`, detail: {} }, at, random);
				return true;
			}),
	});
}

const by = ({ actor, origin }: Reader) => ({ actor, origin });

/** Allows the values that the rules fired on, and closes the hits. */
async function teach(tx: Handle, keys: Keys, one: LivingPerson, actor: string, at: Date): Promise<void> {
	const open = and(eq(cleaningHit.personId, one.id), isNull(cleaningHit.releasedAt));
	const hits = await tx.select().from(cleaningHit).where(open);
	const valueOf = await valuesOf(tx, keys, one, hits);
	const learnt = hits.flatMap((hit) => {
		const value = hit.outcome === 'quarantine' ? valueOf(hit) : '';
		return value === '' ? [] : [{ rule: hit.rule, hash: allowHash(keys, hit.rule, value), personId: one.id, by: actor, at }];
	});
	if (learnt.length > 0) await tx.insert(cleaningAllow).values(learnt).onConflictDoNothing();
	await tx.update(cleaningHit).set({ releasedAt: at, releasedBy: actor }).where(open);
}

async function viewOf(handle: Handle, keys: Keys, row: typeof lead.$inferSelect, seesPeople: boolean): Promise<QuarantinedLead> {
	const persons = await personsOf(handle, row.id);
	const hits: QuarantinedLead['hits'][number][] = [];
	const seen = new Set<string>();
	for (const one of persons) {
		const rows = await handle
			.select()
			.from(cleaningHit)
			.where(and(eq(cleaningHit.personId, one.id), isNull(cleaningHit.releasedAt)))
			.orderBy(desc(cleaningHit.at), desc(cleaningHit.id));
		const valueOf = seesPeople ? await valuesOf(handle, keys, one, rows) : null;
		for (const hit of rows) {
			const { rule, field, outcome, at } = hit;
			const value = valueOf?.(hit) ?? null;
			const key = JSON.stringify([rule, field, value]);
			if (!seen.has(key)) hits.push({ rule, field, outcome, value, at });
			seen.add(key);
		}
	}
	const first = persons[0];
	const name = first && seesPeople ? (openProfile(keys, first).name ?? null) : null;
	return { id: row.id, name, company: row.company, createdAt: row.createdAt, hits };
}

async function personsOf(handle: Handle, leadId: string): Promise<LivingPerson[]> {
	const rows = await handle.select().from(person).where(eq(person.leadId, leadId)).orderBy(asc(person.createdAt), asc(person.id));
	return rows.filter(isLiving);
}

/** What each hit's field held: the words of its submission, else the profile as it is. */
async function valuesOf(handle: Handle, keys: Keys, one: LivingPerson, hits: readonly HitRow[]): Promise<(hit: HitRow) => string> {
	const profile: Profile = openProfile(keys, one);
	const ids = hits.flatMap(({ origin }) => (origin.startsWith('submission:') ? [origin.slice('submission:'.length)] : []));
	const rows = ids.length === 0 ? [] : await handle.select().from(formSubmission).where(inArray(formSubmission.id, ids));
	const answers = new Map(rows.map((row) => [`submission:${row.id}`, openAnswers(keys, one, row)]));
	return ({ origin, field }) => answers.get(origin)?.[field] ?? profile[field as CleaningField] ?? '';
}
