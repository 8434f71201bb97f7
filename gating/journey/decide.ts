import { createHash } from 'node:crypto';

import { Temporal } from 'temporal-polyfill';

import { HOUR_MS } from '#kernel/clock.ts';

import type { MessageChannel } from '../message/message.ts';
import type { Conditions } from '../tag/condition.ts';
import { type JourneyDefinition, type Outcome, spanMs, targetOf, type WaitStep } from './definition.ts';

/** Where somebody is. */
export interface Here {
	readonly enrolmentId: string;
	readonly step: string;
	/** When they came to the step. */
	readonly since: Date;
	/** When a wait ends at the latest; null before it has begun. */
	readonly until: Date | null;
}

/** What is so at this moment, as far as the step asks. */
export interface StepFacts {
	/** IANA zone of the person. */
	readonly timeZone: string;
	holds(conditions: Conditions): boolean;
	isIn(segmentId: string): boolean;
	/** Of the session that took them in; null for other triggers. */
	readonly outcome: Outcome | null;
	/** Whether behaviour of these types came since `since`. */
	happened(types: readonly string[], about: string, since: Date): boolean;
}

/** What a step does beside moving on; made in one transaction with it. */
export type Effect =
	| { readonly kind: 'message'; readonly template: string; readonly channel: MessageChannel; readonly latestAt: Date }
	| { readonly kind: 'task'; readonly text: string; readonly dueAt: Date }
	| { readonly kind: 'tag'; readonly tag: string; readonly act: 'put' | 'take' }
	| { readonly kind: 'move'; readonly move: string }
	| { readonly kind: 'webhook'; readonly name: string };

/** Why somebody is no longer in a journey. */
export const REASONS = ['end', 'goal', 'exit', 'outcome', 'merged', 'erased', 'stopped', 'moved-out', 'gone'] as const;
export type Reason = (typeof REASONS)[number];

export type Decision =
	/** Looks again at `until`, or earlier when something happens. */
	| { readonly kind: 'stay'; readonly until: Date }
	/** `because` is a code for the trail: `waited`, `came`, `late`, `yes`, `no`, `arm-2`, `done`. */
	| { readonly kind: 'go'; readonly to: string; readonly because: string; readonly effects: readonly Effect[] }
	| { readonly kind: 'leave'; readonly reason: Reason };

/** What becomes of somebody at their step now. Pure: the same facts at the same time decide the same. */
export function decideStep(definition: JourneyDefinition, here: Here, facts: StepFacts, now: Date): Decision {
	const { goal, exit, steps } = definition;
	if (goal.groups.length > 0 && facts.holds(goal)) return { kind: 'leave', reason: 'goal' };
	if (exit.groups.length > 0 && facts.holds(exit)) return { kind: 'leave', reason: 'exit' };
	const step = steps.find(({ id }) => id === here.step);
	if (!step) return { kind: 'leave', reason: 'gone' };
	const go = (because: string, pointer: string = step.next, effects: readonly Effect[] = []): Decision => ({
		...{ kind: 'go', because, effects },
		to: targetOf(steps, step, pointer),
	});
	switch (step.kind) {
		case 'end':
			return { kind: 'leave', reason: 'end' };
		case 'wait': {
			if (step.mode === 'event' && facts.happened(step.types, step.about, here.since)) return go('came');
			const until = here.until ?? waitUntil(step, here.since, facts.timeZone);
			if (now < until) return { kind: 'stay', until };
			return step.mode === 'event' ? go('late', step.late) : go('waited');
		}
		case 'branch': {
			const isYes =
				step.test === 'segment'
					? facts.isIn(step.segmentId)
					: step.test === 'outcome'
						? facts.outcome !== null && step.outcomes.includes(facts.outcome)
						: facts.holds(step.conditions);
			return isYes ? go('yes', step.yes) : go('no');
		}
		case 'split': {
			const arm = armOf(step.arms, `${here.enrolmentId}:${step.id}`);
			return go(`arm-${arm + 1}`, step.arms[arm]?.to);
		}
		case 'message':
			return go('done', step.next, [
				{ kind: 'message', template: step.template, channel: step.channel, latestAt: new Date(now.getTime() + step.latestHours * HOUR_MS) },
			]);
		case 'task':
			return go('done', step.next, [{ kind: 'task', text: step.text, dueAt: new Date(now.getTime() + spanMs({ amount: step.days, unit: 'days' })) }]);
		case 'tag':
			return go('done', step.next, [{ kind: 'tag', tag: step.tag, act: step.act }]);
		case 'stage':
			return go('done', step.next, [{ kind: 'move', move: step.move }]);
		case 'webhook':
			return go('done', step.next, [{ kind: 'webhook', name: step.name }]);
	}
}

/** When a wait that began at `since` ends at the latest. */
export function waitUntil(step: WaitStep, since: Date, timeZone: string): Date {
	if (step.mode !== 'time') return new Date(since.getTime() + spanMs(step.span));
	const begun = Temporal.Instant.fromEpochMilliseconds(since.getTime()).toZonedDateTimeISO(timeZone);
	let day = begun.toPlainDate().add({ days: step.days });
	const at = () => day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(step.time) });
	if (Temporal.ZonedDateTime.compare(at(), begun) < 0) day = day.add({ days: 1 });
	while (step.workdays && day.dayOfWeek > 5) day = day.add({ days: 1 });
	return new Date(at().epochMilliseconds);
}

/** Which way somebody goes: always the same for the same `unit`, in the proportions of the weights. */
export function armOf(arms: readonly { readonly weight: number }[], unit: string): number {
	const all = arms.reduce((sum, { weight }) => sum + weight, 0);
	let place = (createHash('sha256').update(unit).digest().readUInt32BE(0) / 2 ** 32) * all;
	for (const [index, { weight }] of arms.entries()) {
		place -= weight;
		if (place < 0) return index;
	}
	return arms.length - 1;
}

/** Whether anything but the clock can move somebody on from a step: then what happens to them is looked at as it happens. */
export const isWatched = ({ goal, exit, steps }: JourneyDefinition, stepId: string): boolean =>
	goal.groups.length > 0 || exit.groups.length > 0 || steps.some((step) => step.id === stepId && step.kind === 'wait' && step.mode === 'event');
