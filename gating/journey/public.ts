export type { Journeys } from './create-journeys.ts';
export type { Mistake } from './check.ts';
export type {
	BranchStep,
	JourneyDefinition,
	MessageStep,
	Outcome as JourneyOutcome,
	SplitStep,
	Step,
	StepKind,
	Trigger,
	WaitStep,
} from './definition.ts';
export type { JourneyAct } from './edit.ts';
export type { JourneyRow, JourneyView, LeadTask, LeadWay, PeoplePage } from './view.ts';
export type { Standing } from './count.ts';
export type { Walk } from './simulate.ts';
