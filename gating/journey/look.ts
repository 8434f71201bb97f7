import { and, eq, gt, gte, inArray, isNotNull } from 'drizzle-orm';

import { DAY_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';

import { event, journeyEnrolment, journeyMember, journeySignal, message, move, person } from '../schema.ts';
import { admit, type Candidate } from './admit.ts';
import type { Trigger } from './definition.ts';
import { JOURNEY_LOCK, messageKey } from './deps.ts';
import { holdsFor, manyFacts, type Surroundings } from './facts.ts';
import { leaveWith } from './leave.ts';
import { membershipOf } from './membership.ts';
import { type Signal, takeSignals } from './signal.ts';
import { type AdvanceDeps, isAbout } from './traveller.ts';
import type { LiveJourney } from './versions.ts';

/** Signals of one transaction. */
const BATCH = 40;
/** How long ago something may have happened that is told late, such as by a browser that was offline. */
const NEWS_MS = 30 * DAY_MS;

/** Looks at everything that something was heard of. Returns how many signals. */
export async function lookAtSignals(deps: AdvanceDeps, surroundings: Surroundings): Promise<number> {
	let looked = 0;
	for (;;) {
		if ((await deps.db.read.select({ id: journeySignal.id }).from(journeySignal).limit(1)).length === 0) return looked;
		looked += await deps.db.write(
			async (tx) => {
				const signals = await takeSignals(tx, BATCH);
				const journeys = await deps.versions.live(tx);
				await lookAtOutcomes(tx, deps, surroundings, journeys, signals.filter(({ leadId }) => leadId === null)); // prettier-ignore
				await lookAtLeads(tx, deps, surroundings, journeys, signals.flatMap(({ leadId }) => leadId ?? [])); // prettier-ignore
				return signals.length;
			},
			{ locks: JOURNEY_LOCK },
		);
	}
}

async function lookAtLeads(tx: Handle, deps: AdvanceDeps, surroundings: Surroundings, journeys: readonly LiveJourney[], ids: readonly string[]) {
	if (ids.length === 0) return;
	const now = deps.now();
	// Where leads became one, the one that stands is looked at.
	const people = await tx
		.select({ id: person.id, leadId: person.leadId, firstLeadId: person.firstLeadId })
		.from(person)
		.where(and(inArray(person.leadId, [...ids]), isNotNull(person.dataKey)));
	if (people.length === 0) return;
	const personIds = people.map(({ id }) => id);
	await tx
		.update(journeyEnrolment)
		.set({ dueAt: now })
		.where(
			and(
				inArray(journeyEnrolment.personId, personIds),
				eq(journeyEnrolment.state, 'active'),
				eq(journeyEnrolment.isWatched, true),
				gt(journeyEnrolment.dueAt, now),
			),
		);
	const candidates = [
		...(await byEvents(tx, surroundings, journeys, people, now)),
		...(await byMoves(tx, journeys, people, now)),
		...(await byMembership(tx, deps, surroundings, journeys, [...new Set(people.map(({ leadId }) => leadId))], now)),
	];
	await admit(tx, deps, surroundings, candidates);
}

interface Person {
	readonly id: string;
	readonly leadId: string;
	readonly firstLeadId: string;
}

const sinceWhen = (journeys: readonly LiveJourney[], now: Date): Date =>
	new Date(Math.max(Math.min(...journeys.map(({ since }) => since.getTime())), now.getTime() - NEWS_MS));

/** The types of behaviour that a trigger hears; none for other triggers. */
export function typesOf(trigger: Trigger): readonly string[] {
	return trigger.kind === 'event' ? trigger.types : trigger.kind === 'form' ? ['form.submitted'] : [];
}

async function byEvents(
	tx: Handle,
	{ context }: Surroundings,
	journeys: readonly LiveJourney[],
	people: readonly Person[],
	now: Date,
): Promise<Candidate[]> {
	const asking = journeys.filter(({ definition }) => typesOf(definition.trigger).length > 0);
	if (asking.length === 0) return [];
	const since = sinceWhen(asking, now);
	const rows = await tx
		.select({
			id: event.id,
			type: event.type,
			subject: event.subject,
			props: event.props,
			at: event.at,
			receivedAt: event.receivedAt,
			personId: event.personId,
		})
		.from(event)
		.where(
			and(
				inArray(event.personId, people.map(({ id }) => id)), // prettier-ignore
				gte(event.at, since),
				inArray(event.type, [...new Set(asking.flatMap(({ definition }) => typesOf(definition.trigger)))]),
			),
		);
	const leadOf = new Map(people.map(({ id, leadId }) => [id, leadId]));
	return rows.flatMap((row) =>
		asking.flatMap((journey): Candidate[] => {
			const { trigger } = journey.definition;
			const leadId = leadOf.get(row.personId ?? '');
			if (leadId === undefined || row.at < journey.since || row.receivedAt < journey.since || !typesOf(trigger).includes(row.type)) return [];
			if (trigger.kind === 'form' && trigger.forms.length > 0 && !trigger.forms.includes(String(row.props['form'] ?? ''))) return [];
			if (trigger.kind === 'event' && !isAbout(row.subject, trigger.about, context)) return [];
			return [{ journey, leadId, personId: row.personId, occasion: `event:${row.id}`, data: { subject: row.subject } }];
		}),
	);
}

async function byMoves(tx: Handle, journeys: readonly LiveJourney[], people: readonly Person[], now: Date): Promise<Candidate[]> {
	const asking = journeys.filter(({ definition }) => definition.trigger.kind === 'stage');
	if (asking.length === 0) return [];
	const leadIds = [...new Set(people.map(({ leadId }) => leadId))];
	const rows = await tx
		.select({ id: move.id, leadId: move.leadId, to: move.to, at: move.at })
		.from(move)
		.where(and(inArray(move.leadId, leadIds), gte(move.at, sinceWhen(asking, now))));
	return rows.flatMap(({ id, leadId, to, at }) =>
		asking.flatMap((journey): Candidate[] => {
			const { trigger } = journey.definition;
			if (trigger.kind !== 'stage' || !trigger.to.includes(to) || at < journey.since) return [];
			return [{ journey, leadId, personId: null, occasion: `move:${id}`, data: {} }];
		}),
	);
}

/** Who came into conditions, and who went out of them, since they were looked at last. */
async function byMembership(
	tx: Handle,
	deps: AdvanceDeps,
	surroundings: Surroundings,
	journeys: readonly LiveJourney[],
	leadIds: readonly string[],
	now: Date,
): Promise<Candidate[]> {
	// Before the first round over everybody nobody comes in: who holds already is no news.
	const asking = journeys.flatMap((journey) => {
		const conditions = journey.sweptAt === null ? null : membershipOf(journey.definition, surroundings.segments);
		return conditions === null ? [] : [{ journey, conditions }];
	});
	if (asking.length === 0) return [];
	const all = asking.map(({ conditions }) => conditions);
	const facts = await manyFacts(tx, deps.keys, new Map(leadIds.map((id) => [id, all])), now);
	const members = await tx
		.select()
		.from(journeyMember)
		.where(inArray(journeyMember.leadId, [...leadIds]));
	const known = new Set(members.map(({ journeyId, leadId }) => `${journeyId}:${leadId}`));
	const candidates: Candidate[] = [];
	for (const leadId of leadIds) {
		for (const { journey, conditions } of asking) {
			const isIn = holdsFor(conditions, facts.get(leadId), surroundings.context);
			const wasIn = known.has(`${journey.id}:${leadId}`);
			if (isIn && !wasIn) {
				await tx.insert(journeyMember).values({ journeyId: journey.id, leadId }).onConflictDoNothing();
				candidates.push({ journey, leadId, personId: null, occasion: `in:${now.getTime()}`, data: {} });
			}
			if (!isIn && wasIn) await tx.delete(journeyMember).where(and(eq(journeyMember.journeyId, journey.id), eq(journeyMember.leadId, leadId)));
		}
	}
	return candidates;
}

/**
 * Somebody turned out in some way at a session, or otherwise than was told before. Who came in by another outcome and was sent nothing yet
 * leaves; who was written to already stays with that.
 */
async function lookAtOutcomes(
	tx: Handle,
	deps: AdvanceDeps,
	surroundings: Surroundings,
	journeys: readonly LiveJourney[],
	signals: readonly Signal[],
) {
	for (const { personId, data } of signals) {
		const [whom] = personId === null ? [] : await tx.select().from(person).where(and(eq(person.id, personId), isNotNull(person.dataKey))); // prettier-ignore
		if (!whom || data.outcome === undefined || data.occurrenceId === undefined) continue;
		if (await wasWrittenTo(tx, deps, whom.id, data)) continue;
		const candidates = journeys.flatMap((journey): Candidate[] => {
			const { trigger } = journey.definition;
			if (trigger.kind !== 'webinar' || data.outcome === undefined || !trigger.outcomes.includes(data.outcome)) return [];
			if (trigger.webinarId !== '' && data.subject !== `webinars:${trigger.webinarId}`) return [];
			return [{ journey, leadId: whom.leadId, personId: whom.id, occasion: `outcome:${data.occurrenceId ?? ''}:${data.outcome}`, data }];
		});
		await admit(tx, deps, surroundings, candidates);
	}
}

/** Whether a mail for another outcome of the session has gone. Where none has, those ways end here. */
async function wasWrittenTo(tx: Handle, deps: AdvanceDeps, personId: string, data: Signal['data']): Promise<boolean> {
	const rows = await tx.select().from(journeyEnrolment).where(eq(journeyEnrolment.personId, personId));
	const others = rows.filter((row) => row.data.occurrenceId === data.occurrenceId && row.data.outcome !== data.outcome && row.reason !== 'outcome');
	for (const row of others) {
		const definition = await deps.versions.one(tx, row.journeyId, row.version);
		const keys = (definition?.steps ?? []).filter(({ kind }) => kind === 'message').map(({ id }) => messageKey(row.id, id));
		const gone = keys.length === 0 ? [] : await tx.select({ id: message.id }).from(message).where(and(inArray(message.key, keys), inArray(message.state, ['sending', 'sent']))); // prettier-ignore
		if (gone.length > 0) return true;
		if (keys.length > 0) await deps.messages().withdraw(tx, { keys });
		await leaveWith(tx, row, 'outcome', deps.now());
	}
	return false;
}
