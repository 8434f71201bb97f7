import type { LocalisedText } from '#cms/content.ts';

import type { EligibilityRule } from '../../aftermath/eligibility.ts';

/** What somebody must have done to take part; all that is asked must hold. */
export type DrawRule = EligibilityRule;

export interface Prize {
	readonly name: LocalisedText;
	/** How many there are, from 1. */
	readonly stock: number;
}

/** `planned`, `committed` (entries and seed are fixed and their hash published), `drawn`; `void`: nobody was eligible. */
export type DrawState = 'planned' | 'committed' | 'drawn' | 'void';

/** A draw as it is planned: by a moment, or made in the studio. */
export interface DrawPlan {
	readonly key: string;
	readonly title: LocalisedText;
	readonly rule: DrawRule;
	readonly prizes: readonly Prize[];
	/** When it is drawn by itself; null: by the host. */
	readonly dueAt: Date | null;
}

export interface Winner {
	/** 16 hexadecimal digits. */
	readonly entry: string;
	/** Which prize, from 0. */
	readonly prize: number;
}
