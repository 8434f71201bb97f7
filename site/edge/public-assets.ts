import type { Asset, Snapshot } from '#cms/content.ts';

const known = new WeakMap<Snapshot, ReadonlyMap<string, Asset>>();

/** The files of published content that anybody may have, by id. Counted once per snapshot. */
export function publicAssets(snapshot: Snapshot): ReadonlyMap<string, Asset> {
	const before = known.get(snapshot);
	if (before) return before;
	const { whitePapers, cases, articles, products, webinars, categories, speakers } = snapshot;
	const shown = [
		...[...whitePapers, ...cases, ...articles, ...webinars].map(({ cover }) => cover),
		...products.flatMap(({ drawing, gallery, documents }) => [
			drawing,
			...gallery,
			...documents.filter(({ isGated }) => !isGated).map(({ file }) => file),
		]),
		...categories.map(({ picture }) => picture),
		...speakers.map(({ portrait }) => portrait),
	];
	const assets = new Map(shown.filter((asset) => asset?.isPublic === true).map((asset) => [asset!.id, asset!]));
	known.set(snapshot, assets);
	return assets;
}
