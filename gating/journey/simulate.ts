import type { Handle } from '#kernel/database.ts';

import type { Conditions } from '../tag/condition.ts';
import { factsOf } from '../tag/facts.ts';
import { decideStep, type Reason } from './decide.ts';
import type { JourneyDefinition, Outcome } from './definition.ts';
import type { JourneyDeps } from './deps.ts';
import { holdsFor, type Surroundings } from './facts.ts';

/** One step of a walk: where, when, what and why. */
export interface Walked {
	readonly step: string;
	readonly kind: string;
	readonly at: Date;
	/** As in trails. */
	readonly because: string;
}

export interface Walk {
	/** Why they would not come in; null: they would. */
	readonly keptOut: 'audience' | 'goal' | 'exit' | null;
	readonly steps: readonly Walked[];
	readonly reason: Reason;
}

/** Who is walked with, and what is supposed. */
export interface WalkInput {
	readonly leadId: string;
	readonly timeZone: string;
	/** Of a journey of webinars: how they turned out. */
	readonly outcome: Outcome | null;
	/** Whether what is waited for comes, at once. */
	readonly comes: boolean;
}

/** Longer than any journey without a loop. */
const MOST = 100;

/**
 * Walks a definition with a lead as they are known now, from now on: waits pass at once, nothing is written and nothing sent. Null when
 * there is no such lead.
 */
export async function walkJourney(
	handle: Handle,
	deps: Pick<JourneyDeps, 'keys' | 'now'>,
	surroundings: Surroundings,
	definition: JourneyDefinition,
	input: WalkInput,
): Promise<Walk | null> {
	const start = deps.now();
	const known = await factsOf(handle, deps.keys, input.leadId, start);
	if (!known) return null;
	const { context, segments } = surroundings;
	let at = start;
	const holds = (conditions: Conditions) => holdsFor(conditions, known, { ...context, now: at });
	const facts = {
		...{ timeZone: input.timeZone, outcome: input.outcome, holds, happened: () => input.comes },
		isIn: (segmentId: string) => {
			const conditions = segments.get(segmentId);
			return conditions !== undefined && holds(conditions);
		},
	};
	const isFull = ({ groups }: Conditions) => groups.length > 0;
	const { audience, goal, exit } = definition;
	const keptOut =
		isFull(audience) && !holds(audience) ? 'audience' : isFull(goal) && holds(goal) ? 'goal' : isFull(exit) && holds(exit) ? 'exit' : null;
	const steps: Walked[] = [];
	let step = definition.steps[0]?.id ?? '';
	let since = start;
	let until: Date | null = null;
	// Walked on even where they would not come in, without what kept them out: the ways are of interest all the same.
	const rest: JourneyDefinition =
		keptOut === null ? definition : { ...definition, goal: { match: 'all', groups: [] }, exit: { match: 'all', groups: [] } };
	for (let count = 0; count < MOST; count++) {
		const decision = decideStep(rest, { enrolmentId: input.leadId, step, since, until }, facts, at);
		const kind = definition.steps.find(({ id }) => id === step)?.kind ?? '';
		if (decision.kind === 'leave') return { keptOut, steps: [...steps, { step, kind, at, because: decision.reason }], reason: decision.reason };
		if (decision.kind === 'stay') {
			at = until = decision.until;
			continue;
		}
		steps.push({ step, kind, at, because: decision.because });
		step = decision.to;
		since = at;
		until = null;
	}
	return { keptOut, steps, reason: 'gone' };
}
