import type { Verdict } from './judge.ts';

/** One participant's place. Persons who are one lead take part as one. */
export interface Standing {
	readonly leadId: string;
	readonly invitationIds: readonly string[];
	readonly counted: number;
	/** When the last counted one was proved; null while none counts. */
	readonly reachedAt: Date | null;
	/** 1 for the best; the same for those who reached the same at the same instant. Null while none counts. */
	readonly rank: number | null;
}

/** Everybody who invites, by what counts; of those with as many, who got there first. */
export function standingsOf(
	invitations: readonly { readonly id: string; readonly leadId: string }[],
	verdicts: readonly Verdict[],
): readonly Standing[] {
	const byLead = Map.groupBy(invitations, ({ leadId }) => leadId);
	const entries = [...byLead].map(([leadId, own]) => {
		const invitationIds = own.map(({ id }) => id);
		const counted = verdicts.filter(({ invitationId, status }) => status === 'counted' && invitationIds.includes(invitationId));
		const last = Math.max(...counted.map(({ provedAt }) => provedAt?.getTime() ?? 0));
		return { leadId, invitationIds, counted: counted.length, reachedAt: counted.length === 0 ? null : new Date(last) };
	});
	const isAhead = (one: (typeof entries)[number], other: (typeof entries)[number]): boolean =>
		one.counted > other.counted || (one.counted === other.counted && (one.reachedAt?.getTime() ?? 0) < (other.reachedAt?.getTime() ?? 0));
	return entries
		.map((entry) => ({
			...entry,
			rank: entry.counted === 0 ? null : 1 + entries.filter((other) => other.counted > 0 && isAhead(other, entry)).length,
		}))
		.sort((one, other) => (one.rank ?? Infinity) - (other.rank ?? Infinity) || (one.leadId < other.leadId ? -1 : 1));
}

/** How many rewards so many counted invitations earn. */
export function rewardsFor(counted: number, { every, most }: { readonly every: number; readonly most: number }): number {
	return Math.min(Math.floor(counted / every), most);
}

/** A name as other participants see it: its first letter; of Chinese names the family name's character. */
export function maskedName(name: string): string {
	const first = [...new Intl.Segmenter().segment(name.trim())][0]?.segment ?? '';
	if (first === '') return '·';
	return /\p{Script=Han}/u.test(first) ? `${first}**` : `${first.toUpperCase()}.`;
}
