import { DAY_MS, HOUR_MS, MINUTE_MS } from '#kernel/clock.ts';
import type { Stage, WorkingState } from '#gating/lifecycle/stage.ts';

import type { Dice } from './dice.ts';
import { type Step, type Story, workedStory } from './story.ts';
import { type Did, type Shelves, type Visit, visitsOf } from './visits.ts';

/** What somebody did and what came of it, before it is scored. */
export interface Life {
	readonly createdAt: number;
	readonly visits: readonly Visit[];
	/** Moves by rule and by staff, contacts, answers and decisions, oldest first. */
	readonly steps: readonly Step[];
	readonly owner: string | null;
	readonly nextActionAt: number | null;
	readonly isImported: boolean;
	readonly isQuarantined: boolean;
	/** Where the steps lead. */
	readonly stage: Stage;
	readonly state: WorkingState;
}

interface Tier {
	readonly least: number;
	readonly most: number;
	/** How likely it is that most of it happened of late. */
	readonly fresh: number;
	/** How likely an identified one becomes an MQL. */
	readonly hot: number;
}

/** Most look around a little; a few do a lot. Together about {@link ACTS} acts a head. */
const TIERS: readonly (readonly [Tier, number])[] = [
	[{ least: 2, most: 16, fresh: 0.15, hot: 0.02 }, 70],
	[{ least: 20, most: 60, fresh: 0.35, hot: 0.3 }, 22],
	[{ least: 60, most: 200, fresh: 0.55, hot: 0.75 }, 8],
];
const ACTS = 20.6;
const TACTICS: ReadonlySet<string> = new Set(['form.submitted', 'download', 'webinar.registered', 'webinar.joined', 'webinar.attended']);
const LONGEST_DAYS = 730;

interface Knows {
	readonly region: boolean;
	readonly industry: boolean;
}

/** The life of one lead up to `now`, with so many acts on average. */
export function aLife(dice: Dice, shelves: Shelves, knows: Knows, { now, actsEach }: { readonly now: number; readonly actsEach: number }): Life {
	const tier = dice.weighted(TIERS);
	const acts = Math.max(1, Math.round((dice.few(tier.least, tier.most) * actsEach) / ACTS));
	const all = visitsOf(dice, shelves, { acts, days: 3 + dice.roll(LONGEST_DAYS - 3), until: now, isFresh: dice.chance(tier.fresh) });
	const visits = all.map((visit) => ({ ...visit, did: visit.did.filter(({ at }) => at < now) })).filter(({ did }) => did.length > 0);
	const first = firstTactic(visits);
	const isImported = first === null;
	const createdAt = Math.min(first?.at ?? visits[0]?.at ?? now - DAY_MS, now - MINUTE_MS);
	if (dice.chance(0.015)) return quarantined({ createdAt, visits, isImported });
	if (isImported || !knows.region) return plain({ createdAt, visits, isImported });
	return recognised(dice, { createdAt, visits, isImported }, knows, tier, now);
}

type Begun = Pick<Life, 'createdAt' | 'visits' | 'isImported'>;

const plain = (begun: Begun): Life => ({
	...begun,
	...{ steps: [], owner: null, nextActionAt: null, isQuarantined: false, stage: 'suspect', state: 'open' },
});

const quarantined = (begun: Begun): Life => ({
	...plain(begun),
	...{ steps: [{ step: 'state', at: begun.createdAt + 1, to: 'quarantine', cause: 'rule:cleaning' }], isQuarantined: true, state: 'quarantine' },
});

function recognised(dice: Dice, begun: Begun, knows: Knows, tier: Tier, now: number): Life {
	const { createdAt, visits } = begun;
	const steps: Step[] = [];
	const soon = () => 400 + dice.roll(900);
	const later = visits.filter(({ at }) => at > createdAt);
	const isSlow = later.length > 0 && dice.chance(0.4);
	if (!knows.industry || isSlow) steps.push({ step: 'stage', at: createdAt + soon(), to: 'prospect', cause: 'rule:took-part' });
	const known = isSlow ? (later[0]?.at ?? createdAt) + 60_000 : createdAt + soon();
	if (!knows.industry || known >= now) return { ...plain(begun), steps, stage: steps.length > 0 ? 'prospect' : 'suspect' };
	steps.push({ step: 'stage', at: known, to: 'identified', cause: 'rule:company-industry-title' });
	const warming = later.filter(({ at }) => at > known);
	if (!dice.chance(tier.hot) || warming.length === 0) return { ...plain(begun), steps, stage: 'identified' };
	return worked(dice, begun, steps, warming, now);
}

/** An MQL by its score, worked by staff or not; who went into nurture and comes back is worked again. */
function worked(dice: Dice, begun: Begun, before: readonly Step[], warming: readonly Visit[], now: number): Life {
	const steps = [...before];
	let story: Story = { steps: [], owner: null, nextActionAt: null };
	let [stage, state]: [Stage, WorkingState] = ['identified', 'open'];
	let from = Math.floor(warming.length * 0.4);
	for (let round = 0; round < 3; round++) {
		const visit = warming.slice(from).find(({ at }) => at > (steps.at(-1)?.at ?? 0));
		const at = visit ? (visit.did.at(-1)?.at ?? visit.at) + 900 : now;
		if (at >= now) break;
		if (stage === 'identified') steps.push({ step: 'stage', at, to: 'mql', cause: 'rule:score-threshold' });
		else break;
		if (state === 'nurture') steps.push({ step: 'state', at, to: 'open', cause: 'rule:score-threshold' });
		[stage, state] = ['mql', 'open'];
		if (dice.chance(0.2)) break;
		story = workedStory(dice, at, now);
		steps.push(...story.steps);
		for (const step of story.steps) {
			if (step.step === 'stage') stage = step.to;
			if (step.step === 'state') state = step.to;
		}
		if (state !== 'nurture' || stage !== 'identified' || dice.chance(0.55)) break;
		from += 1;
	}
	return { ...plain(begun), steps, owner: story.owner, nextActionAt: story.nextActionAt, stage, state };
}

function firstTactic(visits: readonly Visit[]): Did | null {
	return visits.flatMap(({ did }) => did).find(({ type }) => TACTICS.has(type)) ?? null;
}

/** When a follow-up is due by the shipped rules. */
export const FOLLOW_UP_MS = 24 * HOUR_MS;
