const STATES = ['draft', 'running', 'paused', 'stopped', 'decided'] as const;
export const isState = (state: string): state is ExperimentState => (STATES as readonly string[]).includes(state);
export type ExperimentState = (typeof STATES)[number];

const ACTS = ['start', 'pause', 'stop', 'decide', 'withdraw'] as const;
export type ExperimentAct = (typeof ACTS)[number];

/** What an act makes of an experiment in a state; null where it is not possible there. A winner that is withdrawn leaves a stopped experiment. */
const MOVES: Readonly<Record<ExperimentState, Partial<Record<ExperimentAct, ExperimentState>>>> = {
	draft: { start: 'running' },
	running: { pause: 'paused', stop: 'stopped' },
	paused: { start: 'running', stop: 'stopped' },
	stopped: { decide: 'decided' },
	decided: { withdraw: 'stopped' },
};

export const moveBy = (state: ExperimentState, act: ExperimentAct): ExperimentState | null => MOVES[state][act] ?? null;
export const actsIn = (state: ExperimentState): readonly ExperimentAct[] => ACTS.filter((act) => moveBy(state, act) !== null);

/** A running experiment stays as it is: who changes it pauses it first, and its next start is a new version. */
export const isEditable = (state: ExperimentState): boolean => state === 'draft' || state === 'paused';
