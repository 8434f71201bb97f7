import type { Row } from '../client.ts';
import type { Locale } from '../content.ts';
import { GATED_FOLDER, PUBLIC_FOLDER } from '../directus/model/folder.ts';
import type { Printer } from '../pdf/printer.ts';
import type { ProductText } from '../pdf/product.ts';
import { pagesOf } from '../read/reading.ts';
import { envelopeOf } from './outline/product.ts';
import { stepFile } from './outline/step.ts';
import { coverArtwork, drawnProducts, productDrawing } from './illustration/index.ts';
import { coverOf, fileId, raster, type SeedFile } from './picture.ts';
import { rowsOf, type Source } from './source.ts';

const LANGUAGES = [
	{ locale: 'en', suffix: 'en' },
	{ locale: 'zh-CN', suffix: 'zh' },
] as const;
type Suffix = (typeof LANGUAGES)[number]['suffix'];

const PRINTED_PIXELS = 1_000;

/** The papers' originals and the products' documents, set from the content itself, and CAD models of what products take up. */
export function printedFiles(source: Source, printer: Printer): SeedFile[] {
	return [
		...source.papers.flatMap((paper) => LANGUAGES.map((language) => paperFile(paper, language, source, printer))),
		...source.products.flatMap((product) => documentFiles(product, source, printer)),
	];
}

export function paperFilename(slug: string, suffix: Suffix): string {
	return `${slug}-${suffix}.pdf`;
}

/** The name of a product's document. */
export function documentFilename(product: Row, document: Row, at: number): string {
	if (document['kind'] === 'cad') return `${String(product['slug'])}-envelope.stp`;
	return `${String(product['slug'])}-${String(document['kind'])}-${at + 1}.pdf`;
}

function paperFile(paper: Row, { locale, suffix }: (typeof LANGUAGES)[number], source: Source, printer: Printer): SeedFile {
	const text = (name: string): string => String(paper[`${name}_${suffix}`] ?? '');
	const filename = paperFilename(String(paper['slug']), suffix);
	const series = source.terms.find((term) => term['kind'] === 'series' && term['slug'] === paper['series']);
	return {
		id: fileId(filename),
		folder: GATED_FOLDER,
		title: text('title'),
		filename,
		mediaType: 'application/pdf',
		make: async () =>
			bytesOf(printer, {
				kind: 'paper',
				text: {
					locale,
					brand: String(source.site['brand'] ?? ''),
					address: String(source.site[`address_${suffix}`] ?? ''),
					number: String(paper['number'] ?? ''),
					series: String(paper['series'] ?? ''),
					seriesName: String(series?.[`name_${suffix}`] ?? ''),
					title: text('title'),
					subtitle: text('subtitle'),
					summary: text('summary'),
					findings: (paper[`findings_${suffix}`] ?? []) as readonly string[],
					author: text('author'),
					publishedOn: String(paper['published_on'] ?? ''),
					pages: pagesOf(text('body')),
					artwork: await raster(coverArtwork({ ...coverOf(paper), format: 'portrait' }), 1600),
				},
			}),
	};
}

function documentFiles(product: Row, source: Source, printer: Printer): SeedFile[] {
	return rowsOf(product, 'documents').flatMap((document, at) => {
		const filename = documentFilename(product, document, at);
		const kind = document['kind'];
		const folder = document['gate'] === 'open' ? PUBLIC_FOLDER : GATED_FOLDER;
		if (kind === 'cad') return cadFile(product, document, source, { filename, folder });
		if (kind !== 'datasheet' && kind !== 'manual' && kind !== 'certificate') return [];
		const languages = LANGUAGES.filter(({ suffix }) =>
			String(document['language'] ?? 'en')
				.split('-')
				.includes(suffix),
		);
		const make = async (): Promise<Uint8Array> => {
			const slug = String(product['slug']);
			const drawing = drawnProducts.includes(slug) ? await raster(productDrawing(slug), PRINTED_PIXELS) : new Uint8Array();
			const parts = languages.map(({ locale, suffix }) => productText(product, document, locale, suffix));
			return bytesOf(printer, {
				kind: 'product',
				text: { kind, brand: String(source.site['brand'] ?? ''), version: String(document['version'] ?? '1.0'), drawing, parts },
			});
		};
		return [
			{
				id: fileId(filename),
				folder,
				title: String(document['title_en']),
				filename,
				mediaType: 'application/pdf',
				make,
			},
		];
	});
}

/** An envelope model: the outer dimensions of the product as solids. None for what has no outline. */
function cadFile(
	product: Row,
	document: Row,
	source: Source,
	{ filename, folder }: { readonly filename: string; readonly folder: string },
): SeedFile[] {
	const envelope = envelopeOf(product);
	if (envelope === null) return [];
	const part = {
		id: String(product['part_number']),
		name: String(product['name_en']),
		organisation: String(source.site['legal_name'] ?? source.site['brand'] ?? ''),
		filename,
		solids: envelope.solids,
	};
	const make = (): Promise<Uint8Array> => Promise.resolve(Buffer.from(stepFile(part)));
	return [{ id: fileId(filename), folder, title: String(document['title_en']), filename, mediaType: 'model/step', make }];
}

function productText(product: Row, document: Row, locale: Locale, suffix: Suffix): ProductText {
	const text = (row: Row, name: string): string => String(row[`${name}_${suffix}`] ?? '');
	return {
		locale,
		documentTitle: text(document, 'title'),
		partNumber: String(product['part_number']),
		name: text(product, 'name'),
		tagline: text(product, 'tagline'),
		summary: text(product, 'summary'),
		body: text(product, 'body'),
		figures: rowsOf(product, 'figures').map((figure) => ({
			name: text(figure, 'name'),
			value: String(figure['value']),
			unit: String(figure['unit'] ?? ''),
		})),
		specifications: rowsOf(product, 'specs').map((spec) => ({
			group: text(spec, 'group'),
			name: text(spec, 'name'),
			value: String((suffix === 'zh' && spec['value_zh']) || spec['value']),
			unit: String(spec['unit'] ?? ''),
		})),
		faq: rowsOf(product, 'faq').map((entry) => ({ question: text(entry, 'question'), answer: text(entry, 'answer') })),
	};
}

async function bytesOf(printer: Printer, request: Parameters<Printer['print']>[0]): Promise<Uint8Array> {
	return (await printer.print(request)).bytes;
}
