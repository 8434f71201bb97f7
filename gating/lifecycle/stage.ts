/** How far a lead has come, from outside the target (`raw`) and the first sign (`suspect`) to a customer. SQL is `salesQualified` where a name is needed in code. */
export const STAGES = ['raw', 'suspect', 'prospect', 'identified', 'mql', 'sql', 'opportunity', 'customer'] as const;
export type Stage = (typeof STAGES)[number];

/** What is being done with a lead now. It stands beside the stage and never erases the stage reached. */
export const WORKING_STATES = ['open', 'screening', 'sales', 'nurture', 'quarantine', 'disqualified'] as const;
export type WorkingState = (typeof WORKING_STATES)[number];

/** Stages that recognition by rule may give and take; the others belong to sales and the CRM. */
export const RECOGNISED = ['raw', 'suspect', 'prospect', 'identified', 'mql'] as const satisfies readonly Stage[];

export const isStage = (value: string): value is Stage => (STAGES as readonly string[]).includes(value);
export const isWorkingState = (value: string): value is WorkingState => (WORKING_STATES as readonly string[]).includes(value);
export const isRecognisedByRule = (stage: Stage): boolean => (RECOGNISED as readonly Stage[]).includes(stage);
