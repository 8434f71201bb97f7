import { readFile } from 'node:fs/promises';

import sharp from 'sharp';

import { stableId } from '#kernel/id.ts';

import type { Row } from '../client.ts';
import { GATED_FOLDER, PUBLIC_FOLDER } from '../directus/model/folder.ts';
import { coverArtwork, drawnProducts, drawnScenes, productDrawing, sceneDrawing, speakerPortrait } from './illustration/index.ts';
import type { Source } from './source.ts';

const LARGEST_PIXELS = 1600;

/** A file to upload, made when its turn comes. */
export interface SeedFile {
	readonly id: string;
	readonly folder: string;
	readonly title: string;
	readonly filename: string;
	readonly mediaType: string;
	make(): Promise<Uint8Array>;
}

/** The id of a seeded file: the same name gives the same id on every machine. */
export function fileId(name: string): string {
	return stableId(`directus_files:${name}`);
}

/** Pictures of products, categories, cases, papers, articles, webinars and speakers, drawn from code. */
export function pictureFiles(source: Source): SeedFile[] {
	const title = (row: Row): string => String(row['title_en'] ?? row['name_en'] ?? row['slug']);
	const slug = (row: Row): string => String(row['slug']);
	const covers = (rows: readonly Row[], kind: string, format: 'portrait' | 'wide') =>
		rows.map((row) => drawn(`cover-${kind}-${slug(row)}`, title(row), () => coverArtwork({ ...coverOf(row), format })));
	return [
		...source.products
			.filter((row) => drawnProducts.includes(slug(row)))
			.map((row) => drawn(`product-${slug(row)}`, title(row), () => productDrawing(slug(row)))),
		...[...source.categories, ...source.cases]
			.filter((row) => drawnScenes.includes(slug(row)))
			.map((row) => drawn(`scene-${slug(row)}`, title(row), () => sceneDrawing(slug(row)))),
		...covers(source.papers, 'paper', 'portrait'),
		...covers(source.articles, 'article', 'wide'),
		...covers(source.webinars, 'webinar', 'wide'),
		...source.speakers.map((row) => drawn(`portrait-${slug(row)}`, title(row), () => speakerPortrait(slug(row)))),
	];
}

/** The recording and its captions. Not public: the hub hands them out in the room. */
export function mediaFiles(): SeedFile[] {
	const file = (name: string, mediaType: string): SeedFile => ({
		id: fileId(name),
		folder: GATED_FOLDER,
		title: name,
		filename: name,
		mediaType,
		make: () => readFile(new URL(`./media/${name}`, import.meta.url)),
	});
	return [file(RECORDING, 'video/webm'), file(CAPTIONS.en, 'text/vtt'), file(CAPTIONS.zh, 'text/vtt')];
}

export const RECORDING = 'sizing-a-servo-axis.webm';
export const CAPTIONS = { en: 'sizing-a-servo-axis.en.vtt', zh: 'sizing-a-servo-axis.zh.vtt' } as const;

/** What the cover system needs to know of a row. */
export function coverOf(row: Row): { slug: string; series: string; number: string; title: string } {
	return { slug: String(row['slug']), series: String(row['series'] ?? ''), number: String(row['number'] ?? ''), title: String(row['title_en']) };
}

/** A drawing as PNG of at most {@link LARGEST_PIXELS}. Few colours, so a palette keeps it small. */
export async function raster(svg: string, largest = LARGEST_PIXELS): Promise<Uint8Array> {
	return sharp(Buffer.from(svg))
		.resize(largest, largest, { fit: 'inside', withoutEnlargement: true })
		.png({ palette: true, colours: 64, effort: 3 })
		.toBuffer();
}

function drawn(name: string, title: string, draw: () => string): SeedFile {
	return {
		id: fileId(`${name}.png`),
		folder: PUBLIC_FOLDER,
		title,
		filename: `${name}.png`,
		mediaType: 'image/png',
		make: async () => raster(draw()),
	};
}
