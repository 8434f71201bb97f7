import type { Row } from '../client.ts';
import { rowsOf } from './source.ts';

interface BlockTargets {
	idOf(collection: string, slug: unknown): string;
	file(name: string): string | null;
	references(collection: string, slugs: unknown): Row[];
}

/** A block's own words for its parts, as the columns of the model. Cards with words of their own become a list of text: cards are items. */
export function blockRow(row: Row, { idOf, file, references }: BlockTargets): Row {
	const { items, by_en, by_zh, text_en, text_zh, ...rest } = row;
	const texts = {
		body_en: row['body_en'] ?? text_en,
		body_zh: row['body_zh'] ?? text_zh,
		label_en: row['label_en'] ?? by_en,
		label_zh: row['label_zh'] ?? by_zh,
	};
	const fileAt = (name: string): Row | null => {
		const id = row[name] ? file(String(row[name])) : null;
		return id ? { key: id, collection: 'directus_files' } : null;
	};
	switch (row['kind']) {
		case 'figures':
			return { ...rest, ...texts, figures: items };
		case 'picture':
		case 'video':
			return { ...rest, ...texts, file: fileAt('file'), poster: fileAt('poster') };
		case 'form':
			return { ...rest, ...texts, form: { key: idOf('forms', row['form']), collection: 'forms' } };
		case 'slot':
			return { ...rest, ...texts, slot: { key: idOf('slots', row['slot']), collection: 'slots' } };
		case 'products':
		case 'webinars':
			return { ...rest, ...texts, [row['kind']]: references(row['kind'], row[row['kind']]) };
		case 'cards':
			return cards(rest, texts, items, rowsOf(row, 'items'));
		default:
			return { ...rest, ...texts };
	}
}

function cards(rest: Row, texts: Row, items: unknown, entries: readonly Row[]): Row {
	const written = entries.filter((item) => typeof item === 'object');
	if (written.length === 0) return { ...rest, ...texts, items };
	const listed = (suffix: 'en' | 'zh'): string =>
		written.map((item) => `- **[${String(item[`title_${suffix}`])}](${String(item['link'])})** ${String(item[`text_${suffix}`])}`).join('\n');
	return { ...rest, kind: 'text', body_en: listed('en'), body_zh: listed('zh') };
}
