import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import { DAY_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';

import { consentsOf } from '../consent/ledger.ts';
import { type Reader, whoOf } from '../lead/reader.ts';
import type { Composers } from '../message/message.ts';
import { journey, journeyEnrolment, journeyTask, person } from '../schema.ts';
import { type Conditions, EVERYBODY } from '../tag/condition.ts';
import { contextOf } from '../tag/context.ts';
import { aboutWhat, planOf } from '../tag/plan.ts';
import { advanceDue } from './advance.ts';
import { checkJourney, type Known, type Mistake, takesEverybody } from './check.ts';
import { createComposer } from './compose.ts';
import { CHOICES } from './choices.ts';
import type { JourneyDefinition, Outcome } from './definition.ts';
import { COMPOSER, type JourneyDeps, type OutcomeNow } from './deps.ts';
import { type DryRun, type DryRunParams, outcomeConditions } from './dry-run.ts';
import {
	actOnJourney,
	discardDraft,
	type JourneyAct,
	type Mapping,
	mappingOf,
	moveToVersion,
	possibleActs,
	publishJourney,
	type PublishOutcome,
	saveDraft,
} from './edit.ts';
import { surroundingsNow } from './facts.ts';
import { lookAtSignals, typesOf } from './look.ts';
import { membershipOf } from './membership.ts';
import { journeysData } from './personal-data.ts';
import { type OutcomeTold, signalLead, signalOutcome } from './signal.ts';
import { type Walk, walkJourney } from './simulate.ts';
import { shippedJourney } from './shipped.ts';
import { sweepDue } from './sweep.ts';
import { createVersions } from './versions.ts';
import {
	journeysOfLead,
	type JourneyRow,
	type JourneyView,
	listJourneys,
	type PeoplePage,
	type PeopleQuery,
	peopleOfJourney,
	viewJourney,
} from './view.ts';

const DRY_RUN = new URL('./dry-run.ts', import.meta.url);

/** Ways that people are taken along: waits, branches, messages and what else a step does. */
export interface Journeys {
	list(): Promise<readonly JourneyRow[]>;
	get(id: string): Promise<JourneyView | null>;
	/** What keeps a definition from being published; empty when it may. */
	check(definition: JourneyDefinition): Promise<readonly Mistake[]>;
	/** How many leads could come in when nothing narrows them; null: something does. */
	everybody(definition: JourneyDefinition): Promise<number | null>;
	/** See {@link saveDraft}. */
	save(id: string | null, definition: JourneyDefinition, by: Reader): Promise<string>;
	/** See {@link publishJourney}. */
	publish(id: string, by: Reader): Promise<PublishOutcome>;
	/** See {@link actOnJourney}. */
	act(id: string, act: JourneyAct, by: Reader): Promise<number>;
	/** See {@link discardDraft}. */
	discard(id: string, by: Reader): Promise<void>;
	/** See {@link moveToVersion}. */
	move(id: string, from: number, mapping: Mapping, by: Reader): Promise<number>;
	people(id: string, query: PeopleQuery, by: Reader): Promise<PeoplePage>;
	ofLead: (leadId: string) => ReturnType<typeof journeysOfLead>;
	/** Walks a draft with a lead; nothing is sent. Null when there is no such lead. */
	walk(
		definition: JourneyDefinition,
		input: { readonly leadId: string; readonly outcome: Outcome | null; readonly comes: boolean },
	): Promise<Walk | null>;
	/** How many would have come in during so many days until now. */
	dryRun(definition: JourneyDefinition, days: number): Promise<DryRun>;
	/** Ends a task about somebody of a lead. @throws DomainError not-found */
	finishTask(leadId: string, id: string, by: Reader): Promise<void>;
	/** Webinars tell how somebody turned out, in the body that settles it. */
	tellOutcome(tx: Handle, told: OutcomeTold): Promise<void>;
	/** Whether a journey took somebody in for how they turned out at a session, and may write to them: webinars then leave their own mail away. */
	takesOver(personId: string, occurrenceId: string): Promise<boolean>;
	/** Webinars answer how somebody turned out: called once. */
	followOutcomes(outcomeNow: OutcomeNow): void;
	/** Everything that is due: called every second. Returns how many people were looked at. */
	runDue(): Promise<number>;
	/** The draft of a ready-made journey. */
	readonly shipped: typeof shippedJourney;
	readonly choices: typeof CHOICES;
	readonly possibleActs: typeof possibleActs;
	readonly mappingOf: typeof mappingOf;
}

/** What journeys are made of, and what they add to the hub. */
export function createJourneys(given: Omit<JourneyDeps, 'outcomeNow'>) {
	let outcomeNow: OutcomeNow = () => Promise.resolve(null);
	const deps = { ...given, outcomeNow: () => outcomeNow };
	const { db, now, random } = deps;
	const versions = createVersions();
	const known = () => knownNow(deps);
	const edit = { ...deps, versions, known };
	const engine = { ...deps, versions };
	const segmentsNow = async () => (await surroundingsNow(deps)).segments;

	const everybody = async (definition: JourneyDefinition): Promise<number | null> => {
		const segments = await segmentsNow();
		if (!takesEverybody(definition, (id) => segments.get(id) ?? null)) return null;
		const plan = planOf(EVERYBODY, await contextOf(deps));
		return (await db.analyse<DryRunParams, DryRun>({ module: DRY_RUN, name: 'dryRun', params: { from: 0, to: 0, audience: plan, how: { kind: 'members', plan } } })).leads; // prettier-ignore
	};

	const parts: Journeys = Object.freeze<Journeys>({
		list: () => listJourneys(deps),
		get: (id) => viewJourney(deps, id),
		check: async (definition) => checkJourney(definition, await known()),
		everybody,
		save: (id, definition, by) => saveDraft(edit, id, definition, by),
		publish: async (id, by) => {
			const view = await viewJourney(deps, id);
			return publishJourney(edit, id, view !== null && (await everybody(view.draft)) !== null, by);
		},
		act: (id, act, by) => actOnJourney(edit, id, act, by),
		discard: (id, by) => discardDraft(edit, id, by),
		move: (id, from, mapping, by) => moveToVersion(edit, id, from, mapping, by),
		people: (id, query, by) => peopleOfJourney(deps, id, query, by),
		ofLead: (leadId) => journeysOfLead(deps, leadId),
		walk: async (definition, { leadId, ...supposed }) => {
			const [whom] = await db.read
				.select({ timeZone: person.timeZone })
				.from(person)
				.where(and(eq(person.leadId, leadId), isNotNull(person.dataKey)))
				.limit(1);
			const input = { leadId, timeZone: whom?.timeZone ?? deps.timeZone(), ...supposed };
			return walkJourney(db.read, deps, await surroundingsNow(deps), definition, input);
		},
		dryRun: async (definition, days) => {
			const to = now().getTime();
			const context = await contextOf(deps);
			const how = howOf(definition, days, await segmentsNow(), context);
			const params: DryRunParams = { from: to - days * DAY_MS, to, audience: planOf(definition.audience, context), how };
			return db.analyse<DryRunParams, DryRun>({ module: DRY_RUN, name: 'dryRun', params });
		},
		finishTask: (leadId, id, by) =>
			db.write(async (tx) => {
				const people = tx.select({ id: person.id }).from(person).where(eq(person.leadId, leadId));
				const [row] = await tx
					.update(journeyTask)
					.set({ doneAt: now(), doneBy: by.actor })
					.where(and(eq(journeyTask.id, id), isNull(journeyTask.doneAt), inArray(journeyTask.personId, people)))
					.returning({ personId: journeyTask.personId });
				if (!row) throw new DomainError('not-found', 'There is no such open task.');
				await recordAudit(tx, { ...whoOf(by), action: 'journey.task', subject: `person:${row.personId}`, detail: { task: id } }, now(), random);
			}),
		tellOutcome: (tx, told) => signalOutcome(tx, told, now()),
		takesOver: async (personId, occurrenceId) => {
			const rows = await db.read.select().from(journeyEnrolment).where(eq(journeyEnrolment.personId, personId));
			const isIn = rows.some(({ data, state, reason }) => data.occurrenceId === occurrenceId && (state !== 'left' || reason === 'exit'));
			return isIn && (await consentsOf(db.read, { visitorId: null, personId })).has('marketing.email');
		},
		followOutcomes: (follow) => void (outcomeNow = follow),
		runDue: async () => {
			const [any] = await db.read.select({ id: journey.id }).from(journey).where(eq(journey.state, 'live')).limit(1);
			if (!any) return 0;
			const surroundings = await surroundingsNow(deps);
			await sweepDue(engine, surroundings);
			return (await lookAtSignals(engine, surroundings)) + (await advanceDue(engine, surroundings));
		},
		shipped: shippedJourney,
		choices: CHOICES,
		possibleActs,
		mappingOf,
	});
	const composers: Composers = { [COMPOSER]: createComposer(deps) };
	return { parts, part: { composers, data: [journeysData(deps)] }, judged: (tx: Handle, leadId: string) => signalLead(tx, leadId, now()) };
}

async function knownNow(deps: JourneyDeps): Promise<Known> {
	const snapshot = deps.content();
	const { segments } = await surroundingsNow(deps);
	const { tags } = await contextOf(deps);
	return {
		segments: new Set(segments.keys()),
		templates: new Set(snapshot.mailTemplates.filter(({ faults }) => faults.length === 0).map(({ key }) => key)),
		tags: new Set(tags.filter(({ isArchived }) => !isArchived).map(({ code }) => code)),
		forms: new Set(snapshot.forms.map(({ key }) => key)),
		webinars: new Set(snapshot.webinars.map(({ id }) => id)),
	};
}

function howOf(
	definition: JourneyDefinition,
	days: number,
	segments: ReadonlyMap<string, Conditions>,
	context: Awaited<ReturnType<typeof contextOf>>,
): DryRunParams['how'] {
	const { trigger } = definition;
	if (trigger.kind === 'stage') return { kind: 'moves', to: trigger.to };
	if (trigger.kind === 'webinar') return { kind: 'members', plan: planOf(outcomeConditions(trigger.outcomes, trigger.webinarId, days), context) };
	if (trigger.kind === 'event' || trigger.kind === 'form')
		return { kind: 'events', types: typesOf(trigger), ...aboutWhat(trigger.kind === 'event' ? trigger.about : '', context) };
	return { kind: 'members', plan: planOf(membershipOf(definition, segments) ?? EVERYBODY, context) };
}
