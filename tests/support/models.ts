import fc from 'fast-check';

import { ACCOUNT_STATUSES, SIZES } from '../../gating/account/account.ts';
import { EVENT_TYPES } from '../../gating/event/catalog.ts';
import { DEFAULT_MODEL } from '../../gating/scoring/default-model.ts';
import { CAP_PERIODS, DECAY_KINDS, type ScoringModel } from '../../gating/scoring/model.ts';

const days = (max: number) => fc.integer({ min: 1, max });
const points = fc.integer({ min: -3_000, max: 3_000 });

const engagementRule = fc.record({
	points,
	event: fc.constantFrom(...EVENT_TYPES.slice(0, 12)),
	subject: fc.constantFrom(null, null, 'white_papers', 'products', 'quote'),
	topic: fc.constantFrom(null, null, null, 'emc'),
	stageRole: fc.constantFrom(null, null, null, 'decision' as const),
	path: fc.constantFrom(null, null, null, '/p/careers', '/p/"odd"'),
	atLeast: fc.constantFrom(null, null, { prop: 'seconds' as const, value: 30 }, { prop: 'depth' as const, value: 50 }),
	cap: fc.option(fc.integer({ min: 1, max: 8_000 }), { nil: null }),
	capPer: fc.constantFrom(...CAP_PERIODS),
	decay: fc.option(fc.record({ kind: fc.constantFrom(...DECAY_KINDS), days: days(200) }), { nil: null }),
});
const fitRule = fc.record({
	points,
	when: fc.constantFrom<ScoringModel['fit'][number]['when'][]>(
		{ attribute: 'job-role', anyOf: ['engineering', 'purchasing'] },
		{ attribute: 'seniority', anyOf: ['head', 'student'] },
		{ attribute: 'industry', anyOf: ['*'] },
		{ attribute: 'mail', anyOf: ['business', 'role'] },
		{ attribute: 'company', known: false },
		{ attribute: 'country', anyOf: ['CH', 'CN'] },
		{ attribute: 'size', anyOf: [...SIZES.slice(0, 3)] },
		{ attribute: 'account', anyOf: [...ACCOUNT_STATUSES] },
		{ attribute: 'unsubscribed' },
	),
});
const situation = fc.oneof(
	fc.record({ kind: fc.constant('inactive' as const), points, days: days(200) }),
	fc.record({ kind: fc.constant('surge' as const), points, people: fc.integer({ min: 2, max: 3 }), days: days(60) }),
);

/** Any model that could be published. */
export const anyModel: fc.Arbitrary<ScoringModel> = fc
	.record({
		fit: fc.array(fitRule, { maxLength: 6 }),
		engagement: fc.array(engagementRule, { maxLength: 12 }),
		situations: fc.array(situation, { maxLength: 3 }),
	}) // prettier-ignore
	.map(({ fit, engagement, situations }) => ({
		...DEFAULT_MODEL,
		fit: fit.map((rule, at) => ({ ...rule, name: `fit-${at}`, version: 1 })),
		engagement: engagement.map((rule, at) => ({ ...rule, name: `did-${at}`, version: 1 })),
		situations: situations.map((rule, at) => ({ ...rule, name: `so-${at}`, version: 1 })),
	}));
