import { z } from 'zod';

import { MQL_CAUSES } from '../lifecycle/recognise.ts';

/** When a lead goes to sales by itself; who gets it is for routing. */
export const standardInput = z.strictObject({
	/** Off: only people hand over. */
	isOn: z.boolean(),
	/** What made it an MQL; empty: anything. */
	causes: z.array(z.enum(MQL_CAUSES)).readonly(),
	/** Grades such as `A1`; empty: any. */
	grades: z.array(z.string().regex(/^[A-D][1-4]$/)).max(16).readonly(), // prettier-ignore
	/** Every core question of the sheet has a credible answer. */
	needsCore: z.boolean(),
	/** They agreed to be contacted by mail, phone or message. */
	needsConsent: z.boolean(),
	/** Cleaning found nothing that is still open. */
	needsClean: z.boolean(),
});
export type HandOverStandard = z.infer<typeof standardInput>;

/** As sales can trust it: an MQL that was screened, agreed to be contacted and is clean. */
export const DEFAULT_STANDARD: HandOverStandard = Object.freeze({
	isOn: true,
	causes: [],
	grades: [],
	needsCore: true,
	needsConsent: true,
	needsClean: true,
});

/** What the standard asks of a lead. */
export interface StandardFacts {
	readonly stage: string;
	readonly mqlCause: string | null;
	readonly grade: string;
	readonly isCoreCredible: boolean;
	readonly mayContact: boolean;
	readonly isClean: boolean;
}

export const STANDARD_PARTS = ['stage', 'causes', 'grades', 'needsCore', 'needsConsent', 'needsClean'] as const;
export type StandardPart = (typeof STANDARD_PARTS)[number];

/** The parts of the standard that a lead does not meet; empty: it is handed over. An MQL by no cause on record is one by its score. */
export function unmetOf(standard: Omit<HandOverStandard, 'isOn'>, facts: StandardFacts): StandardPart[] {
	const { causes, grades, needsCore, needsConsent, needsClean } = standard;
	const meets: Readonly<Record<StandardPart, boolean>> = {
		stage: facts.stage === 'mql',
		causes: causes.length === 0 || (causes as readonly string[]).includes(facts.mqlCause ?? 'score-threshold'),
		grades: grades.length === 0 || grades.includes(facts.grade),
		needsCore: !needsCore || facts.isCoreCredible,
		needsConsent: !needsConsent || facts.mayContact,
		needsClean: !needsClean || facts.isClean,
	};
	return STANDARD_PARTS.filter((part) => !meets[part]);
}
