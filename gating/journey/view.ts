import { asc, desc, eq, inArray } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';

import { readCursor, writeCursor } from '../lead/cursor.ts';
import { type Reader, whoOf } from '../lead/reader.ts';
import { isLiving, openProfile } from '../identity/person.ts';
import { journey, journeyEnrolment, journeyTask, journeyTrail, journeyVersion, lead, message, person } from '../schema.ts';
import { peopleAt, type Standing } from './count.ts';
import type { JourneyDefinition } from './definition.ts';
import { type JourneyDeps, messageKey } from './deps.ts';
import { UNDER_WAY } from './leave.ts';
import type { JourneyState } from './schema.ts';

const COUNT = new URL('./count.ts', import.meta.url);
const PAGE = 50;
/** Ways of one lead that are shown. */
const MOST_WAYS = 30;

export interface JourneyRow {
	readonly id: string;
	readonly name: string;
	readonly state: JourneyState;
	readonly version: number;
	readonly definition: JourneyDefinition;
	/** The draft differs from what is live. */
	readonly hasChanges: boolean;
	readonly changedAt: Date;
	readonly inFlight: number;
	readonly done: number;
	readonly left: number;
}

/** All journeys with their numbers: live ones first, then by name. */
export async function listJourneys({ db }: JourneyDeps): Promise<readonly JourneyRow[]> {
	const rows = await db.read.select().from(journey);
	const versions = await db.read.select().from(journeyVersion);
	const all = await countsOf(db, null);
	const order: readonly string[] = ['live', 'paused', 'draft', 'stopped'];
	return rows
		.map((row): JourneyRow => {
			const published = versions.find(({ journeyId, version }) => journeyId === row.id && version === row.version)?.definition;
			return {
				...{ id: row.id, name: row.draft.name, state: row.state as JourneyState, version: row.version, changedAt: row.changedAt },
				definition: published ?? row.draft,
				hasChanges: JSON.stringify(published) !== JSON.stringify(row.draft),
				...totals(all.filter(({ journeyId }) => journeyId === row.id)),
			};
		})
		.sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || a.name.localeCompare(b.name));
}

export function totals(all: readonly Standing[]): { readonly inFlight: number; readonly done: number; readonly left: number } {
	const of = (...states: string[]) => all.filter(({ state }) => states.includes(state)).reduce((sum, { people }) => sum + people, 0);
	return { inFlight: of(...UNDER_WAY), done: of('done'), left: of('left') };
}

export interface JourneyView extends JourneyRow {
	readonly draft: JourneyDefinition;
	readonly standings: readonly Standing[];
	readonly messages: readonly { readonly state: string; readonly reason: string; readonly messages: number }[];
	/** Newest first. */
	readonly versions: readonly {
		readonly version: number;
		readonly definition: JourneyDefinition;
		readonly publishedAt: Date;
		readonly publishedBy: string;
	}[];
}

/** One journey whole; null when there is none. */
export async function viewJourney({ db }: JourneyDeps, id: string): Promise<JourneyView | null> {
	const [row] = await db.read.select().from(journey).where(eq(journey.id, id));
	if (!row) return null;
	const versions = await db.read.select().from(journeyVersion).where(eq(journeyVersion.journeyId, id)).orderBy(desc(journeyVersion.version));
	const all = await countsOf(db, id);
	const messages = await db.analyse<{ journeyId: string }, JourneyView['messages']>({
		module: COUNT,
		name: 'messageCounts',
		params: { journeyId: id },
	});
	const published = versions.find(({ version }) => version === row.version)?.definition;
	return {
		...{ id, name: row.draft.name, state: row.state as JourneyState, version: row.version, changedAt: row.changedAt, draft: row.draft },
		...{
			definition: published ?? row.draft,
			hasChanges: JSON.stringify(published) !== JSON.stringify(row.draft),
			standings: all,
			messages,
			versions,
		},
		...totals(all),
	};
}

const countsOf = (db: JourneyDeps['db'], journeyId: string | null): Promise<Standing[]> =>
	db.analyse<{ journeyId: string | null }, Standing[]>({ module: COUNT, name: 'standings', params: { journeyId } });

export interface PeopleQuery {
	/** `flight`, `done` or `left`. */
	readonly where: 'flight' | 'done' | 'left';
	readonly step?: string | undefined;
	readonly reason?: string | undefined;
	readonly cursor?: string | undefined;
}

export interface PeoplePage {
	readonly items: readonly {
		readonly enrolmentId: string;
		readonly leadId: string;
		readonly company: string;
		/** Null when erased or not for the reader's eyes. */
		readonly name: string | null;
		readonly version: number;
		readonly step: string;
		readonly reason: string;
		readonly enteredAt: Date;
		readonly since: Date;
		/** When they are looked at next; null once they are out. */
		readonly dueAt: Date | null;
	}[];
	readonly nextCursor: string | null;
}

