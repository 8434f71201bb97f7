import { eq } from 'drizzle-orm';

import type { LocalisedText } from '#cms/content.ts';
import type { CheckedLink, LinkUse, SetCookie, Visitor } from '#gating';
import { DAY_MS } from '#kernel/clock.ts';
import { readToken } from '#kernel/signed-token.ts';

import { subjectOf, type WebinarsDeps } from '../deps.ts';
import { type Occurrence, occurrenceById } from '../programme/occurrence.ts';
import { type OccurrenceView, occurrenceView } from '../programme/view.ts';
import { registration } from '../schema.ts';
import { orderMail, withdrawReminders } from './mail-order.ts';
import { promoteWaiting } from './promote.ts';
import { registeredEvent } from './register.ts';
import { type Registration, registrationById, seatsLock } from './registration.ts';

/** A link goes on opening the room's page for a while, where what comes next is told. */
const AFTER_END_MS = 30 * DAY_MS;

export type PeekedJoin =
	| {
			readonly status: 'ready' | 'waiting' | 'cancelled' | 'called-off';
			readonly slug: string;
			readonly title: LocalisedText;
			readonly occurrence: OccurrenceView;
			/** Name of the registrant, to say whose link this is; null when unknown, and in a browser that is not shown to be theirs. */
			readonly name: string | null;
			/** True in another browser than the one that registered: buttons ask for the address too. */
			readonly asksAddress: boolean;
	  }
	| { readonly status: 'expired' | 'unknown' };

export type JoinOutcome =
	| { readonly status: 'joined'; readonly slug: string; readonly setCookies: readonly SetCookie[] }
	| { readonly status: 'waiting' | 'cancelled' | 'called-off' | 'expired' | 'unknown' }
	| UncheckedLink;

/** Another browser than the one that registered: the address is missing or wrong. */
export type UncheckedLink = Extract<CheckedLink, { readonly status: 'check' }>;

export interface Join {
	/** Whose link this is and for what. Changes nothing: scanners open links. */
	peek(token: string, visitor: Visitor): Promise<PeekedJoin>;
	/** The registrant pressed the button: proves their mail in this browser and gives it a pass. */
	accept(token: string, use: LinkUse): Promise<JoinOutcome>;
	/** Gives the seat back; whoever waits longest gets it. Cancelling twice is as good as once. */
	cancel(token: string, use: LinkUse): Promise<{ readonly status: 'cancelled' | 'expired' | 'unknown' } | UncheckedLink>;
}

interface Found {
	readonly row: Registration;
	readonly occurrence: Occurrence;
	readonly state: 'ready' | 'waiting' | 'cancelled' | 'called-off' | 'expired';
}

export function createJoin({ db, keys, now, random, gating }: Pick<WebinarsDeps, 'db' | 'keys' | 'now' | 'random' | 'gating'>): Join {
	const find = async (token: string): Promise<Found | null> => {
		const read = readToken(keys, 'join', token, now());
		const row = read.status === 'valid' ? await registrationById(db.read, read.subject) : null;
		const occurrence = row && (await occurrenceById(db.read, row.occurrenceId));
		return row && occurrence && { row, occurrence, state: stateOf(row, occurrence, now()) };
	};

	const check = ({ row, occurrence }: Found, use: LinkUse): Promise<CheckedLink> =>
		gating.access.checkLink({ link: row.id, personId: row.personId, subject: subjectOf(occurrence.webinarId) }, use);

	return Object.freeze<Join>({
		peek: async (token, visitor) => {
			const found = await find(token);
			if (!found) return { status: 'unknown' };
			const { row, occurrence, state } = found;
			if (state === 'expired') return { status: 'expired' };
			const contact = await gating.people.contact(row.personId);
			if (!contact) return { status: 'unknown' };
			const isHere = (await check(found, { visitor, email: null, network: null })).status === 'here';
			return {
				status: state,
				slug: occurrence.slug,
				title: occurrence.title,
				occurrence: occurrenceView(occurrence, now()),
				name: isHere ? (contact.name ?? null) : null,
				asksAddress: !isHere,
			};
		},
		accept: async (token, use) => {
			const found = await find(token);
			if (!found) return { status: 'unknown' };
			const { row, occurrence, state } = found;
			if (state !== 'ready') return { status: state };
			const subject = subjectOf(occurrence.webinarId);
			const checked = await check(found, use);
			if (checked.status === 'check') return checked;
			const how = checked.status === 'here' ? 'link' : 'elsewhere';
			return db.write(async (tx): Promise<JoinOutcome> => {
				const act = await gating.people.verifiedAct(tx, { personId: row.personId, covers: checked.covers, visitor: use.visitor, how });
				if (act.status === 'gone') return { status: 'unknown' };
				await gating.events.record(
					tx,
					registeredEvent({
						registrationId: row.id,
						at: row.registeredAt,
						personId: row.personId,
						visitorId: null,
						subject,
						occurrenceId: occurrence.id,
					}),
				);
				return { status: 'joined', slug: occurrence.slug, setCookies: act.setCookies };
			});
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
					if (!current || current.state === 'cancelled') return;
					await tx.update(registration).set({ state: 'cancelled' }).where(eq(registration.id, row.id));
					await withdrawReminders(tx, current, occurrence.sequence + 1);
					if (current.state === 'registered') {
						await orderMail(tx, 'cancelled', { registration: current, occurrence }, 'own', now(), random);
						await promoteWaiting(tx, occurrence.id, now(), random);
					}
				},
				{ locks: seatsLock(occurrence.id) },
			);
			return { status: 'cancelled' };
		},
	});
}

function stateOf(row: Registration, occurrence: Occurrence, now: Date): Found['state'] {
	if (now.getTime() > occurrence.closesAt.getTime() + AFTER_END_MS) return 'expired';
	if (occurrence.cancelledAt) return 'called-off';
	return row.state === 'registered' ? 'ready' : row.state;
}
