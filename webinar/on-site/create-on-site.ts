import { and, eq, gt, inArray, isNull, lt, ne } from 'drizzle-orm';

import { STRANGER } from '#gating';
import { recordAudit } from '#kernel/audit.ts';
import { DAY_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';

import { subjectOf, type WebinarsDeps, webinarById } from '../deps.ts';
import { type Occurrence, occurrenceById } from '../programme/occurrence.ts';
import { enter } from '../registration/enter.ts';
import { isActive, type Registration, registrationById, registrationOf, seatsLock } from '../registration/registration.ts';
import { occurrence, registration, stay } from '../schema.ts';
import type { CheckInEntry, CheckInOutcome, Expected, OnSite, WalkIn, WalkInOutcome } from './public.ts';
import { checkIn, type CheckInHow } from './schema.ts';
import { readTicket, ticketCode } from './ticket.ts';
import { believedAt } from './time.ts';

/** Tickets of other events are told apart within this time around the event. */
const AROUND_MS = 90 * DAY_MS;
/** The entrance of who came without registering. */
const CHANNEL = 'on-site';

type By = Parameters<OnSite['checkIn']>[2];
interface Arrived {
	readonly id: string;
	readonly at: Date;
	readonly how: CheckInHow;
}

export function createOnSite(deps: Pick<WebinarsDeps, 'db' | 'keys' | 'now' | 'random' | 'content' | 'gating'>): OnSite {
	const { db, keys, now, random, content, gating } = deps;

	const eventAt = async (handle: Handle, id: string): Promise<Occurrence> => {
		const found = await occurrenceById(handle, id);
		if (found?.mode !== 'on-site') throw new DomainError('not-found', 'There is no such event on site.');
		return found;
	};

	const rowsOf = (handle: Handle, occurrenceId: string): Promise<Registration[]> =>
		handle.select().from(registration).where(eq(registration.occurrenceId, occurrenceId));

	const named = async (personId: string): Promise<{ readonly name: string; readonly company: string }> => {
		const contact = await gating.people.contact(personId);
		return { name: contact?.name ?? '', company: contact?.company ?? '' };
	};

	/** Puts somebody with a seat inside: attendance from now to the end, and the behaviour that scores. */
	const letIn = async (
		tx: Handle,
		event: Occurrence,
		row: Registration,
		{ id, at, how }: Arrived,
		by: By,
	): Promise<{ status: 'checked-in' | 'already'; at: Date }> => {
		const known = and(eq(checkIn.occurrenceId, event.id), eq(checkIn.personId, row.personId));
		const [before] = await tx.select().from(checkIn).where(known);
		if (before) return { status: before.id === id ? 'checked-in' : 'already', at: before.at };
		const [occurrenceId, personId, registrationId] = [event.id, row.personId, row.id];
		await tx.insert(checkIn).values({ id, occurrenceId, personId, registrationId, how, at, receivedAt: now(), actor: by.actor });
		// Nobody checks out: whoever came in is there until the end.
		const endedAt = new Date(Math.max(event.endsAt.getTime(), at.getTime()));
		await tx
			.insert(stay)
			.values({ id: newId(now(), random), occurrenceId, personId, source: 'check-in', startedAt: at, lastSeenAt: endedAt, endedAt });
		await tx.update(registration).set({ joinedAt: at, attendedVia: CHANNEL }).where(eq(registration.id, row.id));
		// What a phone sends after the end is settled as well.
		await tx.update(occurrence).set({ settledAt: null }).where(eq(occurrence.id, event.id));
		const subject = subjectOf(event.webinarId);
		await gating.events.record(tx, {
			id: `joined-${row.id}`,
			type: 'webinar.joined',
			at,
			personId,
			visitorId: null,
			subject,
			props: { occurrenceId },
		});
		await recordAudit(tx, { ...by, action: 'webinar.check-in', subject: `occurrence:${event.id}`, detail: { registrationId, how } }, now(), random);
		return { status: 'checked-in', at };
	};

	const find = async (handle: Handle, event: Occurrence, { ticket, registrationId }: CheckInEntry): Promise<Registration | CheckInOutcome> => {
		if (registrationId !== null) {
			const row = await registrationById(handle, registrationId);
			return row?.occurrenceId === event.id ? row : { status: 'unknown' };
		}
		const code = readTicket(ticket ?? '');
		if (code === null) return { status: 'unknown' };
		const has = (rows: readonly Registration[]) => rows.find(({ id }) => ticketCode(keys, id) === code);
		const here = has(await rowsOf(handle, event.id));
		if (here) return here;
		const around = await eventsAround(handle, event);
		const elsewhere = has(
			await handle
				.select()
				.from(registration)
				.where(
					inArray(
						registration.occurrenceId,
						around.map(({ id }) => id),
					),
				),
		);
		const other = elsewhere && around.find(({ id }) => id === elsewhere.occurrenceId);
		return other ? { status: 'other-event', title: other.title, startsAt: other.startsAt } : { status: 'unknown' };
	};

	const idOf = ({ id }: { readonly id: string | null }): string => id ?? newId(now(), random);

	const answer = async (row: Registration, done: { readonly status: 'checked-in' | 'already'; readonly at: Date }) => ({
		...done,
		registrationId: row.id,
		...(await named(row.personId)),
	});

	return Object.freeze<OnSite>({
		expected: async (occurrenceId): Promise<Expected[]> => {
			const event = await eventAt(db.read, occurrenceId);
			const rows = (await rowsOf(db.read, event.id)).filter(({ state }) => isActive(state));
			const came = new Map(
				(await db.read.select().from(checkIn).where(eq(checkIn.occurrenceId, event.id))).map((row) => [row.registrationId, row.at]),
			);
			const list = await Promise.all(
				rows.map(async ({ id, personId, state }) => ({
					...{ registrationId: id, personId, ticket: ticketCode(keys, id), state, checkedInAt: came.get(id) ?? null },
					...(await named(personId)),
				})),
			);
			return list.sort((a, b) => a.name.localeCompare(b.name));
		},
		form: async (occurrenceId, locale) => {
			const event = await eventAt(db.read, occurrenceId);
			const webinar = webinarById(content(), event.webinarId);
			return webinar && gating.forms.describe(webinar.formKey, STRANGER, locale);
		},
		checkIn: async (occurrenceId, entry, by): Promise<CheckInOutcome> => {
			const event = await eventAt(db.read, occurrenceId);
			const found = await find(db.read, event, entry);
			if ('status' in found) return found;
			if (found.state !== 'registered') return { status: 'no-seat', state: found.state, name: (await named(found.personId)).name };
			const at = believedAt(entry.at, event, now());
			return answer(found, await db.write((tx) => letIn(tx, event, found, { ...entry, id: idOf(entry), at }, by), { locks: seatsLock(event.id) }));
		},
		walkIn: async (occurrenceId, person: WalkIn, by): Promise<WalkInOutcome> => {
			const event = await eventAt(db.read, occurrenceId);
			const webinar = webinarById(content(), event.webinarId);
			if (!webinar) return { status: 'closed' };
			const { formKey } = webinar;
			const subject = subjectOf(webinar.id);
			// Staff asks, at one phone for everybody: limits by network and traps are for browsers of strangers.
			const asked = {
				...person,
				formKey,
				visitor: STRANGER,
				network: null,
				trap: { honeypot: '', challenge: null },
				idempotencyKey: person.id ?? undefined,
			};
			const checked = await gating.forms.check(asked);
			if (checked.status === 'invalid' || checked.status === 'slow-down') return checked;
			if (checked.status === 'trapped') return { status: 'closed' };
			const at = believedAt(person.at, event, now());

			type Done = WalkInOutcome | { readonly row: Registration; readonly done: Awaited<ReturnType<typeof letIn>> };
			const done = await db.write(
				async (tx): Promise<Done> => {
					const input = { ...asked, answers: checked.answers, subject, timeZone: event.timeZone, channel: CHANNEL };
					const { personId, submissionId, requestHash } = await gating.people.resolve(tx, input);
					const before = await registrationOf(tx, event.id, personId);
					if (before && isActive(before.state) && before.state !== 'registered')
						return { status: 'no-seat', state: before.state, name: person.answers['name'] ?? '' };
					const submission = { id: submissionId, hash: requestHash };
					const { grantId } = await gating.access.offer(tx, { personId, subject, locale: person.locale, visitor: STRANGER, submission });
					// Staff who lets somebody in has approved them. While the event runs nobody waits at the door for an offer.
					const entered = await enter(tx, { occurrence: { ...event, needsApproval: false }, personId, channel: CHANNEL, grantId }, now(), random);
					if (entered.status === 'full' || entered.status === 'closed') return { status: entered.status };
					const row = await registrationOf(tx, event.id, personId);
					if (row?.state !== 'registered') return { status: 'full' };
					return { row, done: await letIn(tx, event, row, { id: idOf(person), at, how: 'walk-in' }, by) };
				},
				{ locks: seatsLock(event.id) },
			);
			return 'row' in done ? answer(done.row, done.done) : done;
		},
	});
}

/** Other events on site whose tickets somebody may hold by mistake. */
function eventsAround(handle: Handle, event: Occurrence): Promise<Occurrence[]> {
	const [from, to] = [event.startsAt.getTime() - AROUND_MS, event.startsAt.getTime() + AROUND_MS];
	return handle
		.select()
		.from(occurrence)
		.where(
			and(
				eq(occurrence.mode, 'on-site'),
				ne(occurrence.id, event.id),
				isNull(occurrence.cancelledAt),
				gt(occurrence.startsAt, new Date(from)),
				lt(occurrence.startsAt, new Date(to)),
			),
		)
		.limit(200);
}
