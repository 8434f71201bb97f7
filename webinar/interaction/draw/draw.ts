import type { LocalisedText } from '#cms/content.ts';

/** What somebody must have done to take part; all that are given must hold. */
export interface DrawRule {
	/** Minutes of proved presence. */
	readonly minMinutes?: number;
	/** Polls answered. */
	readonly polls?: number;
	/** Points in the quiz. */
	readonly quizPoints?: number;
	/** The survey was sent. */
	readonly survey?: boolean;
}

export interface Prize {
	readonly name: LocalisedText;
	/** How many there are, from 1. */
	readonly stock: number;
}

/** `planned`, `committed` (entries and seed are fixed and their hash published), `drawn`; `void`: nobody was eligible. */
export type DrawState = 'planned' | 'committed' | 'drawn' | 'void';
