import { and, eq, inArray } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import type { Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';

import { type Reader, whoOf } from '../lead/reader.ts';
import { journey, journeyEnrolment, journeyVersion } from '../schema.ts';
import { checkJourney, type Known, type Mistake } from './check.ts';
import { isWatched } from './decide.ts';
import type { JourneyDefinition } from './definition.ts';
import { JOURNEY_LOCK, type JourneyDeps, originOf } from './deps.ts';
import { UNDER_WAY } from './leave.ts';
import type { JourneyState } from './schema.ts';
import { forgetMembers } from './sweep.ts';
import type { Versions } from './versions.ts';

export type EditDeps = JourneyDeps & {
	readonly versions: Versions;
	/** What definitions may name at this moment. */
	readonly known: () => Promise<Known>;
};

type JourneyRow = typeof journey.$inferSelect;

/** Keeps a definition as a draft, however unfinished; returns the journey's id. @throws DomainError not-found, conflict (it was stopped) */
export async function saveDraft({ db, now, random }: EditDeps, id: string | null, draft: JourneyDefinition, by: Reader): Promise<string> {
	const at = now();
	const journeyId = id ?? newId(at, random);
	await db.write(async (tx) => {
		if (id === null) {
			const blank = { state: 'draft', version: 0, since: null, sweptAt: null };
			await tx.insert(journey).values({ id: journeyId, draft, createdBy: by.actor, createdAt: at, changedAt: at, ...blank });
		} else {
			await requireJourney(tx, id);
			await tx.update(journey).set({ draft, changedAt: at }).where(eq(journey.id, id));
		}
		await note(tx, by, 'journey.save', journeyId, {}, at, random);
	});
	return journeyId;
}

export type PublishOutcome =
	| { readonly status: 'published'; readonly version: number }
	| { readonly status: 'mistakes'; readonly mistakes: readonly Mistake[] }
	/** Nothing narrows who comes in: somebody has to agree to the number. */
	| { readonly status: 'everybody' };

/**
 * Makes the draft the version that takes people in from now on; who is under way stays on theirs. Nothing that happened before the first
 * publishing takes anybody in; the same holds after the trigger was changed.
 *
 * @throws DomainError not-found
 */
export async function publishJourney(deps: EditDeps, id: string, asksEverybody: boolean, by: Reader): Promise<PublishOutcome> {
	const { db, now, random } = deps;
	const known = await deps.known();
	return db.write(
		async (tx): Promise<PublishOutcome> => {
			const at = now();
			const row = await requireJourney(tx, id);
			const mistakes = checkJourney(row.draft, known);
			if (mistakes.length > 0) return { status: 'mistakes', mistakes };
			if (asksEverybody && !row.draft.agreedToEverybody) return { status: 'everybody' };
			const before = row.version === 0 ? null : await deps.versions.one(tx, id, row.version);
			const goesOn = row.state === 'live' && before !== null && triggerOf(before) === triggerOf(row.draft);
			const version = row.version + 1;
			await tx.insert(journeyVersion).values({ journeyId: id, version, definition: row.draft, publishedAt: at, publishedBy: by.actor });
			if (!goesOn) await forgetMembers(tx, id);
			if (row.state === 'paused') await hold(tx, id, 'held', 'active');
			await tx
				.update(journey)
				.set({ state: 'live', version, changedAt: at, ...(goesOn ? {} : { since: at, sweptAt: null }) })
				.where(eq(journey.id, id));
			await note(tx, by, 'journey.publish', id, { version }, at, random);
			return { status: 'published', version };
		},
		{ locks: JOURNEY_LOCK },
	);
}

const triggerOf = ({ trigger, audience }: JourneyDefinition): string => JSON.stringify([trigger, audience]);

export const ACTS = ['pause', 'resume', 'stop'] as const;
export type JourneyAct = (typeof ACTS)[number];

const FROM: Readonly<Record<JourneyAct, readonly JourneyState[]>> = { pause: ['live'], resume: ['paused'], stop: ['live', 'paused'] };
const TO: Readonly<Record<JourneyAct, JourneyState>> = { pause: 'paused', resume: 'live', stop: 'stopped' };

/** What can be done with a journey in this state. */
export const possibleActs = (state: string): readonly JourneyAct[] => ACTS.filter((act) => (FROM[act] as readonly string[]).includes(state));

/**
 * `pause`: nobody comes in or moves on, and clocks of waits run. `stop`: everybody leaves, and what is queued for them is taken back.
 * Returns how many messages were taken back. @throws DomainError not-found, conflict
 */
export async function actOnJourney(deps: EditDeps, id: string, act: JourneyAct, by: Reader): Promise<number> {
	const { db, now, random } = deps;
	return db.write(
		async (tx) => {
			const at = now();
			const row = await requireJourney(tx, id);
			if (!possibleActs(row.state).includes(act)) throw new DomainError('conflict', 'This cannot be done with the journey as it stands.');
			if (act === 'pause') await hold(tx, id, 'active', 'held');
			if (act === 'resume') await hold(tx, id, 'held', 'active');
			let withdrawn = 0;
			if (act === 'stop') {
				await tx
					.update(journeyEnrolment)
					.set({ state: 'left', reason: 'stopped', endedAt: at })
					.where(and(eq(journeyEnrolment.journeyId, id), inArray(journeyEnrolment.state, [...UNDER_WAY])));
				withdrawn = await deps.messages().withdraw(tx, { origin: originOf(id) });
			}
			// Who did something while it stood still does not come in afterwards.
			await tx.update(journey).set({ state: TO[act], changedAt: at, ...(act === 'resume' && { since: at }) }).where(eq(journey.id, id)); // prettier-ignore
			await note(tx, by, `journey.${act}`, id, { withdrawn }, at, random);
			return withdrawn;
		},
		{ locks: JOURNEY_LOCK },
	);
}

const hold = (tx: Handle, id: string, from: string, to: string): Promise<unknown> =>
	tx.update(journeyEnrolment).set({ state: to }).where(and(eq(journeyEnrolment.journeyId, id), eq(journeyEnrolment.state, from))); // prettier-ignore

/** Where each step of an older version goes on in the present one; '' for out of the journey. */
export type Mapping = Readonly<Record<string, string>>;

/** What is offered: the step of the same name and kind, otherwise out. */
export function mappingOf(from: JourneyDefinition, to: JourneyDefinition): Mapping {
	return Object.fromEntries(from.steps.map(({ id, kind }) => [id, to.steps.find((step) => step.id === id && step.kind === kind)?.id ?? '']));
}

/**
 * Moves those under way on an older version to the present one, on purpose. A wait that goes on in a wait keeps its end; anything else is
 * taken up at once. Returns how many were moved. @throws DomainError not-found, conflict (not live), invalid (a step that is not there)
 */
export async function moveToVersion(deps: EditDeps, id: string, from: number, mapping: Mapping, by: Reader): Promise<number> {
	const { db, now, random } = deps;
	return db.write(
		async (tx) => {
			const at = now();
			const row = await requireJourney(tx, id);
			const [old, present] = [await deps.versions.one(tx, id, from), await deps.versions.one(tx, id, row.version)];
			if (!old || !present || from === row.version) throw new DomainError('conflict', 'There is nobody to move to this version.');
			const unknown = Object.values(mapping).find((to) => to !== '' && !present.steps.some((step) => step.id === to));
			if (unknown !== undefined) throw new DomainError('invalid', 'There is no such step.', { fields: [{ field: 'mapping', code: 'unknown-step' }] });
			let moved = 0;
			for (const step of old.steps) {
				const to = mapping[step.id] ?? '';
				const there = and(
					eq(journeyEnrolment.journeyId, id),
					eq(journeyEnrolment.version, from),
					eq(journeyEnrolment.step, step.id),
					inArray(journeyEnrolment.state, [...UNDER_WAY]),
				);
				const isSameWait = step.kind === 'wait' && present.steps.some((one) => one.id === to && one.kind === 'wait');
				const values =
					to === ''
						? { state: 'left', reason: 'moved-out', endedAt: at }
						: { version: row.version, step: to, isWatched: isWatched(present, to), ...(isSameWait ? {} : { since: at, until: null, dueAt: at }) };
				moved += (await tx.update(journeyEnrolment).set(values).where(there).returning({ id: journeyEnrolment.id })).length;
			}
			await note(tx, by, 'journey.move', id, { from, to: row.version, moved }, at, random);
			return moved;
		},
		{ locks: JOURNEY_LOCK },
	);
}

/** Throws away a journey that never ran. @throws DomainError not-found, conflict */
export async function discardDraft({ db, now, random }: EditDeps, id: string, by: Reader): Promise<void> {
	await db.write(async (tx) => {
		const row = await requireJourney(tx, id);
		if (row.version > 0) throw new DomainError('conflict', 'A journey that ran is kept: stop it.');
		await tx.delete(journey).where(eq(journey.id, id));
		await note(tx, by, 'journey.discard', id, {}, now(), random);
	});
}

async function requireJourney(tx: Handle, id: string): Promise<JourneyRow> {
	const [row] = await tx.select().from(journey).where(eq(journey.id, id));
	if (!row) throw new DomainError('not-found', 'There is no such journey.');
	return row;
}

const note = (tx: Handle, by: Reader, action: string, id: string, detail: Readonly<Record<string, unknown>>, at: Date, random: EditDeps['random']) =>
	recordAudit(tx, { ...whoOf(by), action, subject: `journey:${id}`, detail }, at, random);
