import type { Visitor } from '#gating';
import { createRecent } from '#kernel/recent.ts';

import type { Entry } from '../byte-store.ts';
import type { EdgeParts } from '../parts.ts';
import type { ChosenPage, Chooser, Fills } from './choose.ts';
import { createFragments, type Cut, type Fragments } from './fragments.ts';
import { makePiece, type Piece } from './piece.ts';
import { fillSplit, type Split } from './split.ts';

/** One visitor's page, as pieces to be joined. */
export interface Composed {
	readonly pieces: readonly Piece[];
	readonly etag: string;
}

export interface Composer {
	/** This visitor's form of a kept page; null: what everybody gets. */
	ofEntry(visitor: Visitor, page: ChosenPage, entry: Entry): Promise<Composed | null>;
	/** The same for a page made for one request. */
	ofBody(visitor: Visitor, page: ChosenPage, split: Split): Promise<Buffer | null>;
	/** Forgets what shows content of these tags. */
	invalidate(tags: readonly string[]): void;
}

interface Chosen {
	/** Of each chooser. */
	readonly fills: readonly (Fills | null)[];
	/** What stands in the page's holes; later choosers win. */
	readonly stood: Fills;
}

interface Kept {
	readonly entry: Entry;
	readonly versions: readonly number[];
	readonly revision: number;
	readonly untilMs: number;
	readonly chosen: Chosen;
	readonly composed: Composed | null;
}

const KEPT_PAGES = 20_000;
/** What fades with time is looked at again so often. */
const KEPT_MS = 30 * 60_000;

/** Asks choosers, has their fragments made, and keeps which pieces a visitor's page is made of. */
export function createComposer(parts: EdgeParts, choosers: readonly Chooser[]): Composer {
	const nowMs = (): number => parts.app.now().getTime();
	const fragments: Fragments = createFragments(parts);
	const kept = createRecent<string, Kept>(KEPT_PAGES);
	const shells = new WeakMap<Entry, readonly Piece[]>();

	const versionsOf = (visitor: Visitor): number[] => choosers.map((chooser) => chooser.version(visitor));
	const isValid = (known: Kept, visitor: Visitor, entry: Entry): boolean =>
		known.entry === entry &&
		known.revision === fragments.revision() &&
		known.untilMs > nowMs() &&
		choosers.every((chooser, at) => chooser.version(visitor) === known.versions[at]);
	const tell = (visitor: Visitor, page: ChosenPage, { fills, stood }: Chosen): void => {
		choosers.forEach((chooser, at) => chooser.served?.(visitor, page, fills[at] ?? null, stood));
	};
	const choose = async (visitor: Visitor, page: ChosenPage): Promise<Chosen> => {
		const fills = await Promise.all(choosers.map(async (chooser) => chooser.choose(visitor, page)));
		return { fills, stood: standing(fills, page) };
	};

	const shellOf = (entry: Entry, split: Split): readonly Piece[] => {
		const known = shells.get(entry);
		if (known) return known;
		const pieces = split.pieces.map(makePiece);
		shells.set(entry, pieces);
		return pieces;
	};
	const compose = async (page: ChosenPage, entry: Entry, split: Split, stood: Fills): Promise<Composed | null> => {
		const cuts = await fragments.cut(stood, page.locale);
		if (cuts.size === 0) return null;
		const pieces = fillSplit(shellOf(entry, split), split.holes, piecesOf(cuts));
		const version = [...cuts].map(([name, cut]) => `${name}~${cut.version}`).join('~');
		return { pieces, etag: `${entry.etag.slice(0, -1)}-${version}"` };
	};

	return Object.freeze<Composer>({
		ofEntry: async (visitor, page, entry) => {
			const { split } = entry;
			if (!split) return null;
			const key = `${visitor.visitorId ?? ''} ${visitor.isVerified ? (visitor.personId ?? '') : ''} ${entry.key}`;
			const known = kept.get(key);
			if (known && isValid(known, visitor, entry)) {
				tell(visitor, page, known.chosen);
				return known.composed;
			}
			const revision = fragments.revision();
			const chosen = await choose(visitor, page);
			// Asked afterwards: to choose may have been what finds out who it is.
			const versions = versionsOf(visitor);
			const composed = await compose(page, entry, split, chosen.stood);
			kept.set(key, { entry, versions, revision, untilMs: nowMs() + KEPT_MS, chosen, composed });
			tell(visitor, page, chosen);
			return composed;
		},
		ofBody: async (visitor, page, { pieces, holes }) => {
			const chosen = await choose(visitor, page);
			const cuts = await fragments.cut(chosen.stood, page.locale);
			tell(visitor, page, chosen);
			if (cuts.size === 0) return null;
			const bytes = new Map([...cuts].map(([name, cut]) => [name, cut.pieces.map((piece) => piece.bytes)]));
			return Buffer.concat(fillSplit(pieces, holes, bytes));
		},
		invalidate: fragments.invalidate,
	});
}

function standing(fills: readonly (Fills | null)[], { holes }: ChosenPage): Fills {
	const wanted: Fills = Object.assign({}, ...fills);
	return Object.fromEntries(Object.entries(wanted).filter(([name]) => holes.includes(name)));
}

function piecesOf(cuts: ReadonlyMap<string, Cut>): ReadonlyMap<string, readonly Piece[]> {
	return new Map([...cuts].map(([name, { pieces }]) => [name, pieces]));
}
