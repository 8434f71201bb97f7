import { and, desc, eq } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import type { Handle } from '#kernel/database.ts';
import { DomainError, type FieldError } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';

import { whoOf } from '../lead/reader.ts';
import { scoringDraft, scoringRevision, scoringSignOff } from '../schema.ts';
import type { MODEL_CHOICES } from './choices.ts';
import { checkModel, unreachable, withVersions } from './check.ts';
import { diffModels, type ModelChange } from './diff.ts';
import { parseModel, type ScoringModel } from './model.ts';
import type { PreviewResult } from './preview.ts';
import type { RescoreDeps } from './rescore.ts';

/** Who changes a model, by the name that versions bear. */
export interface Editor {
	/** `staff:<id>` or `api:<token name>`. */
	readonly actor: string;
	readonly origin: string;
	readonly name: string;
}

export type Side = (typeof MODEL_CHOICES)['sides'][number];

export interface SignOff {
	readonly side: Side;
	readonly staffId: string;
	readonly name: string;
	readonly at: Date;
}

/** A change of the model that is being prepared. */
export interface Draft {
	readonly id: string;
	/** The version it began from. */
	readonly base: number;
	readonly revision: number;
	readonly model: ScoringModel;
	/** Who saved it last. */
	readonly editorName: string;
	readonly at: Date;
	/** Against the version it began from. */
	readonly changes: readonly ModelChange[];
	/** Of this revision. */
	readonly signOffs: readonly SignOff[];
	/** Thresholds nobody can reach; it cannot be signed with them. */
	readonly problems: readonly FieldError[];
	/** Null until the preview of this revision is there. */
	readonly preview: PreviewResult | null;
}

export type SaveOutcome =
	| { readonly status: 'saved'; readonly draft: Draft }
	/** Somebody saved in between: what they changed, and the draft as it is now. Nothing was stored. */
	| { readonly status: 'changed'; readonly draft: Draft; readonly theirs: readonly ModelChange[] };

export const refuse = (code: string, message: string): DomainError => new DomainError('conflict', message, { fields: [{ field: 'draft', code }] });

/** The open draft; null when nobody is preparing a change. */
export async function openDraft({ versions }: Pick<RescoreDeps, 'versions'>, handle: Handle): Promise<Draft | null> {
	const [row] = await handle.select().from(scoringDraft).where(eq(scoringDraft.state, 'open')).limit(1);
	if (!row) return null;
	const saved = await revisionOf(handle, row.id, row.revision);
	const base = await versions.get(handle, row.base);
	if (!saved || !base) return null;
	const signOffs = await handle
		.select({ side: scoringSignOff.side, staffId: scoringSignOff.staffId, name: scoringSignOff.name, at: scoringSignOff.at })
		.from(scoringSignOff)
		.where(and(eq(scoringSignOff.draftId, row.id), eq(scoringSignOff.revision, row.revision)))
		.orderBy(scoringSignOff.side);
	return {
		...{ id: row.id, base: row.base, revision: row.revision, model: saved.model, editorName: saved.editorName, at: saved.at },
		changes: diffModels(base.model, saved.model),
		signOffs: signOffs as readonly SignOff[],
		problems: unreachable(saved.model),
		preview: row.previewRevision === row.revision ? (row.preview as PreviewResult | null) : null,
	};
}

/** The open draft, or a new one that says what the live model says. */
export async function ensureDraft(deps: RescoreDeps, by: Editor): Promise<Draft> {
	return deps.db.write(
		async (tx) => {
			const known = await openDraft(deps, tx);
			if (known) return known;
			const { live } = await deps.versions.inUse(tx);
			const at = deps.now();
			const id = newId(at, deps.random);
			await tx.insert(scoringDraft).values({ id, base: live.version, revision: 1, state: 'open', createdAt: at });
			await addRevision(tx, id, 1, live.model, by, at);
			await recordAudit(
				tx,
				{ ...whoOf(by), action: 'scoring.draft', subject: `scoring-draft:${id}`, detail: { base: live.version } },
				at,
				deps.random,
			);
			return requireDraft(deps, tx);
		},
		{ locks: 'scoring.draft' },
	);
}

/**
 * Saves what `change` makes of the draft, unless somebody saved since `revision`. Sign-offs of earlier revisions end.
 *
 * @throws DomainError not-found (no draft is open), invalid with each field that cannot be used
 */
