import { isDay } from '#kernel/clock.ts';
import type { FieldError } from '#kernel/errors.ts';

import { type DispositionKind, ruleOf } from '../lifecycle/disposition.ts';
import type { Stage } from '../lifecycle/stage.ts';

export const DEAL_STATES = ['open', 'won', 'lost'] as const;
export type DealState = (typeof DEAL_STATES)[number];

/** Where a CRM may say a lead has come. */
export const CRM_STAGES = ['opportunity', 'won', 'lost'] as const;
export type CrmStage = (typeof CRM_STAGES)[number];

/** The stage that a deal's state is told as. */
export const STAGE_OF: Readonly<Record<DealState, CrmStage>> = { open: 'opportunity', won: 'won', lost: 'lost' };

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));
/** Ten thousand million of a currency with two decimals. */
const LARGEST = 1_000_000_000_000;

/** A deal as another system tells of it. */
export interface DealInput {
	readonly state: DealState;
	/** Why it was lost, as a code; '' for other states. */
	readonly reason: string;
	/** In the currency's smallest unit; null: not known. */
	readonly amount: number | null;
	/** ISO 4217; '' without an amount. */
	readonly currency: string;
	/** `2026-11-30`; null: the day it is told. */
	readonly closedOn: string | null;
	/** When it changed there; left out: now. What is older than what is known changes nothing. */
	readonly changedAt?: Date | undefined;
}

/**
 * The decisions that bring a lead from `from` to where a CRM says it is: none when it is there. Null where no allowed moves lead there: sales
 * has not accepted the lead, and no system may do that for them. `wasLost`: the newest decision about it was that it is lost.
 */
export function stepsTo(from: Stage, to: CrmStage, wasLost: boolean): readonly DispositionKind[] | null {
	switch (to) {
		case 'opportunity':
			if (from === 'opportunity') return [];
			return from === 'sql' || from === 'customer' ? ['opportunity'] : null;
		case 'won':
			if (from === 'customer') return [];
			if (from === 'opportunity') return ['won'];
			return from === 'sql' ? ['opportunity', 'won'] : null;
		case 'lost':
			if (from === 'sql' || from === 'opportunity') return ['lost'];
			return wasLost || from === 'customer' ? [] : null;
	}
}

/** What is wrong with a deal as told. */
export function wrongInDeal({ state, reason, amount, currency, closedOn }: DealInput): FieldError[] {
	const wrong: FieldError[] = [];
	if (state === 'lost' ? !(ruleOf('lost').reasons ?? []).includes(reason) : reason !== '')
		wrong.push({ field: 'reason', code: reason === '' ? 'required' : 'choice' });
	if (amount !== null && (!Number.isSafeInteger(amount) || amount < 0 || amount > LARGEST)) wrong.push({ field: 'amount', code: 'format' });
	if (amount === null ? currency !== '' : !CURRENCIES.has(currency)) wrong.push({ field: 'currency', code: currency === '' ? 'required' : 'choice' });
	if (closedOn !== null && (state === 'open' || !isDay(closedOn))) wrong.push({ field: 'closedOn', code: state === 'open' ? 'choice' : 'format' });
	return wrong;
}
