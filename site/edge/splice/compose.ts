import type { Visitor } from '#gating';
import { createRecent } from '#kernel/recent.ts';

import type { Entry } from '../byte-store.ts';
import type { EdgeParts } from '../parts.ts';
import { type Row, rowOf } from './assemble.ts';
import type { ChosenPage, Chooser, Fills } from './choose.ts';
import { createFragments, type Cut, type Fragments } from './fragments.ts';
import { makePiece, type Piece } from './piece.ts';
import { fillSplit, type Split, stretchesOf } from './split.ts';

/** A page with something else in its holes; visitors with the same choice share it. */
export interface Composed {
	readonly entry: Entry;
	readonly pieces: readonly Piece[];
	readonly row: Row;
	readonly etag: string;
	/** Finished heads of the answers made so far. */
	readonly heads: Partial<Record<'gzip' | 'identity' | 'not-modified', string[]>>;
}

export interface Composer {
	/** This visitor's form of a kept page; null: what everybody gets. */
	ofEntry(visitor: Visitor, page: ChosenPage, entry: Entry): Promise<Form>;
	/** Counts that a form goes out again, if it is still what this visitor gets; false when it has to be asked for anew. */
	again(visitor: Visitor, entry: Entry, form: Form): boolean;
	/** The same as `ofEntry` for a page made for one request. */
	ofBody(visitor: Visitor, page: ChosenPage, split: Split): Promise<Buffer | null>;
	/** Forgets what shows content of these tags. */
	invalidate(tags: readonly string[]): void;
}

/** What a visitor gets for a kept page, until what it hangs on changes. */
export interface Form {
	readonly entry: Entry;
	/** By chooser; NaN where something changed while it chose. */
	readonly versions: readonly number[];
	readonly revision: number;
	readonly untilMs: number;
	/** To be called each time it goes out. */
	readonly tells: readonly (() => void)[];
	readonly composed: Composed | null;
}

interface Chosen {
	/** What stands in the page's holes; later choosers win. */
	readonly stood: Fills;
	readonly versions: readonly number[];
	readonly tells: readonly (() => void)[];
}

const KEPT_FORMS = 30_000;
const KEPT_COMPOSED = 10_000;
/** What fades with time is looked at again so often. */
const KEPT_MS = 30 * 60_000;
/** A chooser that does not know the visitor yet: choosing is what finds out. */
const UNKNOWN = -1;

