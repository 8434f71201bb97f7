import type { LeadQuery } from '../lead/list.ts';

/** What can be done to many leads at once. */
export const BULK_KINDS = ['assign', 'tag', 'nurture', 'disqualified', 'target-list'] as const;
export type BulkKind = (typeof BULK_KINDS)[number];

export interface BulkAct {
	readonly kind: BulkKind;
	/** Whom they go to ('' nobody), which tag, which target list. */
	readonly value: string;
	/** Code of the reason, where the decision asks one. */
	readonly reason: string;
}

/** Which leads: these, or all that a query finds at the moment of asking. */
export type BulkScope =
	{ readonly kind: 'chosen'; readonly ids: readonly string[] } | { readonly kind: 'all'; readonly query: Omit<LeadQuery, 'cursor' | 'limit'> };

/** `collecting` and `running` go on by themselves; `undoing` too. */
export const BULK_STATES = ['collecting', 'running', 'done', 'cancelled', 'undoing', 'undone'] as const;
export type BulkState = (typeof BULK_STATES)[number];

/** What an act changed of one lead. */
export type BulkChange =
	| { readonly kind: 'owner'; readonly from: string | null; readonly to: string | null }
	| { readonly kind: 'marks'; readonly ids: readonly string[] }
	| { readonly kind: 'disposition'; readonly id: string }
	| { readonly kind: 'targets'; readonly accountIds: readonly string[] };
