import { type Block, type ContentItem, inLocale, type Locale, type LocalisedText, type WhitePaper } from '#cms/content.ts';

import type { Passage } from './engine.ts';
import { plainText } from './markdown.ts';

/** The texts of an item's page in `locale`, in reading order; empty ones are left out. */
export function passagesOf(item: ContentItem, locale: Locale): Passage[] {
	const say = (text: LocalisedText): string => inLocale(text, locale);
	const open = (...texts: string[]): Passage => ({ page: null, isLocked: false, text: texts.filter((text) => text !== '').join('\n') });
	return all().filter(({ text }) => text !== '');

	function all(): Passage[] {
		switch (item.type) {
			case 'white_papers':
				return [open(...item.findings[locale]), ...pagesOf(item, locale)];
			case 'cases':
				return [
					open(plainText(say(item.challenge))),
					open(plainText(say(item.body))),
					open(say(item.quote), say(item.quoteBy)),
					open(...item.results.map(({ value, unit, label }) => `${value} ${unit} ${say(label)}`)),
				];
			case 'articles':
				return [open(plainText(say(item.body)))];
			case 'products':
				return [
					open(plainText(say(item.body))),
					open(...item.figures.map(({ name, value, unit }) => line(say(name), value, unit))),
					open(...item.specifications.map(({ name, value, unit }) => line(say(name), say(value), unit))),
					open(say(item.priceNote)),
				];
			case 'webinars':
				return [open(plainText(say(item.body))), open(...item.agenda.map(({ title }) => say(title)))];
			case 'pages':
				return item.blocks.filter(({ audience }) => audience.length === 0).map((block) => open(...blockTexts(block, say)));
		}
	}
}

/** A paper that lacks a language shows its other one, under the same gate. */
function pagesOf(paper: WhitePaper, locale: Locale): Passage[] {
	const own = paper.pages[locale];
	const pages = own.length > 0 ? own : paper.pages[locale === 'en' ? 'zh-CN' : 'en'];
	return pages.map((text, index) => ({ page: index + 1, isLocked: index >= paper.openPages, text: plainText(text) }));
}

function blockTexts(block: Block, say: (text: LocalisedText) => string): string[] {
	switch (block.kind) {
		case 'text':
		case 'cta':
		case 'products':
		case 'webinars':
		case 'form':
		case 'video':
			return [say(block.title), plainText(say(block.body))];
		case 'picture':
		case 'slot':
		case 'cards':
			return [say(block.title)];
		case 'faq':
			return [say(block.title), ...block.entries.flatMap(({ question, answer }) => [say(question), plainText(say(answer))])];
		case 'steps':
			return [say(block.title), ...block.steps.flatMap((step) => [say(step.title), plainText(say(step.body))])];
		case 'figures':
			return block.figures.map(({ value, unit, label }) => line(say(label), value, unit));
		case 'quote':
			return [say(block.body), say(block.by)];
	}
}

function line(name: string, value: string, unit: string): string {
	return `${name}: ${value}${unit === '' ? '' : ` ${unit}`}`;
}