export async function saveDraft(
	deps: RescoreDeps,
	revision: number,
	change: (model: ScoringModel) => unknown,
	by: Editor,
	{ mayBeUnreachable = false }: { readonly mayBeUnreachable?: boolean } = {},
): Promise<SaveOutcome> {
	const { db, versions, now, random } = deps;
	return db.write(
		async (tx): Promise<SaveOutcome> => {
			const draft = await requireDraft(deps, tx);
			// Bad input is told first, so that both can be mended at once.
			const seen = draft.revision === revision ? draft : await revisionOf(tx, draft.id, revision);
			const checked = checkModel(change((seen ?? draft).model));
			if (!checked.isValid) throw invalid(checked.fields);
			const problems = mayBeUnreachable ? [] : unreachable(checked.model);
			if (problems.length > 0) throw invalid(problems);
			if (draft.revision !== revision) return { status: 'changed', draft, theirs: seen ? diffModels(seen.model, draft.model) : draft.changes };
			const base = await versions.get(tx, draft.base);
			const at = now();
			const next = draft.revision + 1;
			await addRevision(tx, draft.id, next, withVersions(checked.model, base?.model ?? draft.model), by, at);
			await tx.update(scoringDraft).set({ revision: next }).where(eq(scoringDraft.id, draft.id));
			await recordAudit(tx, { ...whoOf(by), action: 'scoring.save', subject: `scoring-draft:${draft.id}`, detail: { revision: next } }, at, random);
			return { status: 'saved', draft: await requireDraft(deps, tx) };
		},
		{ locks: 'scoring.draft' },
	);
}

/** Throws the draft away. @throws DomainError not-found, conflict (somebody saved in between) */
export async function discardDraft(deps: RescoreDeps, revision: number, by: Editor): Promise<void> {
	const { db, now, random } = deps;
	await db.write(
		async (tx) => {
			const draft = await requireRevision(deps, tx, revision);
			await tx.update(scoringDraft).set({ state: 'discarded' }).where(eq(scoringDraft.id, draft.id));
			await recordAudit(tx, { ...whoOf(by), action: 'scoring.discard', subject: `scoring-draft:${draft.id}`, detail: {} }, now(), random);
		},
		{ locks: 'scoring.draft' },
	);
}

/**
 * Agrees to a revision for marketing or for sales. Nobody signs for both.
 *
 * @throws DomainError not-found, conflict (`changed`, `unchanged`, `unreachable`, `same-person`)
 */
export async function signDraft(deps: RescoreDeps, revision: number, side: Side, staffId: string, by: Editor): Promise<void> {
	const { db, now, random } = deps;
	await db.write(
		async (tx) => {
			const draft = await requireRevision(deps, tx, revision);
			if (draft.changes.length === 0) throw refuse('unchanged', 'The draft says what the model in use says.');
			if (draft.problems.length > 0) throw refuse('unreachable', 'Nobody can reach a threshold of the draft.');
			if (draft.signOffs.some((one) => one.staffId === staffId && one.side !== side))
				throw refuse('same-person', 'The two sign-offs come from two people.');
			const at = now();
			const values = { draftId: draft.id, revision, side, staffId, name: by.name, at };
			await tx.insert(scoringSignOff).values(values).onConflictDoNothing();
			await recordAudit(tx, { ...whoOf(by), action: 'scoring.sign', subject: `scoring-draft:${draft.id}`, detail: { revision, side } }, at, random);
		},
		{ locks: 'scoring.draft' },
	);
}

export async function requireRevision(deps: Pick<RescoreDeps, 'versions'>, handle: Handle, revision: number): Promise<Draft> {
	const draft = await requireDraft(deps, handle);
	if (draft.revision !== revision) throw refuse('changed', 'Somebody saved the draft in between.');
	return draft;
}

async function requireDraft(deps: Pick<RescoreDeps, 'versions'>, handle: Handle): Promise<Draft> {
	const draft = await openDraft(deps, handle);
	if (!draft) throw new DomainError('not-found', 'Nobody is preparing a change of the model.');
	return draft;
}

async function revisionOf(handle: Handle, draftId: string, revision: number) {
	const [row] = await handle
		.select()
		.from(scoringRevision)
		.where(and(eq(scoringRevision.draftId, draftId), eq(scoringRevision.revision, revision)))
		.orderBy(desc(scoringRevision.revision));
	return row ? { ...row, model: parseModel(row.model) } : null;
}

async function addRevision(tx: Handle, draftId: string, revision: number, model: ScoringModel, by: Editor, at: Date): Promise<void> {
	await tx.insert(scoringRevision).values({ draftId, revision, model, editor: by.actor, editorName: by.name, at });
}

const invalid = (fields: readonly FieldError[]): DomainError => new DomainError('invalid', 'The model cannot be used as it is.', { fields });