/** Asks choosers, has their fragments made, and keeps which pieces a visitor's page is made of. */
export function createComposer(parts: EdgeParts, choosers: readonly Chooser[]): Composer {
	const nowMs = (): number => parts.app.now().getTime();
	const fragments: Fragments = createFragments(parts);
	const forms = createRecent<string, Form>(KEPT_FORMS);
	const composed = createRecent<string, Composed>(KEPT_COMPOSED);
	const shells = new WeakMap<Entry, Shell>();

	const isValid = ({ versions, ...known }: Form, visitor: Visitor, entry: Entry): boolean => {
		if (known.entry !== entry || known.revision !== fragments.revision() || known.untilMs <= nowMs()) return false;
		for (let at = 0; at < choosers.length; at++) if (choosers[at]!.version(visitor) !== versions[at]) return false;
		return true;
	};

	/** One after another: what the later ones choose is told in the same turn of the loop. */
	const choose = async (visitor: Visitor, page: ChosenPage): Promise<Chosen> => {
		const before = choosers.map((chooser) => chooser.version(visitor));
		const fills: (Fills | null)[] = [];
		const pages: ChosenPage[] = [];
		for (const chooser of choosers) {
			const open = openIn(page, fills);
			pages.push(open);
			fills.push(await chooser.choose(visitor, open));
		}
		const versions = choosers.map((chooser, at) => {
			const after = chooser.version(visitor);
			return before[at] === after || before[at] === UNKNOWN ? after : NaN;
		});
		const stood = standing(fills, page);
		const tells = choosers.flatMap((chooser, at) => chooser.serving?.(visitor, pages[at]!, fills[at] ?? null, stood) ?? []);
		return { stood, versions, tells };
	};

	const compose = async (page: ChosenPage, entry: Entry, split: Split, stood: Fills): Promise<Composed | null> => {
		const cuts = await fragments.cut(stood, page.locale);
		if (cuts.size === 0) return null;
		const version = [...cuts].map(([name, cut]) => `${name}~${cut.version}`).join('~');
		const etag = `${entry.etag.slice(0, -1)}-${version}"`;
		const known = composed.get(entry.key + etag);
		if (known?.entry === entry) return known;
		let shell = shells.get(entry);
		if (!shell) shells.set(entry, (shell = shellOf(split)));
		const made: Composed = { entry, ...filled(shell, split, cuts), etag, heads: {} };
		composed.set(entry.key + etag, made);
		return made;
	};

	return Object.freeze<Composer>({
		ofEntry: async (visitor, page, entry) => {
			const { split } = entry;
			const key = `${visitor.visitorId ?? ''} ${visitor.isVerified ? (visitor.personId ?? '') : ''} ${[...visitor.consents].join()} ${entry.key}`;
			const known = forms.get(key);
			if (known && isValid(known, visitor, entry)) {
				for (const tell of known.tells) tell();
				return known;
			}
			const revision = fragments.revision();
			const { stood, ...chosen } = await choose(visitor, page);
			const form: Form = {
				...{ entry, ...chosen, revision, untilMs: nowMs() + KEPT_MS },
				composed: split ? await compose(page, entry, split, stood) : null,
			};
			forms.set(key, form);
			for (const tell of form.tells) tell();
			return form;
		},
		again: (visitor, entry, form) => {
			if (!isValid(form, visitor, entry)) return false;
			for (const tell of form.tells) tell();
			return true;
		},
		ofBody: async (visitor, page, { pieces, holes }) => {
			const { stood, tells } = await choose(visitor, page);
			const cuts = await fragments.cut(stood, page.locale);
			for (const tell of tells) tell();
			if (cuts.size === 0) return null;
			const bytes = new Map([...cuts].map(([name, cut]) => [name, cut.pieces.map((piece) => piece.bytes)]));
			return Buffer.concat(fillSplit(pieces, holes, bytes));
		},
		invalidate: fragments.invalidate,
	});
}

/** The page as far as earlier choosers left its holes in place. */
function openIn(page: ChosenPage, fills: readonly (Fills | null)[]): ChosenPage {
	const { holes, within } = page;
	if (!within || within.size === 0) return page;
	const filled: Fills = Object.assign({}, ...fills);
	return { ...page, holes: holes.filter((name) => !Object.hasOwn(filled, within.get(name) ?? '')) };
}

function standing(fills: readonly (Fills | null)[], { holes }: ChosenPage): Fills {
	const wanted: Fills = Object.assign({}, ...fills);
	return Object.fromEntries(Object.entries(wanted).filter(([name]) => holes.includes(name)));
}

/** A page's own pieces, and the runs of them that stood between filled holes so far. */
interface Shell {
	readonly pieces: readonly Piece[];
	readonly runs: Map<string, Buffer>;
}

const shellOf = ({ pieces }: Split): Shell => ({ pieces: pieces.map(makePiece), runs: new Map() });

function filled({ pieces, runs }: Shell, { holes }: Split, cuts: ReadonlyMap<string, Cut>): Pick<Composed, 'pieces' | 'row'> {
	const all: Piece[] = [];
	const chunks: Buffer[] = [];
	for (const stretch of stretchesOf(pieces.length, holes, (name) => cuts.has(name))) {
		if ('name' in stretch) {
			const cut = cuts.get(stretch.name)!;
			all.push(...cut.pieces);
			chunks.push(...cut.chunks);
			continue;
		}
		const own = pieces.slice(stretch.from, stretch.to);
		const key = `${stretch.from} ${stretch.to}`;
		let run = runs.get(key);
		if (!run) runs.set(key, (run = Buffer.concat(own.map(({ deflated }) => deflated))));
		all.push(...own);
		chunks.push(run);
	}
	return { pieces: all, row: rowOf(all, chunks) };
}
