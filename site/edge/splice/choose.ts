/**
 * The seam at which a page becomes one visitor's. To make a place of a page replaceable:
 *
 * 1. Wrap it: `<Hole name="home.headline">{title}</Hole>` (site/components/Hole.astro). Everybody who gets no fill sees what stands between,
 *    byte for byte as if there were no hole. It must hold whole elements, or text that spaces may follow (not within `<pre>`, `<textarea>` or
 *    an attribute): pieces are padded with spaces. Holes may lie within one another. The page stays shareable (`shareable(Astro, …)`).
 * 2. Say what can stand there: a {@link Fragment}. Words are `{ kind: 'text' }`, which needs nothing else; anything else is rendered once by
 *    `site/pages/[...locale]/fragment.astro`, where each kind has its line and names the tags of the content it shows. A fragment is the
 *    same for everybody: nothing of a visitor and nothing gated may go into it, its styles are global ones.
 * 3. Choose: give a {@link Chooser} to `createChoosers` (site/personal/choosers.ts). Later ones win over earlier ones, hole by hole.
 *
 * Choosers are asked when their `version` for a visitor, the page, or a fragment's content changed; what they chose is kept until then.
 */
import type { Visitor } from '#gating';

export type FragmentParams = Readonly<Record<string, string | number | boolean | null>>;

/** Something that can stand in a hole, named by what it is rendered from. Equal ones are rendered once per language. */
export type Fragment =
	/** Plain words; escaped here. */
	| { readonly kind: 'text'; readonly text: string }
	| {
			/** A kind that `fragment.astro` knows. */
			readonly kind: string;
			readonly params: FragmentParams;
			/** What stands in holes of the fragment itself. */
			readonly fills?: Fills;
	  };

/** By name of the hole, what stands there in a row; an empty list empties it. */
export type Fills = Readonly<Record<string, readonly Fragment[]>>;

/** The page that is being chosen for. */
export interface ChosenPage {
	/** Path without language: `/`, `/articles/what-ie4-changes`. */
	readonly path: string;
	readonly locale: 'en' | 'zh-CN';
	/** Names of its holes, in order. */
	readonly holes: readonly string[];
	/** Of holes that lie within another one, which: what is in a filled hole is not there any more. */
	readonly within?: ReadonlyMap<string, string>;
}

export interface Chooser {
	/**
	 * Must differ from before when `choose` may answer something else for this visitor. Asked at each request of a page with holes: a number
	 * from memory. What it depends on beside content and this is the chooser's to watch.
	 */
	version(visitor: Visitor): number;
	/** What this visitor gets; null for the default in every hole. Bots are never asked about, nor strangers. */
	choose(visitor: Visitor, page: ChosenPage): Promise<Fills | null> | Fills | null;
	/**
	 * Called once for what was chosen, also where that is the default: `fills` is what this chooser chose, `stood` what stands there once
	 * later ones have won. What it returns is called each time the page goes out with that, and must cost next to nothing; null for nothing.
	 */
	serving?(visitor: Visitor, page: ChosenPage, fills: Fills | null, stood: Fills): (() => void) | null;
}
