import { readFile } from 'node:fs/promises';

import sharp from 'sharp';

import { stableId } from '#kernel/id.ts';

import type { Row } from '../client.ts';
import { GATED_FOLDER, PUBLIC_FOLDER } from '../directus/model/folder.ts';
import { coverArtwork, drawnProducts, drawnScenes, productDrawing, sceneDrawing, speakerPortrait } from './illustration/index.ts';
import { dimensionDrawing } from './outline/drawing.ts';
import { wholeExtent } from './outline/envelope.ts';
import { mountingDrawing } from './outline/mounting.ts';
import { envelopeOf } from './outline/product.ts';
import { mountingOf } from './outline/surroundings.ts';
import type { Source } from './source.ts';

const LARGEST_PIXELS = 1600;

/** A file to upload, made when its turn comes. */
export interface SeedFile {
	readonly id: string;
	readonly folder: string;
	readonly title: string;
	/** What a picture shows, for those who cannot see it. */
	readonly description?: string;
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
			.map((row) => ({
				...drawn(`product-${slug(row)}`, title(row), () => productDrawing(slug(row))),
				description: `Line drawing of ${String(row['part_number'])}: ${String(row['tagline_en'])}.`,
			})),
		...[...source.categories, ...source.cases]
			.filter((row) => drawnScenes.includes(slug(row)))
			.map((row) => ({
				...drawn(`scene-${slug(row)}`, title(row), () => sceneDrawing(slug(row))),
				description: `Line drawing of a plant: ${title(row)}.`,
			})),
		...source.products.flatMap(galleryFiles),
		...covers(
			source.terms.filter(({ kind }) => kind === 'series').map((row) => ({ ...row, series: row['slug'], title_en: row['name_en'] })),
			'series',
			'wide',
		),
		...covers(source.papers, 'paper', 'portrait'),
		...covers(source.articles, 'article', 'wide'),
		...covers(source.webinars, 'webinar', 'wide'),
		...source.speakers.map((row) => drawn(`portrait-${slug(row)}`, title(row), () => speakerPortrait(slug(row)))),
	];
}

/** Names of the pictures of a product's gallery, in their order. */
export function galleryNames(slug: string): string[] {
	return [`dimensions-${slug}.png`, `mounting-${slug}.png`];
}

/** The dimension drawing and the mounting sketch of a product; none for what has no outline. */
function galleryFiles(product: Row): SeedFile[] {
	const envelope = envelopeOf(product);
	if (envelope === null) return [];
	const [slug, part] = [String(product['slug']), String(product['part_number'])];
	const { low, high } = wholeExtent(envelope.solids);
	const [wide, deep, tall] = [0, 1, 2].map((at) => Math.round(high[at as 0 | 1 | 2] - low[at as 0 | 1 | 2]));
	return [
		{
			...drawn(`dimensions-${slug}`, `${part}: dimensions in mm`, () => dimensionDrawing(envelope)),
			description: `Dimension drawing of ${part} from the front and from the side: ${wide} mm wide, ${tall} mm high, ${deep} mm long over all.`,
		},
		{
			...drawn(`mounting-${slug}`, `${part}: mounting`, () => mountingDrawing(slug, envelope)),
			description: `How ${part} is mounted: ${mountingOf(slug).text}.`,
		},
	];
}

/** The recording and its captions, which are not public: the hub hands them out in the room; and the films of products, which are. */
export function mediaFiles(): SeedFile[] {
	const file = (name: string, mediaType: string): SeedFile => ({
		id: fileId(name),
		folder: GATED_FOLDER,
		title: name,
		filename: name,
		mediaType,
		make: () => readFile(new URL(`./media/${name}`, import.meta.url)),
	});
	const film = (slug: string): SeedFile => ({
		...file(`${filmName(slug)}.webm`, 'video/webm'),
		folder: PUBLIC_FOLDER,
		title: `Film: ${slug.toUpperCase()}`,
	});
	return [file(RECORDING, 'video/webm'), file(CAPTIONS.en, 'text/vtt'), file(CAPTIONS.zh, 'text/vtt'), ...FILMED.map(film)];
}

/** Products with a film of their own. */
export const FILMED = ['hs4-100', 'hm2-132', 'hg1-090'] as const;

export function filmName(slug: string): string {
	return `product-film-${slug}`;
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
