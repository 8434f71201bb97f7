import type { Asset, Block, Snapshot } from '#cms/content.ts';

const known = new WeakMap<Snapshot, ReadonlyMap<string, Asset>>();

/** The files of published content that anybody may have, by id. Counted once per snapshot. */
export function publicAssets(snapshot: Snapshot): ReadonlyMap<string, Asset> {
	const before = known.get(snapshot);
	if (before) return before;
	const { whitePapers, cases, articles, products, webinars, pages, categories, speakers, terms, offers, banners, site } = snapshot;
	const shown = [
		...[...whitePapers, ...cases, ...articles, ...webinars].map(({ cover }) => cover),
		...products.flatMap(({ drawing, gallery, video, documents }) => [
			drawing,
			video,
			...gallery,
			...documents.filter(({ isGated }) => !isGated).map(({ file }) => file),
		]),
		...[...categories, ...offers, ...banners].map(({ picture }) => picture),
		...terms.map(({ cover }) => cover),
		...pages.flatMap(({ blocks }) => blocks.flatMap(blockFiles)),
		site.logo,
		...speakers.map(({ portrait }) => portrait),
	];
	const assets = new Map(shown.filter((asset) => asset?.isPublic === true).map((asset) => [asset!.id, asset!]));
	known.set(snapshot, assets);
	return assets;
}

function blockFiles(block: Block): (Asset | null)[] {
	if (block.kind === 'picture') return [block.picture];
	return block.kind === 'video' ? [block.video, block.poster] : [];
}
