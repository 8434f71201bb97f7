import { type Article, ARTICLE_KINDS, type Case, type LocalisedText, type Page, type StageRole, type WhitePaper } from '../content.ts';
import { readBlock, readFigure } from './block.ts';
import { readItem } from './item.ts';
import type { RowReader } from './row.ts';

const STAGES: readonly StageRole[] = ['awareness', 'consideration', 'decision'];
const DEFAULT_FORM = 'paper-default';

export function readPaper(row: RowReader): WhitePaper | null {
	const body = row.localised('body');
	const item = readItem(row, { body });
	if (!item) return null;
	const findings = row.list('findings').map((finding) => finding.localised('text'));
	const pdf = { en: row.asset('pdf_en'), 'zh-CN': row.asset('pdf_zh') };
	for (const locale of item.languages) if (!pdf[locale]) row.report('missing-file', `pdf (${locale})`);
	return {
		...item,
		type: 'white_papers',
		number: row.text('number'),
		subtitle: row.localised('subtitle'),
		findings: { en: written(findings, 'en'), 'zh-CN': written(findings, 'zh-CN') },
		pages: { en: pagesOf(body.en), 'zh-CN': pagesOf(body['zh-CN']) },
		openPages: row.integer('open_pages', 2),
		readingMinutes: row.integer('reading_minutes', 10),
		stageRole: row.oneOf('stage', STAGES, 'awareness'),
		series: row.reference('series', 'terms'),
		author: row.localised('author'),
		products: row.references('products', 'products'),
		cover: row.picture('cover'),
		pdf,
		formKey: row.reference('form', 'forms') ?? DEFAULT_FORM,
	};
}

export function readCase(row: RowReader): Case | null {
	const body = row.localised('body');
	const item = readItem(row, { body });
	if (!item) return null;
	return {
		...item,
		type: 'cases',
		customer: row.localised('customer'),
		place: row.localised('place'),
		industry: item.industries[0] ?? '',
		challenge: row.localised('challenge'),
		body,
		results: row.list('results').map(readFigure),
		quote: row.localised('quote'),
		quoteBy: row.localised('quote_by'),
		products: row.references('products', 'products'),
		stageRole: row.oneOf('stage', STAGES, 'consideration'),
		cover: row.picture('cover'),
	};
}

export function readArticle(row: RowReader): Article | null {
	const body = row.localised('body');
	const item = readItem(row, { body });
	if (!item) return null;
	return {
		...item,
		type: 'articles',
		kind: row.oneOf('kind', ARTICLE_KINDS, 'article'),
		body,
		author: row.localised('author'),
		products: row.references('products', 'products'),
		series: row.reference('series', 'terms'),
		stageRole: row.oneOf('stage', STAGES, 'awareness'),
		cover: row.picture('cover'),
	};
}

export function readPage(row: RowReader): Page | null {
	const item = readItem(row);
	return item && { ...item, type: 'pages', blocks: row.list('blocks').flatMap((block, at) => readBlock(block, at) ?? []) };
}

/** Pages of a paper: the editor's text, cut at lines of exactly `---`. */
export function pagesOf(markdown: string): string[] {
	return markdown.split(/^---[ \t]*$/m).flatMap((page) => (page.trim() === '' ? [] : [page.trim()]));
}

function written(texts: readonly LocalisedText[], locale: 'en' | 'zh-CN'): string[] {
	return texts.flatMap((text) => (text[locale] === '' ? [] : [text[locale]]));
}
