import { fitted, picture } from './kit.ts';
import { caseScenes } from './scenes-case.ts';
import { categoryScenes } from './scenes-category.ts';

const scenes: Record<string, (view: Parameters<Parameters<typeof fitted>[3]>[0]) => string> = { ...categoryScenes, ...caseScenes };

/** The slugs that have a scene of their own: categories and cases. */
export const drawnScenes: readonly string[] = Object.keys(scenes);

/** The scene of a category or a case, 1600 × 900. Throws for a slug that has none. */
export function sceneDrawing(slug: string): string {
	const draw = scenes[slug];
	if (draw === undefined) throw new Error(`No scene for "${slug}". Known: ${drawnScenes.join(', ')}.`);
	// Drawn larger and scaled down: a busy scene needs finer lines than a product.
	return picture(1600, 900, `<g transform="scale(.64)">${fitted(2500, 1406.25, 80, (view) => draw(view))}</g>`);
}
