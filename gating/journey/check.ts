import { isDay } from '#kernel/clock.ts';
import type { FieldError } from '#kernel/errors.ts';

import { EVENT_TYPES } from '../event/catalog.ts';
import { isStage } from '../lifecycle/stage.ts';
import { type Conditions, requireConditions } from '../tag/condition.ts';
import { type JourneyDefinition, MOVES, OUTCOMES, spanMs, type Step, type Trigger, waysOf, WRITTEN_CHANNELS } from './definition.ts';

/** What a definition may name. */
export interface Known {
	readonly segments: ReadonlySet<string>;
	readonly templates: ReadonlySet<string>;
	readonly tags: ReadonlySet<string>;
	readonly forms: ReadonlySet<string>;
	readonly webinars: ReadonlySet<string>;
}

const MOST_STEPS = 40;
const MOST_ARMS = 4;
const MOST_DAYS = 730;
const LONGEST_NAME = 80;
const LONGEST_TASK = 200;
const ID = /^[a-z0-9]{1,12}$/;
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const CODE = /^[a-z0-9][a-z0-9._-]{0,59}$/;

/** A mistake: where (`trigger`, `steps.<id>`, …), what, and which. */
export type Mistake = FieldError;

/**
 * What keeps a definition from being published, in the order in which it is read; empty when it may. The places are `name`, `trigger`,
 * `audience`, `reentry`, `goal`, `exit`, `steps` and `steps.<id>`.
 */
export function checkJourney(given: JourneyDefinition, known: Known): readonly Mistake[] {
	const { name, trigger, audience, reentry, goal, exit, steps } = given;
	return [
		...(name.trim() === '' || name.length > LONGEST_NAME ? [at('name', 'required')] : []),
		...triggerMistakes(trigger, known),
		...conditionMistakes('audience', audience, known),
		...(reentry.kind === 'after' && !isCount(reentry.days, 1, MOST_DAYS) ? [at('reentry', 'days')] : []),
		...conditionMistakes('goal', goal, known),
		...conditionMistakes('exit', exit, known),
		...(steps.length === 0 ? [at('steps', 'no-steps')] : []),
		...(steps.length > MOST_STEPS ? [at('steps', 'too-many')] : []),
		...steps.flatMap((step) => stepMistakes(step, given, known)),
		...wayMistakes(steps),
	];
}

/** Whether nothing narrows who comes in: publishing asks for a second word, with the number. */
export function takesEverybody({ trigger, audience }: JourneyDefinition, conditionsOf: (segmentId: string) => Conditions | null): boolean {
	if (audience.groups.length > 0) return false;
	if (trigger.kind === 'segment') return (conditionsOf(trigger.segmentId)?.groups.length ?? 0) === 0;
	return trigger.kind === 'date' && trigger.of === 'day';
}

function triggerMistakes(trigger: Trigger, known: Known): Mistake[] {
	const wrong = (code: string) => [at('trigger', code)];
	switch (trigger.kind) {
		case 'event':
			if (trigger.types.length === 0) return wrong('no-event');
			return trigger.types.every(isEvent) ? [] : wrong('unknown-event');
		case 'form':
			return trigger.forms.every((key) => known.forms.has(key)) ? [] : wrong('unknown-form');
		case 'stage':
			return trigger.to.length > 0 && trigger.to.every(isStage) ? [] : wrong('no-stage');
		case 'score':
			return isCount(trigger.least, 1, 1_000) ? [] : wrong('points');
		case 'segment':
			return known.segments.has(trigger.segmentId) ? [] : wrong('unknown-segment');
		case 'date':
			if (trigger.of === 'day') return isDay(trigger.day) ? [] : wrong('day');
			return isCount(trigger.days, 1, MOST_DAYS) ? [] : wrong('days');
		case 'webinar':
			if (trigger.outcomes.length === 0 || !trigger.outcomes.every((one) => OUTCOMES.includes(one))) return wrong('no-outcome');
			return trigger.webinarId === '' || known.webinars.has(trigger.webinarId) ? [] : wrong('unknown-webinar');
	}
}

