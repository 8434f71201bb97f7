import type { Category, LocalisedText, Product, ProductDocument, Question } from '../content.ts';
import type { CategoryTree } from './category-tree.ts';
import { wordOf } from './cell.ts';
import { orderOf, type ReadContext } from './context.ts';
import { readItem } from './item.ts';
import { rowReader, type RowReader } from './row.ts';

const DOCUMENT_KINDS = ['datasheet', 'cad', 'manual', 'certificate'] as const;

/** What hangs on a product in other collections, by product id. */
export interface ProductParts {
	readonly documents: ReadonlyMap<string, readonly RowReader[]>;
	readonly gallery: ReadonlyMap<string, readonly RowReader[]>;
	readonly tree: CategoryTree;
}

export function productParts(context: ReadContext, tree: CategoryTree): ProductParts {
	return { tree, documents: grouped(context, 'documents', 'product'), gallery: grouped(context, 'products_files', 'products_id') };
}

/** Null when the product has no published category: it would have no address. */
export function readProduct(row: RowReader, parts: ProductParts): Product | null {
	const body = row.localised('body');
	const tagline = row.localised('tagline');
	const item = readItem(row, { body, tagline });
	const category = row.reference('category', 'categories');
	if (!item || category === null) {
		if (item) row.report('left-out', 'category');
		return null;
	}
	return {
		...item,
		type: 'products',
		partNumber: row.text('part_number') || item.slug.toUpperCase(),
		category,
		rootCategory: parts.tree.rootOf(category),
		tagline,
		body,
		figures: row.list('figures').map((figure) => ({ name: figure.localised('name'), value: figure.text('value'), unit: figure.text('unit') })),
		specifications: row.list('specs').map((spec) => ({
			group: spec.localised('group'),
			name: spec.localised('name'),
			value: valueOf(spec),
			unit: spec.text('unit'),
			isComparable: spec.flag('comparable'),
		})),
		faq: row.list('faq').map(readQuestion),
		priceNote: row.localised('price_note'),
		drawing: row.picture('drawing'),
		gallery: (parts.gallery.get(row.id) ?? []).flatMap((entry) => entry.picture('directus_files_id') ?? []),
		video: row.publicAsset('video'),
		videoTitle: row.localised('video_title'),
		documents: (parts.documents.get(row.id) ?? []).map(readDocument),
	};
}

export function readQuestion(row: RowReader): Question {
	return { question: row.localised('question'), answer: row.localised('answer') };
}

function readDocument(row: RowReader): ProductDocument {
	const isGated = row.oneOf('gate', ['open', 'gated'], 'gated') === 'gated';
	const file = row.asset('file');
	if (!isGated && file?.isPublic === false) row.report('missing-file', 'file: an open document must lie in the public folder');
	return {
		id: row.id,
		kind: row.oneOf('kind', DOCUMENT_KINDS, 'datasheet'),
		title: row.localised('title'),
		language: row.text('language'),
		version: row.text('version'),
		isGated,
		file: !isGated && file?.isPublic === false ? null : file,
	};
}

/** A category that would stand above itself stands at the top instead, which is reported. */
export function readCategory(row: RowReader, tree: CategoryTree): Category {
	const parent = row.reference('parent', 'categories');
	if (parent !== null && tree.isLoop(row.slug)) row.report('invalid-field', 'parent');
	return {
		id: row.id,
		slug: row.slug,
		parent: tree.isLoop(row.slug) ? null : parent,
		name: row.localised('name'),
		summary: row.localised('summary'),
		intro: row.localised('intro'),
		picture: row.picture('picture'),
	};
}

/** Numbers read the same in both languages; words have a Chinese column of their own. */
function valueOf(spec: RowReader): LocalisedText {
	return { en: spec.text('value'), 'zh-CN': spec.text('value_zh') || spec.text('value') };
}

function grouped(context: ReadContext, collection: 'documents' | 'products_files', column: string): ReadonlyMap<string, RowReader[]> {
	const groups = new Map<string, RowReader[]>();
	const sorted = [...context.due(collection)].sort((a, b) => orderOf(a) - orderOf(b));
	for (const row of sorted) {
		const key = wordOf(row[column]);
		groups.set(key, [...(groups.get(key) ?? []), rowReader(row, collection, context)]);
	}
	return groups;
}
