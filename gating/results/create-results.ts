import { type Attribution, type AttributionDeps, createAttribution } from '../attribution/create-attribution.ts';

/** What came of it all: which contacts paid, and the reports. */
export interface Results {
	readonly attribution: Attribution;
}

export function createResults(deps: AttributionDeps): Results {
	return Object.freeze<Results>({ attribution: createAttribution(deps) });
}
