import { eq, inArray } from 'drizzle-orm';

import { MINUTE_MS } from '#kernel/clock.ts';
import type { Log } from '#kernel/log.ts';

import type { Reader } from '../lead/reader.ts';
import type { PersonalDataSource } from '../privacy/source.ts';
import { createTicker } from '../scoring/ticker.ts';
import { experiment } from '../schema.ts';
import { contextOf, type TagsDeps } from '../tag/context.ts';
import { planOf } from '../tag/plan.ts';
import { segment } from '../tag/schema.ts';
import { AUDIENCES, type Definition, VARIANT_KEYS } from './definition.ts';
import { actOnExperiment, allExperiments, type ExperimentRow, requireExperiment, saveExperiment } from './edit.ts';
import { createExposureLog } from './exposure.ts';
import { changeHoldOut, FIRST_HOLD_OUT, groupOf, HOLD_OUT_PERCENT, type HoldOut, holdOuts, isHeldOut, slotKey } from './hold-out.ts';
import { createFirstSeen, type MembersParams } from './memory.ts';
import { experimentsData } from './personal-data.ts';
import { METRIC_NAMES, type Metric } from './metric.ts';
import { type PartKind, type Piece, type PlaceName, PLACES } from './place.ts';
import { createReports, type ExperimentReports } from './report.ts';
import { type Asker, type Decided, fingerprint, type Running, type ShownPage, type ShownVariant, variantsFor, winnerFor } from './running.ts';
import { MISMATCH_LEVEL } from './sequential.ts';
import { actsIn, type ExperimentAct, isEditable, isState } from './state.ts';

const MEMORY = new URL('./memory.ts', import.meta.url);
/** Stages and segments are asked anew so often. */
const MEMBERS_MS = 5 * MINUTE_MS;

export interface ExperimentsDeps extends TagsDeps {
	readonly log: Log;
	readonly timeZone: () => string;
}

/** Variants of places of the site, who gets which, and what came of it. */
export interface Experiments extends ExperimentReports {
	/** What a definition is chosen from. */
	readonly choices: {
		readonly places: Readonly<
			Record<PlaceName, { readonly parts: Readonly<Record<string, PartKind>>; readonly path: string; readonly isOneOnly: boolean }>
		>;
		readonly metrics: readonly Metric[];
		readonly audiences: typeof AUDIENCES;
		readonly variants: typeof VARIANT_KEYS;
		readonly mismatchLevel: number;
		readonly heldOut: typeof HOLD_OUT_PERCENT;
	};
	/** What can be done with an experiment in this state. */
	actsIn(state: string): readonly ExperimentAct[];
	isEditable(state: string): boolean;
	/** What a visitor gets on a page. From memory; see {@link variantsFor}. */
	variantsOf(asker: Asker, page: ShownPage): readonly ShownVariant[];
	/** Notes that variants went out to a visitor. From memory; written within seconds. True: done, the same need not be told again. */
	served(asker: Asker, shown: readonly ShownVariant[]): boolean;
	/** Differs when {@link Experiments.variantsOf} may answer something else for this visitor. */
	version(asker: Asker): number;
	/** What a winner puts into a hole for everybody; null: what the editors have. */
	winnerAt(page: Omit<ShownPage, 'holes'>, hole: string): readonly Piece[] | null;
	/** Tells when a winner was made or withdrawn: pages that are kept show something else from here on. */
	onDecided(listener: () => void): () => void;
	/** Whether a browser is in the control group of personalisation: it gets the editors' order. */
	isHeldOut(visitorId: string): boolean;
	/** The share that is held out now. From memory. */
	heldOut(): HoldOut;
	/** Every share there was, the present one first. */
	heldOuts(): Promise<readonly HoldOut[]>;
	/** Sets the share from now on; numbers begin anew. @throws DomainError invalid */
	holdOut(percent: number, by: Reader): Promise<void>;
	/** Notes that slots went out to a visitor who agreed to be measured and to personalisation, personalised or held out. As {@link Experiments.served}. */
	sawSlots(asker: Asker, slots: readonly string[]): boolean;

	list(): Promise<readonly ExperimentRow[]>;
	/** Null when there is none. */
	get(id: string): Promise<ExperimentRow | null>;
	/** See {@link saveExperiment}. */
	save(id: string | null, definition: Definition, by: Reader): Promise<string>;
	/** See {@link actOnExperiment}. */
	act(id: string, act: ExperimentAct, winner: string | null, by: Reader): Promise<void>;
	/** Whether editors have written something else since a winner was made, so that theirs is shown. */
	isOvertaken(row: ExperimentRow): boolean;

	/** Reads what runs, writes what waits. Call it again and again. */
	runDue(): Promise<void>;
	start(): Promise<void>;
	stop(): Promise<void>;
	readonly personalData: PersonalDataSource;
}

