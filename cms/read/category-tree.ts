import type { Row } from '../client.ts';
import { wordOf } from './cell.ts';

/** Who stands above whom among the published categories, by slug. */
export interface CategoryTree {
	/** The topmost category above `slug`, or itself. */
	rootOf(slug: string): string;
	/** True when going up from `slug` leads round in a circle. */
	isLoop(slug: string): boolean;
}

export function categoryTree(categories: readonly Row[], slugOf: (id: string) => string | null): CategoryTree {
	const parents = new Map(
		categories.map((row) => {
			const parent = row['parent'];
			return [slugOf(wordOf(row['id'])), typeof parent === 'string' ? slugOf(parent) : null];
		}),
	);
	const wayUp = (slug: string): { readonly root: string; readonly isLoop: boolean } => {
		const seen = new Set([slug]);
		for (let at = slug; ;) {
			const parent = parents.get(at) ?? null;
			if (parent === null) return { root: at, isLoop: false };
			if (seen.has(parent)) return { root: slug, isLoop: true };
			seen.add((at = parent));
		}
	};
	return { rootOf: (slug) => wayUp(slug).root, isLoop: (slug) => wayUp(slug).isLoop };
}
