import { and, desc, eq, max } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import type { Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import type { JobHandler } from '#kernel/job.ts';
import { job } from '#kernel/schema.ts';

import { whoOf } from '../lead/reader.ts';
import { scoringDraft, scoringModel, scoringPublication } from '../schema.ts';
import { MODEL_CHOICES } from './choices.ts';
import { diffModels, type ModelChange } from './diff.ts';
import { discardDraft, type Draft, type Editor, ensureDraft, openDraft, refuse, requireRevision, saveDraft, type SaveOutcome, type Side, signDraft } from './draft.ts'; // prettier-ignore
import { gather, surgeDaysOf } from './evidence.ts';
import { receiptOf } from './judge.ts';
import { parseModel, type Part, type Rule, type ScoringModel } from './model.ts';
import { cancelPreview, PREVIEW, previewing, previewProgress, type PreviewProgress, schedulePreview } from './preview.ts';
import { cancelPublishing, publishKey, schedulePublishing } from './publish.ts';
import type { Receipt } from './receipt.ts';
import type { RescoreDeps } from './rescore.ts';
import { surroundingsOf } from './surroundings.ts';

/** A version as the history shows it. */
export interface VersionView {
	readonly version: number;
	readonly model: ScoringModel;
	readonly publishedAt: Date;
	readonly isLive: boolean;
	/** `shipped` came with the hub. */
	readonly kind: 'shipped' | 'draft' | 'roll-back';
	/** The version it began from, or brings back; 0 for the shipped one. */
	readonly base: number;
	readonly authorName: string;
	/** Who signed; '' where nobody had to. */
	readonly marketing: string;
	readonly sales: string;
	readonly state: 'running' | 'live' | 'cancelled';
	/** Against `base`. */
	readonly changes: readonly ModelChange[];
}

/** A version for which everybody is being scored. */
export interface Publication {
	readonly version: number;
	readonly done: number;
	readonly total: number;
	/** The hub gave up after every try; it can be tried again or cancelled. */
	readonly hasFailed: boolean;
}

/** What one form does to a draft. `was` names the rule it replaces; null adds one. */
export type ModelEdit =
	| { readonly kind: 'rule'; readonly part: Part; readonly was: string | null; readonly rule: unknown }
	| { readonly kind: 'remove'; readonly part: Part; readonly name: string }
	| { readonly kind: 'thresholds'; readonly grades: unknown; readonly mql: unknown };

/** Versions of the scoring model, and how one comes about: draft, preview, two sign-offs, publication. */
export interface Models {
	readonly choices: typeof MODEL_CHOICES;
	draft(): Promise<Draft | null>;
	/** The open draft, or a new one from the live model. */
	begin(by: Editor): Promise<Draft>;
	/** Puts a whole model into the draft. @throws DomainError not-found, invalid */
	save(revision: number, model: unknown, by: Editor): Promise<SaveOutcome>;
	/** Does one thing to the draft. @throws DomainError not-found, invalid */
	edit(revision: number, edit: ModelEdit, by: Editor): Promise<SaveOutcome>;
	/** @throws DomainError not-found, conflict */
	discard(revision: number, by: Editor): Promise<void>;
	/** @throws DomainError not-found, conflict */
	sign(revision: number, side: Side, staffId: string, by: Editor): Promise<void>;
	preview(): Promise<void>;
	previewProgress(): Promise<PreviewProgress | null>;
	/** Ends a preview that is not done. @throws DomainError conflict */
	cancelPreview(by: Editor): Promise<void>;
	/** A lead's receipts by the live model and by the draft; null without either. */
	compare(leadId: string): Promise<{ readonly now: Receipt; readonly then: Receipt } | null>;
	/** Publishes the draft that both sides signed. Returns its version. @throws DomainError not-found, conflict */
	publish(revision: number, by: Editor): Promise<number>;
	/** Publishes what an older version says, as a new one. @throws DomainError not-found, conflict */
	rollBack(version: number, by: Editor): Promise<number>;
	publication(): Promise<Publication | null>;
	/** Ends a publication before the switch. @throws DomainError conflict */
	cancel(version: number, by: Editor): Promise<void>;
	/** Tries a publication anew that failed for good. @throws DomainError conflict */
	retry(version: number, by: Editor): Promise<void>;
	/** Newest first. */
	versions(): Promise<readonly VersionView[]>;
	readonly jobs: Readonly<Record<string, JobHandler>>;
}

export function createModels(deps: RescoreDeps): Models {
	const { db, now, random, versions, keys, timeZone, content } = deps;

	const publication: Models['publication'] = async () => {
		const [row] = await db.read.select().from(scoringPublication).where(eq(scoringPublication.state, 'running'));
		if (!row) return null;
		const [found] = await db.read
			.select()
			.from(job)
			.where(eq(job.key, publishKey(row.version)));
		return { version: row.version, done: found?.done ?? 0, total: found?.total ?? 0, hasFailed: found?.state === 'failed' };
	};

	return Object.freeze<Models>({
		choices: MODEL_CHOICES,
		draft: () => openDraft(deps, db.read),
		begin: (by) => ensureDraft(deps, by),
		save: (revision, model, by) => saveDraft(deps, revision, () => model, by),
		edit: (revision, edit, by) => saveDraft(deps, revision, (model) => edited(model, edit), by, { mayBeUnreachable: edit.kind !== 'thresholds' }),
		discard: (revision, by) => discardDraft(deps, revision, by),
		sign: (revision, side, staffId, by) => signDraft(deps, revision, side, staffId, by),
		preview: () => schedulePreview(deps),
		previewProgress: () => previewProgress(deps),
		cancelPreview: (by) =>
			db.write(async (tx) => {
				if (!(await cancelPreview(tx, now()))) throw refuse('over', 'No preview is being worked out.');
				await note(tx, 'scoring.preview-cancel', 'scoring-draft', by);
			}),
		compare: async (leadId) => {
			const draft = await openDraft(deps, db.read);
			if (!draft) return null;
			const { live } = await versions.inUse(db.read);
			const [at, surroundings] = [now(), surroundingsOf(content())];
			const options = { at, competitorDomains: surroundings.competitorDomains, surgeDays: surgeDaysOf([live.model, draft.model]) };
			const [evidence] = await gather(db.read, keys, [leadId], options);
			if (!evidence) return null;
			const by = (model: ScoringModel) => receiptOf(evidence, { live: { version: 0, model }, at, timeZone: timeZone(), surroundings });
			return { now: by(live.model), then: by(draft.model) };
		},
		publish: (revision, by) =>
			db.write(
				async (tx) => {
					const draft = await requireRevision(deps, tx, revision);
					const nameOf = (side: Side) => draft.signOffs.find((one) => one.side === side)?.name ?? '';
					const [marketing, sales] = [nameOf('marketing'), nameOf('sales')];
					if (marketing === '' || sales === '') throw refuse('not-signed', 'Marketing and sales sign a draft before it is published.');
					await tx.update(scoringDraft).set({ state: 'published' }).where(eq(scoringDraft.id, draft.id));
					const { base, model, editorName } = draft;
					return add(tx, model, { kind: 'draft', base, authorName: editorName, marketing, sales }, by);
				},
				{ locks: 'scoring.draft' },
			),
		rollBack: (version, by) =>
			db.write(
				async (tx) => {
					const older = await versions.get(tx, version);
					if (!older) throw new DomainError('not-found', 'There is no such version.');
					const { live } = await versions.inUse(tx);
					if (live.version === version) throw refuse('unchanged', 'This version is in use.');
					const [was] = await tx.select().from(scoringPublication).where(eq(scoringPublication.version, version));
					if (was && was.state !== 'live') throw refuse('never-live', 'This version was never in use.');
					const { marketing = '', sales = '' } = was ?? {};
					return add(tx, older.model, { kind: 'roll-back', base: version, authorName: by.name, marketing, sales }, by);
				},
				{ locks: 'scoring.draft' },
			),
		publication,
		cancel: (version, by) =>
			db.write(async (tx) => {
				if (!(await cancelPublishing(tx, version, now()))) throw refuse('over', 'The publication is over.');
				await note(tx, 'scoring.cancel', `scoring:${version}`, by);
			}),
		retry: (version, by) =>
			db.write(async (tx) => {
				const again = await tx
					.update(job)
					.set({ state: 'waiting', attempts: 0, dueAt: now(), leaseUntil: new Date(0) })
					.where(and(eq(job.key, publishKey(version)), eq(job.state, 'failed')))
					.returning({ key: job.key });
				if (again.length === 0) throw refuse('over', 'The publication did not fail.');
				await note(tx, 'scoring.retry', `scoring:${version}`, by);
			}),
		versions: async () => {
			const rows = await db.read
				.select({ model: scoringModel, publication: scoringPublication })
				.from(scoringModel)
				.leftJoin(scoringPublication, eq(scoringPublication.version, scoringModel.version))
				.orderBy(desc(scoringModel.version))
				.limit(100);
			return Promise.all(rows.map((row) => viewOf(row)));
		},
		jobs: { [PREVIEW]: previewing(deps) },
	});

	function note(tx: Handle, action: string, subject: string, by: Editor): Promise<void> {
		return recordAudit(tx, { ...whoOf(by), action, subject, detail: {} }, now(), random);
	}

	async function viewOf(row: {
		readonly model: typeof scoringModel.$inferSelect;
		readonly publication: typeof scoringPublication.$inferSelect | null;
	}): Promise<VersionView> {
		const { version, publishedAt, isLive } = row.model;
		const model = parseModel(row.model.model);
		if (!row.publication)
			return {
				...{ version, model, publishedAt, isLive, kind: 'shipped', base: 0, authorName: '', marketing: '', sales: '' },
				state: 'live',
				changes: [],
			};
		const { kind, base, authorName, marketing, sales, state } = row.publication;
		const from = await versions.get(db.read, kind === 'roll-back' ? version - 1 : base);
		return {
			...{ version, model, publishedAt, isLive, base, authorName, marketing, sales },
			...{ kind: kind as VersionView['kind'], state: state as VersionView['state'] },
			changes: from ? diffModels(from.model, model) : [],
		};
	}

	async function add(
		tx: Handle,
		model: ScoringModel,
		told: Pick<VersionView, 'kind' | 'base' | 'authorName' | 'marketing' | 'sales'>,
		by: Editor,
	): Promise<number> {
		const { live, next } = await versions.inUse(tx);
		if (next) throw refuse('running', 'Another version is being published.');
		if (diffModels(live.model, model).length === 0) throw refuse('unchanged', 'The model in use says the same.');
		const at = now();
		const [newest] = await tx.select({ version: max(scoringModel.version) }).from(scoringModel);
		const version = (newest?.version ?? 0) + 1;
		await tx.insert(scoringModel).values({ version, model, author: by.actor, publishedAt: at, isLive: false });
		await tx.insert(scoringPublication).values({ version, ...told, state: 'running', startedAt: at, endedAt: null });
		await schedulePublishing(tx, version, at);
		await recordAudit(
			tx,
			{ ...whoOf(by), action: told.kind === 'draft' ? 'scoring.publish' : 'scoring.roll-back', subject: `scoring:${version}`, detail: { ...told } },
			at,
			random,
		);
		return version;
	}
}

function edited(model: ScoringModel, edit: ModelEdit): unknown {
	if (edit.kind === 'thresholds') return { ...model, grades: edit.grades, mql: edit.mql };
	const rules: readonly Rule[] = model[edit.part];
	if (edit.kind === 'remove') return { ...model, [edit.part]: rules.filter(({ name }) => name !== edit.name) };
	const at = edit.was === null ? -1 : rules.findIndex(({ name }) => name === edit.was);
	return { ...model, [edit.part]: at < 0 ? [...rules, edit.rule] : rules.with(at, edit.rule as Rule) };
}
