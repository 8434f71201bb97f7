import { createHash } from 'node:crypto';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';

import { STRANGER_LOCALS } from '../locals.ts';
import { createByteCache } from '../byte-cache.ts';
import type { Entry } from '../byte-store.ts';
import { collect, type Rendered } from '../collect.ts';
import type { EdgeParts } from '../parts.ts';
import type { Fills, Fragment } from './choose.ts';
import { createMarks } from './marks.ts';
import { makePiece, type Piece } from './piece.ts';
import { fillSplit, type Split, splitPage, type SplitHole } from './split.ts';

/** A fragment ready to be put into pages. */
export interface Cut {
	readonly pieces: readonly Piece[];
	/** What the pieces are as DEFLATE, joined where they always stand together. */
	readonly chunks: readonly Buffer[];
	/** Tells its content apart; part of a page's ETag. */
	readonly version: string;
	/** Epoch milliseconds from which it has to be cut anew. */
	readonly untilMs: number;
}

export interface Fragments {
	/** Everything that `fills` name; null where a fragment cannot be made: its hole keeps the default. */
	cut(fills: Fills, locale: 'en' | 'zh-CN'): Promise<ReadonlyMap<string, Cut>>;
	/** Forgets fragments with content of these tags. */
	invalidate(tags: readonly string[]): void;
	/** Grows when something was forgotten: pages composed before may show it. */
	revision(): number;
}

interface Rendering {
	readonly pieces: readonly Piece[];
	readonly holes: readonly SplitHole[];
	readonly version: string;
	readonly untilMs: number;
}

const LIMIT_BYTES = 16 * 1024 * 1024;
const WORDS_KEPT = 2_000;