/** The people of one number. @throws DomainError invalid for a foreign cursor */
export async function peopleOfJourney(deps: JourneyDeps, id: string, query: PeopleQuery, by: Reader): Promise<PeoplePage> {
	const { db, keys, now, random } = deps;
	const list = `journey:${id}`;
	const place = query.cursor === undefined ? null : readCursor(list, 'number', query.cursor);
	const found = await peopleAt(db.read, {
		...{ journeyId: id, step: query.step, reason: query.reason, limit: PAGE + 1 },
		states: query.where === 'flight' ? UNDER_WAY : [query.where],
		after: place && { at: new Date(Number(place.value)), id: place.id },
	});
	const rows = found.slice(0, PAGE);
	const people = rows.length === 0 ? [] : await db.read.select().from(person).where(inArray(person.id, rows.map(({ enrolment }) => enrolment.personId))); // prettier-ignore
	const leads = rows.length === 0 ? [] : await db.read.select({ id: lead.id, company: lead.company }).from(lead).where(inArray(lead.id, rows.map(({ leadId }) => leadId))); // prettier-ignore
	const last = rows.at(-1);
	if (by.seesPeople && rows.length > 0)
		await db.write((tx) => recordAudit(tx, { ...whoOf(by), action: 'leads.list', subject: list, detail: { leads: rows.map(({ leadId }) => leadId) } }, now(), random)); // prettier-ignore
	return {
		items: rows.map(({ enrolment, leadId }) => {
			const whose = people.find((one) => one.id === enrolment.personId);
			const { version, step, reason, enteredAt, since, endedAt, dueAt } = enrolment;
			return {
				...{ enrolmentId: enrolment.id, leadId, version, step, reason, enteredAt, since, dueAt: endedAt === null ? dueAt : null },
				company: leads.find((one) => one.id === leadId)?.company ?? '',
				name: by.seesPeople && whose && isLiving(whose) ? (openProfile(keys, whose).name ?? null) : null,
			};
		}),
		nextCursor: found.length > PAGE && last ? writeCursor(list, { value: last.enrolment.enteredAt.getTime(), id: last.enrolment.id }) : null,
	};
}

/** One way of a lead's person through a journey, step by step. */
export interface LeadWay {
	readonly enrolmentId: string;
	readonly journeyId: string;
	readonly name: string;
	readonly version: number;
	readonly state: string;
	readonly reason: string;
	readonly step: string;
	readonly enteredAt: Date;
	readonly dueAt: Date | null;
	readonly definition: JourneyDefinition | null;
	readonly trail: readonly {
		readonly step: string;
		readonly kind: string;
		readonly because: string;
		readonly at: Date;
		/** Of a step that sends: where its message stands; null for other steps. */
		readonly message: { readonly id: string; readonly state: string; readonly reason: string } | null;
	}[];
}

export interface LeadTask {
	readonly id: string;
	readonly journeyId: string;
	readonly words: string;
	readonly dueAt: Date;
	readonly doneAt: Date | null;
}

/** Every way of a lead's people, newest first, and what staff are asked to do. */
export async function journeysOfLead(
	{ db }: JourneyDeps,
	leadId: string,
): Promise<{ readonly ways: readonly LeadWay[]; readonly tasks: readonly LeadTask[] }> {
	const people = db.read.select({ id: person.id }).from(person).where(eq(person.leadId, leadId));
	const rows = await db.read
		.select()
		.from(journeyEnrolment)
		.where(inArray(journeyEnrolment.personId, people))
		.orderBy(desc(journeyEnrolment.enteredAt), desc(journeyEnrolment.id))
		.limit(MOST_WAYS);
	const tasks = await db.read.select().from(journeyTask).where(inArray(journeyTask.personId, people)).orderBy(asc(journeyTask.dueAt)).limit(MOST_WAYS); // prettier-ignore
	const taskViews = tasks.map(({ id, journeyId, words, dueAt, doneAt }) => ({ id, journeyId, words, dueAt, doneAt }));
	if (rows.length === 0) return { ways: [], tasks: taskViews };
	const ids = rows.map(({ id }) => id);
	const trail = await db.read.select().from(journeyTrail).where(inArray(journeyTrail.enrolmentId, ids)).orderBy(asc(journeyTrail.enrolmentId), asc(journeyTrail.place)); // prettier-ignore
	const versions = await db.read.select().from(journeyVersion).where(inArray(journeyVersion.journeyId, [...new Set(rows.map(({ journeyId }) => journeyId))])); // prettier-ignore
	const keys = trail.filter(({ kind }) => kind === 'message').map(({ enrolmentId, step }) => messageKey(enrolmentId, step));
	const sent = keys.length === 0 ? [] : await db.read.select({ id: message.id, key: message.key, state: message.state, reason: message.reason }).from(message).where(inArray(message.key, keys)); // prettier-ignore
	return {
		tasks: taskViews,
		ways: rows.map((row) => {
			const definition = versions.find(({ journeyId, version }) => journeyId === row.journeyId && version === row.version)?.definition ?? null;
			const { journeyId, version, state, reason, step, enteredAt, endedAt, dueAt } = row;
			return {
				...{ enrolmentId: row.id, journeyId, version, state, reason, step, enteredAt, dueAt: endedAt === null ? dueAt : null, definition },
				name: definition?.name ?? '',
				trail: trail
					.filter(({ enrolmentId }) => enrolmentId === row.id)
					.map((line) => {
						const own = line.kind === 'message' ? sent.find(({ key }) => key === messageKey(row.id, line.step)) : undefined;
						return {
							...{ step: line.step, kind: line.kind, because: line.because, at: line.at },
							message: own ? { id: own.id, state: own.state, reason: own.reason } : null,
						};
					}),
			};
		}),
	};
}
