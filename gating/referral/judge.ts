import { HOUR_MS } from '#kernel/clock.ts';

import { burstsIn } from './burst.ts';
import { ringsIn } from './ring.ts';

/** Somebody who invites or was invited, as far as counting goes. */
export interface Party {
	readonly personId: string;
	/** The lead they count for at this moment. */
	readonly leadId: string;
	/** Keyed hashes of their mailbox and phone, with their kind: `mailbox:…`. */
	readonly keys: readonly string[];
	/** Company mail domain in clear; '' for free mail and where none is known. */
	readonly company: string;
	/** Domain of a free mail provider; '' otherwise. */
	readonly freeDomain: string;
	/** Browsers that are theirs by a verified act. */
	readonly browsers: readonly string[];
}

/** One form that was sent by way of an invitation. */
export interface Coming {
	readonly id: string;
	readonly invitationId: string;
	readonly personId: string;
	readonly visitorId: string | null;
	/** Whom the sending browser belonged to. */
	readonly senderId: string | null;
	/** Keyed hash; '' where unknown. */
	readonly network: string;
	readonly at: Date;
	/** When a verified act made the form theirs; null: anybody may have typed it. */
	readonly provedAt: Date | null;
}

/** Somebody proved, and since when. */
export interface Proved {
	readonly personId: string;
	readonly leadId: string;
	readonly at: Date;
	readonly keys: readonly string[];
}

export interface Evidence {
	readonly invitations: readonly { readonly id: string; readonly personId: string }[];
	readonly comings: readonly Coming[];
	readonly parties: readonly Party[];
	/** Everybody proved who is one lead with, or shares a mailbox or phone with, one of the parties. */
	readonly proved: readonly Proved[];
	/** Who came by whom in any programme, as person ids: rings go across programmes. */
	readonly edges: readonly { readonly from: string; readonly to: string; readonly fromLead: string; readonly toLead: string }[];
	readonly decisions: readonly { readonly invitationId: string; readonly personId: string; readonly decision: 'accept' | 'refuse' }[];
}

/** Why an invitation waits for somebody to look at it. */
export type HoldReason = 'same-browser' | 'same-mail' | 'same-phone' | 'known-mail' | 'known-phone' | 'ring' | 'burst-network' | 'burst-domain';

/** Why it can never count. */
export type RefusalReason = 'same-lead' | 'not-new' | 'staff';

/** What becomes of one invited human being in one programme. */
export interface Verdict {
	readonly invitationId: string;
	readonly personId: string;
	readonly leadId: string;
	readonly at: Date;
	/** Null before the address was proved. */
	readonly provedAt: Date | null;
	readonly status:
		/** Sent a form; the address is not proved. */
		| 'came'
		| 'counted'
		/** For staff to accept or refuse. */
		| 'held'
		| 'refused';
	readonly reasons: readonly (HoldReason | RefusalReason)[];
	/** True when staff accepted what was held. */
	readonly isAccepted: boolean;
}

const NETWORK_BURST = { most: 3, withinMs: HOUR_MS };
const DOMAIN_BURST = { most: 4, withinMs: HOUR_MS };

/**
 * What becomes of everybody who came by an invitation: one verdict for each lead, for the first form that was proved to be theirs, else the first
 * at all. It follows from the present state alone, so merges and their undoing, decisions and their changes lead to the same numbers in any order.
 */
