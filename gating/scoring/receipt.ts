import type { Decay } from './model.ts';

/** Fit as a letter, engagement as a digit: A1 is best, D4 least. */
export type Grade = `${'A' | 'B' | 'C' | 'D'}${'1' | '2' | '3' | '4'}`;

interface Line {
	/** Name of the rule; its words are in `kernel/texts`. */
	readonly rule: string;
	readonly version: number;
	/** What was found or happened, as a code with values; never a sentence. */
	readonly what: { readonly code: string; readonly params: Readonly<Record<string, string | number>> };
	/** Hundredths of a point that this line adds now. */
	readonly points: number;
}

export interface FitLine extends Line {
	/** Attributes hold as long as they are known. */
	readonly at: null;
}

export interface EngagementLine extends Line {
	/** When it happened; of a situation: when somebody was last active. */
	readonly at: Date;
	/** '' for a situation, which is no single event. */
	readonly eventId: string;
	/** Hundredths on the day it happened. */
	readonly full: number;
	/** Hundredths after decay, before the cap. */
	readonly beforeCap: number;
	readonly isCapped: boolean;
	/** How it fades; null: never. */
	readonly decay: Decay | null;
}

export interface EngagementPart {
	readonly total: number;
	/** Newest first. */
	readonly lines: readonly EngagementLine[];
	/** Rules whose cap is used up, with how many events count for nothing more. */
	readonly overCap: readonly { readonly rule: string; readonly events: number }[];
	/** True: a person of this lead objected to profiling, so what they do is not scored. */
	readonly hasObjected: boolean;
}

/** A score and everything it is made of. The points of all lines add up to `total`, always. */
export interface Receipt {
	readonly modelVersion: number;
	readonly grade: Grade;
	readonly total: number;
	readonly fit: { readonly total: number; readonly lines: readonly FitLine[] };
	readonly engagement: EngagementPart;
	/** True when the total will be another on a later day without anything happening. */
	readonly hasDecay: boolean;
}
