import { and, asc, desc, eq, gt } from 'drizzle-orm';

import { DAY_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import type { Keys } from '#kernel/keys.ts';

import type { Visitor } from '../identity/visitor.ts';
import { invitationByCode, invitationCodeOf } from '../referral/code.ts';
import { submissionArrival, touchpoint, utmRule } from '../schema.ts';
import { type FirstTouch, firstTouchOf, ruleOf } from './first-touch.ts';
import { sourceByCode } from './source.ts';

/** By which way somebody came. */
export interface Arrival {
	readonly channel: string;
	/** Id of one of our own links, or of an invitation. */
	readonly sourceId: string | null;
	readonly tacticId: string | null;
	/** UTM values and referrer host. */
	readonly detail: Readonly<Record<string, string>>;
	readonly isInvitation: boolean;
}

/** An arrival as it goes along with a form: with the network it was sent from, which is kept for invitations only. */
export type FormArrival = Arrival & { readonly network: string };

export const UNKNOWN_ARRIVAL: Arrival = { channel: 'direct', sourceId: null, tacticId: null, detail: {}, isInvitation: false };
/** A visit so long ago has not led to what happens now. */
export const REACH_MS = 30 * DAY_MS;
const LONGEST_QUERY = 2_000;

/** The channel and source of a landing: by our own link or an invitation if it is one, else by the company's rules. */
export async function arrivalOf(handle: Handle, origin: string, query: string, referrer: string | null): Promise<Arrival> {
	const rules = await handle.select().from(utmRule).orderBy(asc(utmRule.position), asc(utmRule.source), asc(utmRule.medium), asc(utmRule.campaign));
	const touch = firstTouchOf(new URL(`/${query.slice(0, LONGEST_QUERY)}`, origin), referrer, rules);
	const { channel = 'direct', ...detail } = touch satisfies FirstTouch;
	const code = invitationCodeOf(detail.link ?? '');
	const invited = code === null ? null : await invitationByCode(handle, code);
	if (invited) return { channel: 'invitation', sourceId: invited.id, tacticId: null, detail, isInvitation: true };
	const own = await sourceByCode(handle, detail.link ?? '');
	const tacticId = own ? own.tacticId : (ruleOf(touch, rules)?.tacticId ?? null);
	return { channel: own?.channel ?? channel, sourceId: own?.id ?? null, tacticId, detail, isInvitation: false };
}

/**
 * By which way the sender of a form came: by the tags of the page it stood on, which browsers name with every form, else by the last visit of a
 * browser that agreed to be recognised. Nothing is set or kept for it in browsers.
 */
export async function formArrival(
	handle: Handle,
	origin: string,
	{ query, visitor, network, now }: { readonly query: string; readonly visitor: Visitor; readonly network: string; readonly now: Date },
): Promise<FormArrival> {
	const named = /[?&]utm_/.test(query) ? await arrivalOf(handle, origin, query, null) : null;
	const visit = named === null && visitor.visitorId !== null ? await lastVisit(handle, visitor.visitorId, now) : null;
	return { ...(named ?? visit ?? UNKNOWN_ARRIVAL), network };
}

async function lastVisit(handle: Handle, visitorId: string, now: Date): Promise<Arrival | null> {
	const { channel, sourceId, tacticId, detail } = touchpoint;
	const [row] = await handle
		.select({ channel, sourceId, tacticId, detail })
		.from(touchpoint)
		.where(and(eq(touchpoint.visitorId, visitorId), eq(touchpoint.kind, 'visit'), gt(touchpoint.at, new Date(now.getTime() - REACH_MS))))
		.orderBy(desc(touchpoint.at), desc(touchpoint.id))
		.limit(1);
	return row ? { ...row, isInvitation: row.sourceId !== null && invitationCodeOf(row.detail['link'] ?? '') !== null } : null;
}

/** Keeps the way with the submission it led to. */
export async function keepArrival(
	tx: Handle,
	keys: Keys,
	arrival: FormArrival,
	sent: { readonly submissionId: string; readonly personId: string; readonly subject: string; readonly visitor: Visitor; readonly at: Date },
): Promise<void> {
	const { submissionId, personId, subject, visitor, at } = sent;
	const { channel, sourceId, tacticId, detail, isInvitation } = arrival;
	const network = isInvitation && arrival.network !== '' ? keys.blindIndex('invitation-network', arrival.network) : '';
	await tx.insert(submissionArrival).values({
		...{ submissionId, personId, visitorId: visitor.visitorId, senderId: visitor.personId, subject },
		...{ channel, sourceId, tacticId, detail, network, at },
	});
}

export async function keepVisit(
	tx: Handle,
	visit: {
		readonly id: string;
		readonly at: Date;
		readonly localDay: string;
		/** Null: the browser is not known, its reader is. */
		readonly visitorId: string | null;
		readonly personId: string | null;
		readonly subject: string;
		readonly touch: Arrival;
	},
): Promise<void> {
	const { touch, ...row } = visit;
	const { channel, sourceId, tacticId, detail } = touch;
	await tx.insert(touchpoint).values({ ...row, channel, sourceId, tacticId, detail, kind: 'visit', importId: null });
}
