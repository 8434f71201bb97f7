import type { Slot } from '#cms/content.ts';
import type { Now } from '#kernel/clock.ts';

import type { Visitor } from '../identity/visitor.ts';
import type { Impressions, SlotShown } from './impressions.ts';
import { dayOf } from './load.ts';
import { noteShown, type Shown, timesSince } from './profile.ts';

export interface ShowingsDeps {
	readonly now: Now;
	readonly impressions: Pick<Impressions, 'note'>;
	readonly capOf: (slot: string) => Slot['cap'];
	/** What this visitor was shown so far, to be added to; null when nothing is kept of them. */
	readonly shownTo: (visitor: Visitor) => Map<string, readonly Shown[]> | null;
	/** A piece has reached the cap of its slot: something else has to be chosen. */
	readonly capped: (visitor: Visitor) => void;
}

export interface Showings {
	/** Returns what is called for each page that goes out with these pieces. */
	showing(visitor: Visitor, list: readonly SlotShown[], isControl: boolean): () => void;
	/** Adds up what this visitor was shown, and all visitors. */
	settle(visitor: Visitor): void;
	settleAll(): void;
}

/** Pages with one list that are not yet added up. */
interface Pending {
	readonly visitor: Visitor;
	readonly list: readonly SlotShown[];
	readonly isControl: boolean;
	count: number;
	/** So many more, and one of the pieces has reached the cap of its slot. */
	left: number;
}

/** Counts what slots show: many pages of one visitor are an addition each, and are added up before a cap could be passed. */
export function createShowings({ now, impressions, capOf, shownTo, capped }: ShowingsDeps): Showings {
	const pending = new Map<string, Pending>();

	const leftOf = ({ visitor, list, isControl }: Pending): number => {
		if (isControl) return Infinity;
		const shown = shownTo(visitor);
		const today = dayOf(now().getTime());
		let left = Infinity;
		for (const { slot, subject } of list) {
			const cap = capOf(slot);
			if (cap) left = Math.min(left, cap.impressions - timesSince(shown?.get(`${slot} ${subject}`) ?? [], today - cap.days + 1));
		}
		return left;
	};
	const add = (one: Pending): void => {
		const { visitor, list, isControl, count, left } = one;
		one.count = 0;
		if (visitor.visitorId !== null && visitor.consents.has('analytics')) impressions.note(visitor.visitorId, list, isControl, count);
		const shown = shownTo(visitor);
		if (!shown) return;
		const day = dayOf(now().getTime());
		for (const { slot, subject } of list) noteShown(shown, `${slot} ${subject}`, day, count);
		if (count >= left) capped(visitor);
	};
	const settleKey = (key: string): void => {
		const waiting = pending.get(key);
		pending.delete(key);
		if (waiting) add(waiting);
	};
	// Pages of one visitor may share a slot: what another page showed is added up before this one says how often it may.
	const begin = (one: Pending): void => {
		const key = keyOf(one.visitor);
		settleKey(key);
		pending.set(key, one);
		one.left = leftOf(one);
	};

	return Object.freeze<Showings>({
		showing: (visitor, list, isControl) => {
			const one: Pending = { visitor, list, isControl, count: 0, left: 0 };
			return () => {
				if (one.count === 0) begin(one);
				one.count += 1;
				if (one.count >= one.left) settleKey(keyOf(visitor));
			};
		},
		settle: (visitor) => settleKey(keyOf(visitor)),
		settleAll: () => {
			for (const key of [...pending.keys()]) settleKey(key);
		},
	});
}

const keyOf = ({ visitorId, personId }: Visitor): string => visitorId ?? personId ?? '';
