import { and, desc, eq, inArray, ne } from 'drizzle-orm';

import type { Snapshot } from '#cms/content.ts';
import { recordAudit } from '#kernel/audit.ts';
import type { Now } from '#kernel/clock.ts';
import type { Database, Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import { newId, type Random } from '#kernel/id.ts';

import { type Reader, whoOf } from '../lead/reader.ts';
import { experiment, experimentVersion } from '../schema.ts';
import { freeRange, type Range, WHOLE } from './assign.ts';
import { checkDefinition, type Definition } from './definition.ts';
import { fingerprint } from './running.ts';
import { type ExperimentAct, type ExperimentState, isEditable, moveBy } from './state.ts';

export interface EditDeps {
	readonly db: Database;
	readonly now: Now;
	readonly random: Random;
	readonly content: () => Snapshot;
}

export type ExperimentRow = typeof experiment.$inferSelect;

/** Keeps a definition; returns the experiment's id. @throws DomainError invalid with each field, not-found, conflict (it runs or is over) */
export async function saveExperiment({ db, now, random, content }: EditDeps, id: string | null, definition: Definition, by: Reader): Promise<string> {
	refuseWrong(definition, content());
	const at = now();
	const experimentId = id ?? newId(at, random);
	await db.write(async (tx) => {
		if (id === null) {
			const blank = { startedAt: null, endedAt: null, winner: null, decidedOver: null, rangeFrom: 0, rangeTo: 0 };
			const made = { createdBy: by.actor, createdAt: at, changedAt: at };
			await tx.insert(experiment).values({ id: experimentId, state: 'draft', version: 1, definition, ...made, ...blank });
		} else {
			const row = await requireExperiment(tx, id);
			if (!isEditable(row.state as ExperimentState)) throw new DomainError('conflict', 'A running experiment is paused before it is changed.');
			// Once it ran, another definition is another version: its numbers begin anew.
			const isSame = JSON.stringify(row.definition) === JSON.stringify(definition);
			const version = row.state === 'paused' && row.startedAt !== null && !isSame ? row.version + 1 : row.version;
			const fresh = version === row.version ? {} : { startedAt: null };
			await tx
				.update(experiment)
				.set({ definition, version, changedAt: at, ...fresh })
				.where(eq(experiment.id, id));
		}
		await note(tx, by, 'experiment.save', experimentId, {}, at, random);
	});
	return experimentId;
}

/**
 * Moves an experiment on. Starting finds its part of the layer; deciding makes `winner` what everybody sees.
 *
 * @throws DomainError not-found, invalid (its definition, the winner), conflict (not possible in its state, no room in its layer, a place where another one's winner is shown)
 */
export async function actOnExperiment(deps: EditDeps, id: string, act: ExperimentAct, winner: string | null, by: Reader): Promise<void> {
	const { db, now, random, content } = deps;
	const at = now();
	await db.write(async (tx) => {
		const row = await requireExperiment(tx, id);
		const state = moveBy(row.state as ExperimentState, act);
		if (state === null) throw new DomainError('conflict', 'This is not possible in its state.', { fields: [{ field: 'act', code: 'state' }] });
		const changes =
			act === 'start'
				? await started(tx, row, content(), by, at)
				: act === 'decide'
					? await decided(tx, row, winner, content())
					: act === 'withdraw'
						? { winner: null, decidedOver: null }
						: act === 'stop'
							? { endedAt: at, rangeFrom: 0, rangeTo: 0 }
							: {};
		await tx
			.update(experiment)
			.set({ state, changedAt: at, ...changes })
			.where(eq(experiment.id, id));
		await note(tx, by, `experiment.${act}`, id, { version: row.version, ...(winner === null ? {} : { winner }) }, at, random);
	});
}

/** @throws DomainError not-found */
export async function requireExperiment(handle: Handle, id: string): Promise<ExperimentRow> {
	const [row] = await handle.select().from(experiment).where(eq(experiment.id, id));
	if (!row) throw new DomainError('not-found', 'There is no such experiment.');
	return row;
}

/** Newest first. */
export const allExperiments = (read: Handle): Promise<ExperimentRow[]> =>
	read.select().from(experiment).orderBy(desc(experiment.createdAt), desc(experiment.id));

function refuseWrong(definition: Definition, snapshot: Snapshot): void {
	const fields = checkDefinition(definition, snapshot);
	if (fields.length > 0) throw new DomainError('invalid', 'The experiment cannot be kept like this.', { fields });
}

async function started(tx: Handle, row: ExperimentRow, snapshot: Snapshot, by: Reader, at: Date) {
	const { id, version, definition, startedAt } = row;
	refuseWrong(definition, snapshot);
	const others = await tx
		.select()
		.from(experiment)
		.where(and(ne(experiment.id, id), inArray(experiment.state, ['running', 'paused'])));
	const meets = others.find(
		(other) => sharesPlace(other.definition, definition) && (definition.layer === '' || other.definition.layer !== definition.layer),
	);
	if (meets) throw new DomainError('conflict', 'Another experiment holds this place.', { fields: [{ field: 'layer', code: 'place-taken' }] });
	const range = rangeOf(row, others);
	if (!range) throw new DomainError('conflict', 'Its layer has no room for it.', { fields: [{ field: 'share', code: 'layer-full' }] });
	if (startedAt === null)
		await tx.insert(experimentVersion).values({ experimentId: id, version, definition, startedAt: at, startedBy: by.actor }).onConflictDoNothing();
	return { startedAt: startedAt ?? at, rangeFrom: range.from, rangeTo: range.to };
}

/** Two experiments at one place can only be told apart when nobody is in both. */
const sharesPlace = (one: Definition, other: Definition): boolean =>
	one.place === other.place && (one.path === '' || other.path === '' || one.path === other.path);

function rangeOf({ definition, startedAt, rangeFrom, rangeTo }: ExperimentRow, others: readonly ExperimentRow[]): Range | null {
	const width = (definition.share / 100) * WHOLE;
	if (definition.layer === '') return { from: 0, to: width };
	if (startedAt !== null && rangeTo - rangeFrom === width) return { from: rangeFrom, to: rangeTo };
	const taken = others.filter((other) => other.definition.layer === definition.layer).map((other) => ({ from: other.rangeFrom, to: other.rangeTo }));
	return freeRange(taken, width);
}

async function decided(tx: Handle, { id, definition }: ExperimentRow, winner: string | null, snapshot: Snapshot) {
	if (!definition.variants.some(({ key }) => key === winner))
		throw new DomainError('invalid', 'Choose the variant that everybody is to see.', { fields: [{ field: 'winner', code: 'choice' }] });
	const others = await tx
		.select({ definition: experiment.definition })
		.from(experiment)
		.where(and(ne(experiment.id, id), eq(experiment.state, 'decided')));
	if (winner !== 'control' && others.some((other) => sharesPlace(other.definition, definition)))
		throw new DomainError('conflict', 'Another winner is shown there.', { fields: [{ field: 'winner', code: 'place-taken' }] });
	return { winner, decidedOver: fingerprint(definition, snapshot) };
}

async function note(tx: Handle, by: Reader, action: string, id: string, detail: Readonly<Record<string, unknown>>, at: Date, random: Random) {
	await recordAudit(tx, { ...whoOf(by), action, subject: `experiment:${id}`, detail }, at, random);
}
