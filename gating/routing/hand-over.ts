/** Why a lead was handed over. `passed-on`: nobody followed up in time. `owner-left`: whoever had it works here no more. */
export const HAND_OVER_CAUSES = ['standard', 'demand', 'staff', 'passed-on', 'owner-left'] as const;
export type HandOverCause = (typeof HAND_OVER_CAUSES)[number];

/**
 * `running`: nobody followed up yet. `followed-up`: stopped by a logged contact, and by nothing else. `undone`, `ended`: the hand-over was
 * taken back, or the lead left sales or became one with another whose clock goes on, without one. `passed-on`: another clock runs for
 * somebody else.
 */
export const CLOCK_STATES = ['running', 'followed-up', 'undone', 'ended', 'passed-on'] as const;
export type ClockState = (typeof CLOCK_STATES)[number];

/** What may be asked for by oneself: a person answers it, whatever the score. */
export const DEMANDS = ['quote', 'contact', 'demo'] as const;
export type Demand = (typeof DEMANDS)[number];

export const isDemand = (subject: string): subject is Demand => (DEMANDS as readonly string[]).includes(subject);

/** Steps of a clock, in their order. */
export const STEPS = { none: 0, reminded: 1, escalated: 2, passedOn: 3 } as const;

export interface Marks {
	readonly remindAt: Date;
	readonly dueAt: Date;
	readonly escalateAt: Date;
	readonly reassignAt: Date | null;
}

/** When the next step after `step` is due; null when none is left. */
export function nextMark({ remindAt, escalateAt, reassignAt }: Marks, step: number): Date | null {
	if (step < STEPS.reminded) return remindAt;
	if (step < STEPS.escalated) return escalateAt;
	return step < STEPS.passedOn ? reassignAt : null;
}

/** The steps that are due at `at`, in order. A reminder whose escalation is due already is skipped: it would come too late to help. */
export function dueSteps({ remindAt, escalateAt, reassignAt }: Marks, step: number, at: Date): ('remind' | 'escalate' | 'reassign')[] {
	const isDue = (mark: Date | null, of: number) => mark !== null && step < of && mark <= at;
	const escalates = isDue(escalateAt, STEPS.escalated);
	return [
		...(isDue(remindAt, STEPS.reminded) && !escalates ? (['remind'] as const) : []),
		...(escalates ? (['escalate'] as const) : []),
		...(isDue(reassignAt, STEPS.passedOn) ? (['reassign'] as const) : []),
	];
}