export function judge(evidence: Evidence): Verdict[] {
	const parties = new Map(evidence.parties.map((party) => [party.personId, party]));
	const inviters = new Map(evidence.invitations.map(({ id, personId }) => [id, personId]));
	const firsts = firstComings(evidence.comings, parties).filter(({ invitationId }) => inviters.has(invitationId));
	const rings = ringsIn(evidence.edges.map(({ fromLead, toLead }) => [fromLead, toLead] as const));
	const bursts = {
		network: burstsIn(
			firsts,
			(one) => one.network,
			NETWORK_BURST,
			(one) => parties.get(one.personId)?.company ?? '',
		),
		domain: burstsIn(
			firsts,
			(one) => parties.get(one.personId)?.freeDomain ?? '',
			DOMAIN_BURST,
			() => '',
		),
	};
	return firsts.map((coming) => {
		const [inviter, invited] = [parties.get(inviters.get(coming.invitationId) ?? ''), parties.get(coming.personId)];
		const leadId = invited?.leadId ?? coming.personId;
		const { invitationId, personId, at, provedAt } = coming;
		const base = { invitationId, personId, leadId, at, provedAt, isAccepted: false };
		const decision = evidence.decisions.find((one) => one.invitationId === invitationId && one.personId === personId)?.decision;
		if (decision === 'refuse') return { ...base, status: 'refused', reasons: ['staff'] };
		const refusal = invited && inviter ? refusalOf(coming, invited, inviter, evidence.proved) : null;
		if (refusal !== null) return { ...base, status: 'refused', reasons: [refusal] };
		if (provedAt === null || !invited || !inviter) return { ...base, status: 'came', reasons: [] };
		const reasons: HoldReason[] = [
			...likenesses(coming, invited, inviter, evidence.proved),
			...(rings.has(`${inviter.leadId}\n${leadId}`) ? (['ring'] as const) : []),
			...(bursts.network.has(coming.id) ? (['burst-network'] as const) : []),
			...(bursts.domain.has(coming.id) ? (['burst-domain'] as const) : []),
		];
		const isAccepted = decision === 'accept' && reasons.length > 0;
		return { ...base, status: reasons.length === 0 || isAccepted ? 'counted' : 'held', reasons, isAccepted };
	});
}

/** The coming that stands for each lead, in the order of time. */
function firstComings(comings: readonly Coming[], parties: ReadonlyMap<string, Party>): Coming[] {
	const rank = (one: Coming, other: Coming): number =>
		Number(one.provedAt === null) - Number(other.provedAt === null) || one.at.getTime() - other.at.getTime() || (one.id < other.id ? -1 : 1);
	const first = new Map<string, Coming>();
	for (const coming of [...comings].sort(rank)) {
		const leadId = parties.get(coming.personId)?.leadId ?? coming.personId;
		if (!first.has(leadId)) first.set(leadId, coming);
	}
	return [...first.values()].sort((one, other) => one.at.getTime() - other.at.getTime() || (one.id < other.id ? -1 : 1));
}

/** What no decision changes: they are the inviter themselves, or were known before they came. */
function refusalOf({ at }: Coming, invited: Party, inviter: Party, proved: readonly Proved[]): RefusalReason | null {
	if (invited.leadId === inviter.leadId) return 'same-lead';
	return proved.some((one) => one.leadId === invited.leadId && one.at < at) ? 'not-new' : null;
}

/** Signs that the invited person is somebody known under another address. */
function likenesses({ at, visitorId, senderId }: Coming, invited: Party, inviter: Party, proved: readonly Proved[]): HoldReason[] {
	const before = proved.filter((one) => one.leadId !== invited.leadId && one.at < at);
	const shared = (kind: string, isInviter: boolean): boolean =>
		before.some(
			(one) => (one.leadId === inviter.leadId) === isInviter && one.keys.some((key) => key.startsWith(`${kind}:`) && invited.keys.includes(key)),
		);
	const isSameBrowser = senderId === inviter.personId || (visitorId !== null && inviter.browsers.includes(visitorId));
	return [
		...(isSameBrowser ? (['same-browser'] as const) : []),
		...(shared('mailbox', true) ? (['same-mail'] as const) : []),
		...(shared('phone', true) ? (['same-phone'] as const) : []),
		...(shared('mailbox', false) ? (['known-mail'] as const) : []),
		...(shared('phone', false) ? (['known-phone'] as const) : []),
	];
}