function stepMistakes(step: Step, { trigger }: JourneyDefinition, known: Known): Mistake[] {
	const wrong = (code: string) => [at(`steps.${step.id}`, code)];
	if (!ID.test(step.id)) return wrong('step-id');
	switch (step.kind) {
		case 'wait':
			if (step.mode === 'time') return TIME.test(step.time) && isCount(step.days, 0, MOST_DAYS) ? [] : wrong('time');
			if (!isCount(step.span.amount, 1, 100_000) || spanMs(step.span) > spanMs({ amount: MOST_DAYS, unit: 'days' })) return wrong('empty-wait');
			return step.mode === 'for' || (step.types.length > 0 && step.types.every(isEvent)) ? [] : wrong('no-event');
		case 'branch':
			if (step.test === 'segment') return known.segments.has(step.segmentId) ? [] : wrong('unknown-segment');
			if (step.test === 'outcome') return trigger.kind === 'webinar' && step.outcomes.length > 0 ? [] : wrong('no-outcome');
			return step.conditions.groups.length === 0 ? wrong('no-conditions') : conditionMistakes(`steps.${step.id}`, step.conditions, known);
		case 'split':
			if (step.arms.length < 2 || step.arms.length > MOST_ARMS) return wrong('arms');
			return step.arms.every(({ weight }) => isCount(weight, 1, 100)) ? [] : wrong('weights');
		case 'message':
			if (!WRITTEN_CHANNELS.includes(step.channel)) return wrong('channel');
			if (!isCount(step.latestHours, 1, 24 * 90)) return wrong('latest');
			return known.templates.has(step.template) ? [] : wrong('unknown-template');
		case 'task':
			if (!isCount(step.days, 0, 365)) return wrong('days');
			return step.text.trim() !== '' && step.text.length <= LONGEST_TASK ? [] : wrong('no-task');
		case 'tag':
			return known.tags.has(step.tag) ? [] : wrong('unknown-tag');
		case 'stage':
			return MOVES.includes(step.move) ? [] : wrong('no-stage');
		case 'webhook':
			return CODE.test(step.name) ? [] : wrong('webhook-name');
		case 'end':
			return [];
	}
}

/** Pointers to nothing, ways that never end or come back, and steps that nobody comes to. */
function wayMistakes(steps: readonly Step[]): Mistake[] {
	const places = new Map(steps.map(({ id }, index) => [id, index]));
	if (places.size < steps.length) return [at('steps', 'same-id')];
	const mistakes = new Map<string, Mistake>();
	const note = (id: string, code: string) => mistakes.set(`${id} ${code}`, at(`steps.${id}`, code));
	const done = new Set<string>();
	const path: string[] = [];
	const walk = (id: string): void => {
		if (path.includes(id)) return void note(path.at(-1) ?? id, 'loop');
		if (done.has(id)) return;
		const index = places.get(id) ?? -1;
		path.push(id);
		for (const { to } of waysOf(steps, index)) {
			if (to === '') note(id, 'no-end');
			else if (!places.has(to)) note(id, 'unknown-step');
			else walk(to);
		}
		path.pop();
		done.add(id);
	};
	if (steps[0]) walk(steps[0].id);
	for (const { id } of steps) if (!done.has(id)) note(id, 'unreachable');
	return [...mistakes.values()];
}

function conditionMistakes(place: string, conditions: Conditions, known: Known): Mistake[] {
	try {
		requireConditions(conditions);
	} catch {
		return [at(place, 'conditions')];
	}
	const tags = conditions.groups.flatMap((group) => group.conditions).filter(({ field }) => field === 'tag');
	return tags.every(({ values }) => values.every((tag) => known.tags.has(tag))) ? [] : [at(place, 'unknown-tag')];
}

const at = (field: string, code: string): Mistake => ({ field, code });
const isEvent = (type: string): boolean => (EVENT_TYPES as readonly string[]).includes(type);
const isCount = (value: number, least: number, most: number): boolean => Number.isInteger(value) && value >= least && value <= most;