/** Renders fragments once per language through `fragment.astro`, as a stranger sees them, and keeps them until their content changes. */
export function createFragments({ app, pages, marksSecret }: EdgeParts): Fragments {
	const nowMs = (): number => app.now().getTime();
	const dueMs = (): number | null => app.cms.snapshot().nextDueAt?.getTime() ?? null;
	const cache = createByteCache({ limitBytes: LIMIT_BYTES, nowMs, dueMs, isCompressed: false });
	const made = new WeakMap<Entry, Rendering>();
	const words = new Map<string, Rendering>();
	let revision = 0;
	/** By fragment and language: choosers hand out the same object for the same thing. */
	const cutBefore = { en: new WeakMap<Fragment, Known>(), 'zh-CN': new WeakMap<Fragment, Known>() };

	const render = async (fragment: Exclude<Fragment, { readonly kind: 'text' }>, locale: 'en' | 'zh-CN'): Promise<Rendered> => {
		const path = `${locale === 'en' ? '' : `/${locale}`}/fragment`;
		const asked = Object.assign(new IncomingMessage(new Socket()), {
			method: 'GET',
			url: path,
			headers: { host: new URL(app.config.server.publicUrl).host },
		});
		let isMarked = false;
		const locals = {
			...STRANGER_LOCALS,
			...{ app, locale, requestId: 'fragment', marks: createMarks(marksSecret, () => (isMarked = true)) },
			fragment: { kind: fragment.kind, params: fragment.params },
		};
		const collected = await collect(pages, asked, locals, () => {
			throw new Error(`The fragment "${fragment.kind}" is no text.`);
		});
		if (collected.outcome !== 'rendered' || collected.status !== 200) throw new Error(`The fragment "${fragment.kind}" could not be made.`);
		return isMarked ? { ...collected, ...splitPage(collected.body, marksSecret) } : collected;
	};

	const renderingOf = async (fragment: Fragment, locale: 'en' | 'zh-CN'): Promise<Rendering | null> => {
		if (isText(fragment)) return wordsOf(fragment.text);
		const key = `${locale}\n${fragment.kind}\n${JSON.stringify(fragment.params)}`;
		const known = cache.find(key);
		if (known) return cutOf(known);
		const filled = await cache
			.fill(key, () => render(fragment, locale))
			.catch((err: unknown) => {
				app.log.error({ err, kind: fragment.kind }, 'a fragment could not be made');
				return null;
			});
		if (filled?.outcome === 'own') return renderingFrom(filled.rendered.body, filled.rendered.split, hashOf(filled.rendered.body), 0);
		// Beside a flight that cannot be shared, the hole keeps its default this once.
		return filled?.outcome === 'shared' ? cutOf(filled.entry) : null;
	};

	const cutOf = (entry: Entry): Rendering => {
		const known = made.get(entry);
		if (known) return known;
		const rendering = renderingFrom(entry.bodies.identity, entry.split, entry.etag.slice(3, 11), entry.untilMs);
		made.set(entry, rendering);
		return rendering;
	};

	const wordsOf = (text: string): Rendering => {
		const known = words.get(text);
		if (known) return known;
		const bytes = Buffer.from(escapeText(text));
		const rendering = renderingFrom(bytes, null, hashOf(bytes), Infinity);
		if (words.size >= WORDS_KEPT) words.clear();
		words.set(text, rendering);
		return rendering;
	};

	const cutOne = async (fragment: Fragment, locale: 'en' | 'zh-CN'): Promise<Cut | null> => {
		const known = cutBefore[locale].get(fragment);
		if (known?.revision === revision && known.cut.untilMs > nowMs()) return known.cut;
		const asked = revision;
		const made = await cutAnew(fragment, locale);
		if (made) cutBefore[locale].set(fragment, { revision: asked, cut: made });
		return made;
	};

	const cutAnew = async (fragment: Fragment, locale: 'en' | 'zh-CN'): Promise<Cut | null> => {
		const rendering = await renderingOf(fragment, locale);
		if (!rendering) return null;
		const { untilMs } = rendering;
		if (isText(fragment) || !fragment.fills || rendering.holes.length === 0) return cutFrom(rendering.pieces, rendering.version, untilMs);
		const inner = await cut(fragment.fills, locale);
		const own = fillSplit(rendering.pieces, rendering.holes, new Map([...inner].map(([name, one]) => [name, one.pieces])));
		const within = [...inner.values()];
		const version = [rendering.version, ...within.map((one) => one.version)].join('.');
		return cutFrom(own, version, Math.min(untilMs, ...within.map((one) => one.untilMs)));
	};

	const cut: Fragments['cut'] = async (fills, locale) => {
		const cuts = new Map<string, Cut>();
		for (const [name, fragments] of Object.entries(fills)) {
			const all = await Promise.all(fragments.map((fragment) => cutOne(fragment, locale)));
			const whole = all.filter((one) => one !== null);
			if (whole.length < all.length) continue;
			cuts.set(name, {
				pieces: whole.flatMap(({ pieces }) => pieces),
				chunks: whole.flatMap(({ chunks }) => chunks),
				version: whole.map(({ version }) => version).join('.'),
				untilMs: Math.min(Infinity, ...whole.map(({ untilMs }) => untilMs)),
			});
		}
		return cuts;
	};

	return Object.freeze<Fragments>({
		cut,
		invalidate: (tags) => {
			revision++;
			cache.invalidate(tags);
		},
		revision: () => revision,
	});
}

interface Known {
	readonly revision: number;
	readonly cut: Cut;
}

function renderingFrom(body: Buffer, split: Split | null, version: string, untilMs: number): Rendering {
	const { pieces, holes } = split ?? { pieces: [body], holes: [] };
	return { pieces: pieces.map(makePiece), holes, version, untilMs };
}

function cutFrom(pieces: readonly Piece[], version: string, untilMs: number): Cut {
	return { pieces, chunks: [Buffer.concat(pieces.map(({ deflated }) => deflated))], version, untilMs };
}

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('base64url').slice(0, 8);

const isText = (fragment: Fragment): fragment is Extract<Fragment, { readonly kind: 'text' }> => !('params' in fragment);

function escapeText(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