export function createExperiments(deps: ExperimentsDeps): Experiments {
	const { db, now, content, log } = deps;
	const exposures = createExposureLog(deps);
	const first = createFirstSeen();
	const members = createMembers(deps);
	const listeners = new Set<() => void>();
	let running: readonly Running[] = [];
	let decided: readonly Decided[] = [];
	let share = FIRST_HOLD_OUT;
	let revision = 0;
	let known = '';
	let decidedKnown = '[]';

	const follow = async (): Promise<void> => {
		[share = FIRST_HOLD_OUT] = await holdOuts(db.read);
		const rows = await db.read
			.select()
			.from(experiment)
			.where(inArray(experiment.state, ['running', 'decided']));
		const live = rows.filter(({ state }) => state === 'running');
		running = await Promise.all(live.map(async (row) => runningOf(row, await members.of(row.definition))));
		decided = rows.flatMap(({ state, winner, decidedOver, definition }) =>
			state === 'decided' && winner !== null && decidedOver !== null ? [{ definition, winner, over: decidedOver }] : [],
		);
		const joined = await first.follow(
			db.read,
			live.map(({ id }) => id),
		);
		const state = `${live.map(({ id, version, changedAt }) => `${id}.${version}.${changedAt.getTime()}`).join()} ${members.revision()}`;
		if (state !== known || joined) revision += 1;
		known = state;
		const over = JSON.stringify(decided);
		const isNew = over !== decidedKnown;
		decidedKnown = over;
		if (isNew) for (const listener of listeners) listener();
	};
	const runDue = async (): Promise<void> => {
		await exposures.flush();
		await follow();
	};
	const everySecond = createTicker(runDue, log, { everyMs: 1_000, what: 'experiments' });
	const memory = { ofPerson: first.ofPerson, hasSeen: exposures.hasSeen };
	const changing = async <T>(change: Promise<T>): Promise<T> => {
		const done = await change;
		await follow();
		return done;
	};

	return Object.freeze<Experiments>({
		choices: {
			places: PLACES,
			metrics: METRIC_NAMES,
			audiences: AUDIENCES,
			variants: VARIANT_KEYS,
			mismatchLevel: MISMATCH_LEVEL,
			heldOut: HOLD_OUT_PERCENT,
		},
		actsIn: (state) => (isState(state) ? actsIn(state) : []),
		isEditable: (state) => isState(state) && isEditable(state),
		variantsOf: (asker, page) => variantsFor(running, asker, page, memory),
		served: ({ visitorId, personId, consents }, shown) => {
			if (visitorId === null || !consents.has('analytics')) return true;
			let isNoted = true;
			for (const { experimentId, version, variant, isCarried } of shown) {
				isNoted = exposures.note({ experimentId, version, visitorId, variant, isCarried }) && isNoted;
				if (personId !== null) first.keep(experimentId, version, personId, variant);
			}
			return isNoted;
		},
		version: ({ personId, consents }) => revision * 4 + (consents.has('analytics') ? 2 : 0) + (personId === null ? 0 : 1),
		winnerAt: (page, hole) => (decided.length === 0 ? null : winnerFor(decided, content(), page, hole)),
		onDecided: (listener) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		isHeldOut: (visitorId) => isHeldOut(share, visitorId),
		heldOut: () => share,
		heldOuts: () => holdOuts(db.read),
		holdOut: (percent, by) => changing(db.write((tx) => changeHoldOut(tx, percent, by, now(), deps.random))),
		sawSlots: ({ visitorId, consents }, slots) => {
			if (visitorId === null || !consents.has('analytics') || !consents.has('personalisation')) return true;
			const shown = { version: share.version, visitorId, variant: groupOf(share, visitorId), isCarried: false };
			return slots.every((slot) => exposures.note({ experimentId: slotKey(slot), ...shown }));
		},
		list: () => allExperiments(db.read),
		get: async (id) => (await db.read.select().from(experiment).where(eq(experiment.id, id)))[0] ?? null,
		save: (id, definition, by) => changing(saveExperiment(deps, id, definition, by)),
		act: (id, act, winner, by) => changing(actOnExperiment(deps, id, act, winner, by)),
		isOvertaken: ({ state, definition, decidedOver }) => state === 'decided' && fingerprint(definition, content()) !== decidedOver,
		...createReports({ ...deps, heldOut: () => share }, (id) => requireExperiment(db.read, id), now),
		runDue,
		start: async () => {
			await follow();
			everySecond.start();
		},
		stop: async () => {
			await everySecond.stop();
			await exposures.flush();
		},
		personalData: experimentsData(),
	});
}

function runningOf({ id, version, definition, rangeFrom, rangeTo }: ExperimentRow, members: ReadonlySet<string> | null): Running {
	const layerSalt = definition.layer === '' ? `own:${id}.${version}` : `layer:${definition.layer}`;
	return {
		id,
		version,
		definition,
		members,
		salt: `${id}.${version}`,
		layerSalt,
		range: { from: rangeFrom, to: rangeTo },
		variants: definition.variants,
	};
}

/** Who is in the stages and segments that experiments ask for, kept for some minutes. */
function createMembers(deps: TagsDeps) {
	const kept = new Map<string, { readonly ids: ReadonlySet<string>; readonly until: number }>();
	let revision = 0;
	return {
		revision: () => revision,
		of: async ({ audience }: Definition): Promise<ReadonlySet<string> | null> => {
			const { stage, segment: id } = audience;
			if (stage === '' && id === '') return null;
			const key = `${stage} ${id}`;
			const at = deps.now().getTime();
			const known = kept.get(key);
			if (known && known.until > at) return known.ids;
			const [row] = id === '' ? [] : await deps.db.read.select().from(segment).where(eq(segment.id, id));
			if (id !== '' && !row) return new Set();
			const plan = row ? planOf(row.conditions, await contextOf(deps)) : null;
			const found = await deps.db.analyse<MembersParams, readonly string[]>({ module: MEMORY, name: 'readMembers', params: { stage, plan } });
			const ids = new Set(found);
			kept.set(key, { ids, until: at + MEMBERS_MS });
			revision += 1;
			return ids;
		},
	};
}
