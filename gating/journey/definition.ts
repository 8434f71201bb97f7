import { DAY_MS, HOUR_MS, MINUTE_MS } from '#kernel/clock.ts';

import type { MessageChannel } from '../message/message.ts';
import type { Conditions } from '../tag/condition.ts';

/** How somebody who registered for a session turned out, as webinars tell it. */
export const OUTCOMES = ['stayed', 'left-early', 'no-show'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const UNITS = ['minutes', 'hours', 'days'] as const;
export type Unit = (typeof UNITS)[number];

/** So many minutes, hours or days of 24 hours. */
export interface Span {
	readonly amount: number;
	readonly unit: Unit;
}

export const TRIGGERS = ['event', 'form', 'stage', 'score', 'segment', 'date', 'webinar'] as const;

/** What takes somebody in. */
export type Trigger =
	/** Behaviour of one of these types, about something or anything (`about` as in conditions). */
	| { readonly kind: 'event'; readonly types: readonly string[]; readonly about: string }
	/** A form was sent; none named: any form. */
	| { readonly kind: 'form'; readonly forms: readonly string[] }
	/** The lead comes to one of these stages. */
	| { readonly kind: 'stage'; readonly to: readonly string[] }
	/** The score rises to so many points. */
	| { readonly kind: 'score'; readonly least: number }
	/** The lead comes into a segment. */
	| { readonly kind: 'segment'; readonly segmentId: string; readonly takesPresent: boolean }
	/** `silent`: nothing was heard for so many days; `known`: known for so many days; `day`: on a day of the calendar. */
	| { readonly kind: 'date'; readonly of: 'silent' | 'known' | 'day'; readonly days: number; readonly day: string }
	/** A session was settled, and they turned out so. '' as webinar: any. */
	| { readonly kind: 'webinar'; readonly outcomes: readonly Outcome[]; readonly webinarId: string };

/** `once` in all; `after` so many days since they came in last; `each` occasion, also while another runs. */
export interface Reentry {
	readonly kind: 'once' | 'each' | 'after';
	/** Of `after`. */
	readonly days: number;
}

interface Common {
	/** Letters and digits, never changed: people in flight, mails and trails name it. */
	readonly id: string;
	/** The step after it; '' for the next of the list. */
	readonly next: string;
}

export const STEP_KINDS = ['wait', 'branch', 'split', 'message', 'task', 'tag', 'stage', 'webhook', 'end'] as const;
export type StepKind = (typeof STEP_KINDS)[number];
export const WAITS = ['for', 'time', 'event'] as const;
/** Channels that templates are written for. */
export const WRITTEN_CHANNELS: readonly MessageChannel[] = ['mail'];
export const TESTS = ['conditions', 'segment', 'outcome'] as const;
/** What a journey may do to a lead by the rules of lifecycle: a lead in nurture is to be called again; a customer's new interest is an opportunity. */
export const MOVES = ['state:open', 'stage:opportunity'] as const;

/** Waits a time; until a time of the person's day, so many days on; or until behaviour, for so long at most. */
export interface WaitStep extends Common {
	readonly kind: 'wait';
	readonly mode: (typeof WAITS)[number];
	/** Of `for`, and the limit of `event`. */
	readonly span: Span;
	/** Of `time`: days on, the time `HH:MM`, and whether Saturdays and Sundays are passed over. */
	readonly days: number;
	readonly time: string;
	readonly workdays: boolean;
	/** Of `event`. */
	readonly types: readonly string[];
	readonly about: string;
	/** Of `event`: where it goes when nothing came in time; '' for the next of the list. */
	readonly late: string;
}

/** Goes on at `yes` where the test holds, at `next` otherwise. */
export interface BranchStep extends Common {
	readonly kind: 'branch';
	readonly test: (typeof TESTS)[number];
	readonly conditions: Conditions;
	readonly segmentId: string;
	readonly outcomes: readonly Outcome[];
	readonly yes: string;
}

/** Sends parts of the people different ways, by a hash that stays with each. */
export interface SplitStep extends Common {
	readonly kind: 'split';
	readonly arms: readonly { readonly weight: number; readonly to: string }[];
}

export interface MessageStep extends Common {
	readonly kind: 'message';
	readonly template: string;
	readonly channel: MessageChannel;
	/** Hours after which it is of no use any more. */
	readonly latestHours: number;
}

/** Something for staff to do. */
export interface TaskStep extends Common {
	readonly kind: 'task';
	readonly text: string;
	/** Days until it should be done. */
	readonly days: number;
}

export interface TagStep extends Common {
	readonly kind: 'tag';
	readonly tag: string;
	readonly act: 'put' | 'take';
}

export interface StageStep extends Common {
	readonly kind: 'stage';
	readonly move: (typeof MOVES)[number];
}

/** Tells other systems, under a name they know. */
export interface WebhookStep extends Common {
	readonly kind: 'webhook';
	readonly name: string;
}

export interface EndStep extends Common {
	readonly kind: 'end';
}

export type Step = WaitStep | BranchStep | SplitStep | MessageStep | TaskStep | TagStep | StageStep | WebhookStep | EndStep;

/** A journey as data: who comes in, what happens to them, when they leave before the end. */
export interface JourneyDefinition {
	readonly name: string;
	readonly trigger: Trigger;
	/** Who may come in; no group: everybody. */
	readonly audience: Conditions;
	readonly reentry: Reentry;
	/** Reached: they leave, and it counts. No group: none. */
	readonly goal: Conditions;
	/** Holds: they leave. No group: never. */
	readonly exit: Conditions;
	/** The first is where people begin. */
	readonly steps: readonly Step[];
	/** Whoever published it was shown how many it would take in, and agreed. */
	readonly agreedToEverybody: boolean;
}

const UNIT_MS: Readonly<Record<Unit, number>> = { minutes: MINUTE_MS, hours: HOUR_MS, days: DAY_MS };

export const spanMs = ({ amount, unit }: Span): number => amount * UNIT_MS[unit];

/** Whom a step leads to, with why: every way out of it. '' where it is the end, or nothing is there. */
export function waysOf(steps: readonly Step[], index: number): readonly { readonly way: 'next' | 'yes' | 'late' | 'arm'; readonly to: string }[] {
	const step = steps[index];
	if (!step || step.kind === 'end') return [];
	const following = steps[index + 1]?.id ?? '';
	const at = (id: string): string => id || following;
	switch (step.kind) {
		case 'branch':
			return [
				{ way: 'yes', to: at(step.yes) },
				{ way: 'next', to: at(step.next) },
			];
		case 'split':
			return step.arms.map(({ to }) => ({ way: 'arm', to: at(to) }));
		case 'wait':
			return step.mode === 'event'
				? [
						{ way: 'next', to: at(step.next) },
						{ way: 'late', to: at(step.late) },
					]
				: [{ way: 'next', to: at(step.next) }];
		default:
			return [{ way: 'next', to: at(step.next) }];
	}
}

/** Where `id` leads: a step's own pointer, or the next of the list. */
export function targetOf(steps: readonly Step[], from: Step, pointer: string): string {
	return pointer || (steps[steps.indexOf(from) + 1]?.id ?? '');
}
