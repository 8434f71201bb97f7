import { type Block, type BlockBody, type LabelledFigure, LOCALES } from '../content.ts';
import { readQuestion } from './catalogue.ts';
import type { RowReader } from './row.ts';
import { hasActiveHtml } from './safe.ts';

/** One block of a page; null, and reported, when its kind is unknown or what it needs is missing. `at` counts from 0. */
export function readBlock(block: RowReader, at: number): Block | null {
	const body = readBody(block, at);
	// A form is posted to its page, which shows it to everybody.
	return body && { ...body, audience: body.kind === 'form' ? [] : block.strings('audience') };
}

function readBody(block: RowReader, at: number): BlockBody | null {
	const title = block.localised('title');
	const body = block.localised('body');
	for (const locale of LOCALES) if (hasActiveHtml(body[locale])) block.report('active-html', `blocks, ${at + 1} (${locale})`);
	const broken = (what: string): null => {
		block.report('broken-block', `${at + 1}: ${what}`);
		return null;
	};
	switch (block.text('kind')) {
		case 'text':
			return { kind: 'text', title, body };
		case 'figures':
			return { kind: 'figures', title, figures: block.list('figures').map(readFigure) };
		case 'cards':
			return { kind: 'cards', title, items: block.typed('items') };
		case 'cta':
			return { kind: 'cta', title, body, label: block.localised('label'), link: block.link('link') };
		case 'quote':
			return { kind: 'quote', body, by: block.localised('label') };
		case 'slot': {
			const slot = block.reference('slot', 'slots');
			return slot ? { kind: 'slot', title, slot } : broken('slot');
		}
		case 'picture': {
			const picture = block.picture('file');
			return picture ? { kind: 'picture', title, picture } : broken('picture');
		}
		case 'video': {
			const video = block.publicAsset('file');
			return video ? { kind: 'video', title, body, video, poster: block.picture('poster') } : broken('video');
		}
		case 'faq':
			return { kind: 'faq', title, entries: block.list('questions').map(readQuestion) };
		case 'form': {
			const formKey = block.reference('form', 'forms');
			return formKey ? { kind: 'form', title, body, formKey } : broken('form');
		}
		case 'products':
			return { kind: 'products', title, body, products: block.references('products', 'products') };
		case 'webinars':
			return { kind: 'webinars', title, body, webinars: block.references('webinars', 'webinars') };
		case 'steps':
			return { kind: 'steps', title, steps: block.list('steps').map((step) => ({ title: step.localised('title'), body: step.localised('body') })) };
		default:
			return broken(block.text('kind') || 'kind');
	}
}

export function readFigure(row: RowReader): LabelledFigure {
	return { value: row.text('value'), unit: row.text('unit'), label: row.localised('label') };
}
