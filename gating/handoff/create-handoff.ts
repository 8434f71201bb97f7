import { createDeals, type Deals } from '../deal/create-deals.ts';
import type { Work } from '../lifecycle/create-work.ts';
import type { WorkDeps } from '../lifecycle/log.ts';

/** How leads reach sales and their systems, and what comes back. */
export interface HandOff {
	/** What a CRM writes back. */
	readonly deals: Deals;
}

export interface HandOffDeps extends WorkDeps {
	readonly timeZone: () => string;
	readonly work: Pick<Work, 'dispose' | 'give'>;
}

/** The parts of hand-off. */
export function createHandOff(deps: HandOffDeps) {
	const parts: HandOff = { deals: createDeals(deps) };
	return { parts };
}
