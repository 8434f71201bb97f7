import type { Category, LocalisedText, Product, ProductDocument, Question } from '../content.ts';
import type { ReadContext } from './context.ts';
import { readItem } from './item.ts';
import { rowReader, type RowReader } from './row.ts';

const DOCUMENT_KINDS = ['datasheet', 'cad', 'manual', 'certificate'] as const;

/** Null when the product has no published category: it would have no address. */
export function readProduct(row: RowReader, context: ReadContext): Product | null {
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
		rootCategory: context.rootOf(category),
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
		gallery: context
			.partsOf('products_files', row.id)
			.flatMap((entry) => rowReader(entry, 'products_files', context).picture('directus_files_id') ?? []),
		video: row.publicAsset('video'),
		videoTitle: row.localised('video_title'),
		documents: context.partsOf('documents', row.id).map((document) => readDocument(rowReader(document, 'documents', context))),
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
export function readCategory(row: RowReader, context: ReadContext): Category {
	const parent = row.reference('parent', 'categories');
	if (parent !== null && context.isLoop(row.slug)) row.report('invalid-field', 'parent');
	return {
		id: row.id,
		slug: row.slug,
		parent: context.isLoop(row.slug) ? null : parent,
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
