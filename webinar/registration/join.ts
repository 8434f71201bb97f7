import type { LocalisedText } from '#cms/content.ts';
import type { CheckedLink, LinkUse, SetCookie, Visitor } from '#gating';
import { DAY_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import { readToken } from '#kernel/signed-token.ts';

import { subjectOf, type WebinarsDeps } from '../deps.ts';
import { scannedTicket, spokenTicket, ticketCode } from '../on-site/ticket.ts';
import { type Occurrence, occurrenceById } from '../programme/occurrence.ts';
import { createSessions, type OccurrenceView, occurrenceView, type SessionView } from '../programme/session.ts';
import { type AddToLink, addToLinks, type CalendarFile, calendarFile } from './calendar.ts';
import { type ChangeOutcome, changeSession } from './change-session.ts';
import { fillSeats, give } from './fill-seats.ts';
import { leave } from './leave.ts';
import { createOwnEntry } from './own-entry.ts';
import { registeredEvent } from './register.ts';
import { isActive, type Registration, registrationById, seatsLock } from './registration.ts';

/** A link goes on opening the room's page for a while, where what comes next is told. */
const AFTER_END_MS = 30 * DAY_MS;

/** How a registration stands: `ready` has a seat, `called-off` by the organiser. */
export type Standing = 'ready' | 'pending' | 'waiting' | 'offered' | 'lapsed' | 'declined' | 'cancelled' | 'called-off';

export type PeekedJoin =
	| {
			readonly status: Standing;
			readonly slug: string;
			readonly title: LocalisedText;
			readonly mode: Occurrence['mode'];
			/** What the code to scan at the door says; null where none is shown. */
			readonly ticket: { readonly scanned: string; readonly spoken: string; readonly personId: string } | null;
			readonly occurrence: OccurrenceView;
			/** Address of an on-site one; '' in both languages else. */
			readonly place: LocalisedText;
			/** Until when the seat on offer is kept. */
			readonly offeredUntil: Date | null;
			/** Other dates of the same programme that are still to come. */
			readonly others: readonly SessionView[];
			/** Forms of calendars on the web; empty without a seat. */
			readonly addTo: readonly AddToLink[];
			/** Name of the registrant, to say whose link this is; null when unknown, and in a browser that is not shown to be theirs. */
			readonly name: string | null;
			/** True in another browser than the one that registered: buttons ask for the address too. */
			readonly asksAddress: boolean;
	  }
	| { readonly status: 'expired' | 'unknown' };

export type JoinOutcome =
	| { readonly status: 'joined'; readonly slug: string; readonly setCookies: readonly SetCookie[] }
	| { readonly status: Exclude<Standing, 'ready'> | 'expired' | 'unknown' }
	| UncheckedLink;

/** Another browser than the one that registered: the address is missing or wrong. */
export type UncheckedLink = Extract<CheckedLink, { readonly status: 'check' }>;

export interface Join {
	/** Whose link this is and for what. Changes nothing: scanners open links. */
	peek(token: string, visitor: Visitor): Promise<PeekedJoin>;
	/** The registrant pressed the button: proves their mail in this browser and gives it a pass. */
	accept(token: string, use: LinkUse): Promise<JoinOutcome>;
	/** Takes the seat on offer, and proves the mail as {@link Join.accept} does. `lapsed` when the time is up. */
	take(token: string, use: LinkUse): Promise<JoinOutcome>;
	/** Goes to another session of the same programme. The old seat is kept unless the new one is had. */
	change(token: string, occurrenceId: string, use: LinkUse): Promise<{ readonly status: ChangeOutcome | 'expired' } | UncheckedLink>;
	/** Gives the seat back; whoever waits longest gets it. Cancelling twice is as good as once. */
	cancel(token: string, use: LinkUse): Promise<{ readonly status: 'cancelled' | 'expired' | 'unknown' } | UncheckedLink>;
	/** The registrant's calendar entry as a file to keep; null when there is none to put into a calendar. */
	calendar(token: string): Promise<CalendarFile | null>;
}

interface Found {
	readonly row: Registration;
	readonly occurrence: Occurrence;
	readonly state: Standing | 'expired';
}

type JoinDeps = Pick<WebinarsDeps, 'db' | 'keys' | 'now' | 'random' | 'gating' | 'content' | 'origin'>;

export function createJoin(deps: JoinDeps): Join {
	const { db, keys, now, random, gating } = deps;
	const sessions = createSessions(deps);
	const ownEntry = createOwnEntry(deps);
	const find = async (token: string): Promise<Found | null> => {
		const read = readToken(keys, 'join', token, now());
		const row = read.status === 'valid' ? await registrationById(db.read, read.subject) : null;
		const occurrence = row && (await occurrenceById(db.read, row.occurrenceId));
		return row && occurrence && { row, occurrence, state: stateOf(row, occurrence, now()) };
	};

	const check = ({ row, occurrence }: Found, use: LinkUse): Promise<CheckedLink> =>
		gating.access.checkLink({ link: row.id, personId: row.personId, subject: subjectOf(occurrence.webinarId) }, use);

	/** Shows in this browser that the registrant reads their mail, and counts the registration. `before` may refuse, inside the body. */
	const prove = async (
		{ row, occurrence }: Found,
		checked: Exclude<CheckedLink, UncheckedLink>,
		use: LinkUse,
		before: (tx: Handle) => Promise<'lapsed' | null>,
	): Promise<JoinOutcome> => {
		const how = checked.status === 'here' ? 'link' : 'elsewhere';
		const subject = subjectOf(occurrence.webinarId);
		return db.write(
			async (tx): Promise<JoinOutcome> => {
				const refused = await before(tx);
				if (refused) return { status: refused };
				const act = await gating.people.verifiedAct(tx, { personId: row.personId, covers: checked.covers, visitor: use.visitor, how });
				if (act.status === 'gone') return { status: 'unknown' };
				const { id: registrationId, registeredAt: at, personId } = row;
				await gating.events.record(tx, registeredEvent({ registrationId, at, personId, visitorId: null, subject, occurrenceId: occurrence.id }));
				return { status: 'joined', slug: occurrence.slug, setCookies: act.setCookies };
			},
			{ locks: seatsLock(occurrence.id) },
		);
	};

	return Object.freeze<Join>({
		peek: async (token, visitor) => {
			const found = await find(token);
			if (!found) return { status: 'unknown' };
			const { row, occurrence, state } = found;
			if (state === 'expired') return { status: 'expired' };
			const contact = await gating.people.contact(row.personId);
			if (!contact) return { status: 'unknown' };
			const isHere = (await check(found, { visitor, email: null, network: null })).status === 'here';
			const code = ticketCode(keys, row.id);
			const entry = state === 'ready' ? await ownEntry(row, occurrence) : null;
			return {
				status: state,
				slug: occurrence.slug,
				title: occurrence.title,
				mode: occurrence.mode,
				ticket:
					state === 'ready' && occurrence.mode === 'on-site'
						? { scanned: scannedTicket(code), spoken: spokenTicket(code), personId: row.personId }
						: null,
				occurrence: occurrenceView(occurrence, now()),
				place: occurrence.place,
				offeredUntil: state === 'offered' ? row.offeredUntil : null,
				others: isActive(row.state) ? (await sessions(occurrence.webinarId)).filter(({ id }) => id !== occurrence.id) : [],
				addTo: entry ? addToLinks(entry) : [],
				name: isHere ? (contact.name ?? null) : null,
				asksAddress: !isHere,
			};
		},
		accept: async (token, use) => {
			const found = await find(token);
			if (!found) return { status: 'unknown' };
			if (found.state !== 'ready') return { status: found.state };
			const checked = await check(found, use);
			return checked.status === 'check' ? checked : prove(found, checked, use, () => Promise.resolve(null));
		},
		take: async (token, use) => {
			const found = await find(token);
			if (!found) return { status: 'unknown' };
			if (found.state !== 'offered' && found.state !== 'ready') return { status: found.state };
			const checked = await check(found, use);
			if (checked.status === 'check') return checked;
			return prove(found, checked, use, async (tx) => {
				// Time may be up before anything else noticed it.
				await fillSeats(tx, found.occurrence.id, now(), random);
				const current = await registrationById(tx, found.row.id);
				if (current?.state === 'offered') await give(tx, current, found.occurrence, 'taken', now(), random);
				return current?.state === 'offered' || current?.state === 'registered' ? null : 'lapsed';
			});
		},
		change: async (token, occurrenceId, use) => {
			const found = await find(token);
			if (!found) return { status: 'unknown' };
			if (found.state === 'expired') return { status: 'expired' };
			const checked = await check(found, use);
			if (checked.status === 'check') return checked;
			return { status: await changeSession(deps, found.row.id, occurrenceId) };
		},
		cancel: async (token, use) => {
			const found = await find(token);
			if (!found) return { status: 'unknown' };
			if (found.state === 'expired') return { status: 'expired' };
			const checked = await check(found, use);
			if (checked.status === 'check') return checked;
			const { row, occurrence } = found;
			await db.write(
				async (tx) => {
					const current = await registrationById(tx, row.id);
					if (!current || !isActive(current.state)) return;
					await leave(tx, current, occurrence, 'cancelled', now(), random);
				},
				{ locks: seatsLock(occurrence.id) },
			);
			return { status: 'cancelled' };
		},
		calendar: async (token) => {
			const found = await find(token);
			const entry = found?.state === 'ready' ? await ownEntry(found.row, found.occurrence) : null;
			return entry && calendarFile(entry, true);
		},
	});
}

function stateOf(row: Registration, occurrence: Occurrence, now: Date): Found['state'] {
	if (now.getTime() > occurrence.closesAt.getTime() + AFTER_END_MS) return 'expired';
	if (occurrence.cancelledAt) return 'called-off';
	if (row.state === 'offered' && row.offeredUntil && row.offeredUntil <= now) return 'lapsed';
	return row.state === 'registered' ? 'ready' : row.state;
}
