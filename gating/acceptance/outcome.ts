/** What sales made of a lead that was handed over. `open`: nothing is decided yet. */
export const OUTCOMES = ['accepted', 'returned', 'disqualified', 'open'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** A decision about a lead that was not undone. */
export interface Decision {
	readonly kind: string;
	readonly reason: string;
	readonly at: Date;
}

export interface Decided {
	readonly outcome: Outcome;
	/** Accepted, and won later. */
	readonly isWon: boolean;
	/** Accepted, and lost later: the reason; null otherwise. */
	readonly lost: string | null;
	/** Why it came back, also after it was accepted; null when it did not. */
	readonly returned: string | null;
	readonly disqualified: string | null;
}

/** Decisions that say that sales took the lead up. */
const TAKEN: readonly string[] = ['accepted', 'opportunity', 'won'];
export const DECIDING: readonly string[] = [...TAKEN, 'lost', 'returned', 'disqualified'];

/** What came of one hand-over: `decisions` are those from it on, before the next one. The first of them decides, later ones add to it. */
export function outcomeOf(decisions: readonly Decision[]): Decided {
	const inOrder = decisions.filter(({ kind }) => DECIDING.includes(kind)).sort((a, b) => a.at.getTime() - b.at.getTime());
	const reasonOf = (kind: string) => inOrder.find((one) => one.kind === kind)?.reason ?? null;
	const [first] = inOrder;
	const outcome = first === undefined ? 'open' : first.kind === 'returned' || first.kind === 'disqualified' ? first.kind : 'accepted';
	return {
		outcome,
		isWon: inOrder.some(({ kind }) => kind === 'won'),
		...{ lost: reasonOf('lost'), returned: reasonOf('returned'), disqualified: reasonOf('disqualified') },
	};
}

/** A lead at the moment it was handed over. */
export interface HandedOver extends Decided {
	/** Of the log of working states. */
	readonly id: string;
	/** The lead that stands for it now. */
	readonly leadId: string;
	readonly at: Date;
	readonly grade: string;
	/** Rules with a line in the receipt of that moment, by the model in use then. */
	readonly rules: readonly string[];
	/** Where its people came from first; '' when nobody knows. */
	readonly channel: string;
}

/** Which hand-overs: those that a count of the report stands for. Left out: any. */
export interface Picked {
	readonly rule?: string | undefined;
	/** `decided` is all but `open`; `not-accepted` what came back or was disqualified. */
	readonly outcome?: Outcome | 'decided' | 'not-accepted' | 'won' | undefined;
	/** `returned`, `disqualified` or `lost` with a reason: `returned:too-early`. */
	readonly reason?: string | undefined;
}

/** Whether a hand-over is among the picked. */
export function isAbout(one: HandedOver, { rule, outcome, reason }: Picked): boolean {
	if (rule !== undefined && !one.rules.includes(rule)) return false;
	if (reason !== undefined) {
		const [kind, code] = reason.split(':');
		if (kind !== 'returned' && kind !== 'disqualified' && kind !== 'lost') return false;
		if (one[kind] !== code) return false;
	}
	switch (outcome) {
		case undefined:
			return true;
		case 'won':
			return one.isWon;
		case 'decided':
			return one.outcome !== 'open';
		case 'not-accepted':
			return one.outcome === 'returned' || one.outcome === 'disqualified';
		default:
			return one.outcome === outcome;
	}
}
