import { marked, type Token, type Tokens } from 'marked';

import { parseFigure } from '../figure.ts';
import { drawFigureBlock } from './figure.ts';
import { type Piece, piecesOf } from './line-break.ts';
import { bodyStyle, GRID, INK, QUIET, type Sheet, TEXT_WIDTH } from './sheet.ts';
import { drawTable } from './table.ts';

export interface MarkdownOptions {
	/** `Figure {n}`, counted over the document. */
	figureHeading(): string;
	/** Called for each heading before it is drawn; returns what stands beside it in the margin. */
	heading?(level: number, text: string): string;
	/** Sets every heading small, for text that is part of something larger. */
	readonly isInner?: boolean;
}

/** Sets an editor's Markdown: headings, paragraphs, lists, tables, quotes, code and figures. */
export function setMarkdown(sheet: Sheet, source: string, options: MarkdownOptions): void {
	for (const token of marked.lexer(source)) setBlock(sheet, token, options, GRID.text, TEXT_WIDTH);
}

function setBlock(sheet: Sheet, token: Token, options: MarkdownOptions, x: number, width: number): void {
	const style = bodyStyle(sheet.set);
	switch (token.type) {
		case 'heading':
			setHeading(sheet, token as Tokens.Heading, options);
			break;
		case 'paragraph':
		case 'text':
			sheet.lines(inline((token as Tokens.Paragraph).tokens ?? [], token.raw), x, width, style);
			sheet.y += style.leading * 0.55;
			break;
		case 'list':
			setList(sheet, token as Tokens.List, options, x, width);
			break;
		case 'table':
			sheet.y += 4;
			setTable(sheet, token as Tokens.Table);
			sheet.y += 16;
			break;
		case 'blockquote':
			for (const inner of (token as Tokens.Blockquote).tokens) setBlock(sheet, inner, options, x + 16, width - 16);
			break;
		case 'code':
			setCode(sheet, token as Tokens.Code, options);
	}
}

function setHeading(sheet: Sheet, { depth, tokens, text }: Tokens.Heading, options: MarkdownOptions): void {
	const isMain = depth <= 2 && !options.isInner;
	const size = isMain ? 17 : 10.6;
	const pieces = inline(tokens, text).map((piece) => ({ ...piece, isBold: true }));
	if (sheet.y > GRID.top) sheet.y += isMain ? 22 : 7;
	sheet.ensure(isMain ? 120 : 58);
	const margin = options.heading?.(depth, pieces.map((piece) => piece.text).join('')) ?? '';
	if (isMain) {
		sheet.rule(GRID.left, GRID.right - GRID.left, 1, INK);
		sheet.y += 12;
	}
	if (margin) sheet.set.write(margin, GRID.left, sheet.y + size, size, { colour: QUIET });
	sheet.set.tags.leaf(isMain ? 'H2' : 'H3', () => sheet.lines(pieces, GRID.text, TEXT_WIDTH, { size, leading: size * 1.28 }));
	sheet.y += isMain ? 11 : 3;
}

function setList(sheet: Sheet, list: Tokens.List, options: MarkdownOptions, x: number, width: number): void {
	const style = bodyStyle(sheet.set);
	const first = typeof list.start === 'number' ? list.start : 1;
	for (const [at, item] of list.items.entries()) {
		// The mark stays with its first lines.
		sheet.ensure(style.leading * 3);
		const mark = list.ordered ? `${first + at}.` : item.task ? '□' : '–';
		sheet.set.write(mark, x, sheet.y + style.size, style.size, { colour: QUIET });
		const indent = list.ordered ? 20 : 13;
		for (const token of item.tokens) {
			if (token.type === 'list') setList(sheet, token as Tokens.List, options, x + indent, width - indent);
			else if (token.type === 'text' || token.type === 'paragraph')
				sheet.lines(inline((token as Tokens.Text).tokens ?? [], token.raw), x + indent, width - indent, style);
		}
		sheet.y += style.leading * 0.22;
	}
	sheet.y += style.leading * 0.4;
}

/** A table of more than four columns, or with long cells, takes the margin column too. */
function setTable(sheet: Sheet, { header, rows }: Tokens.Table): void {
	const style = { size: 8.2, leading: sheet.set.locale === 'en' ? 11 : 12.6 };
	const cells = (row: readonly Tokens.TableCell[], isBold: boolean) =>
		row.map((cell) => inline(cell.tokens, cell.text).map((piece) => (isBold ? { ...piece, isBold } : piece)));
	const isWide = header.length > 4 || rows.some((row) => sheet.set.width(row.map((cell) => cell.text).join(''), style.size) > TEXT_WIDTH * 1.6);
	drawTable(sheet, { header: cells(header, true), rows: rows.map((row) => cells(row, false)) }, isWide ? GRID.left : GRID.text, style);
}

function setCode(sheet: Sheet, { lang, text }: Tokens.Code, options: MarkdownOptions): void {
	const figure = lang === 'figure' ? parseFigure(text) : null;
	if (figure) {
		sheet.y += 4;
		drawFigureBlock(sheet, figure, options.figureHeading());
	} else if (lang !== 'figure') {
		for (const line of text.split('\n')) sheet.lines(piecesOf(line, false), GRID.text + 12, TEXT_WIDTH - 12, { size: 8.6, leading: 12.5 });
		sheet.y += 6;
	}
}

/** The words of a paragraph. Emphasis is set bold: the faces have no italics, and Chinese has none. */
function inline(tokens: readonly Token[], raw: string, isBold = false): Piece[] {
	if (tokens.length === 0) return piecesOf(unescape(raw), isBold);
	return tokens.flatMap((token) => {
		if (token.type === 'br') return piecesOf(' ', isBold);
		const inner = 'tokens' in token && Array.isArray(token.tokens) ? token.tokens : null;
		if (inner) return inline(inner, '', isBold || token.type === 'strong' || token.type === 'em');
		return piecesOf(unescape('text' in token && typeof token.text === 'string' ? token.text : token.raw), isBold);
	});
}

function unescape(text: string): string {
	return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
}
