import { type Item, type Locale, LOCALES, type LocalisedText } from '../content.ts';
import { reportMissing, type RowReader } from './row.ts';

/** What every published item has; null when it lacks a title or an address, which is reported. */
export function readItem(row: RowReader, texts: Readonly<Record<string, LocalisedText>> = {}): Item | null {
	const title = row.localised('title');
	const summary = row.localised('summary');
	const languages = readLanguages(row, title);
	if (languages.length === 0 || row.slug === '') {
		row.report('invalid-field', row.slug === '' ? 'slug' : 'title');
		return null;
	}
	reportMissing(row, languages, { title, summary, ...texts });
	const createdAt = row.instant('date_created') ?? new Date(0);
	return {
		id: row.id,
		slug: row.slug,
		languages,
		title,
		summary,
		publishedAt: row.instant('publish_at') ?? createdAt,
		unpublishAt: row.instant('unpublish_at'),
		updatedAt: row.instant('date_updated') ?? createdAt,
		topics: row.references('topics', 'terms'),
		industries: row.references('industries', 'terms'),
		roles: row.references('roles', 'terms'),
		seoTitle: row.localised('seo_title'),
		seoDescription: row.localised('seo_description'),
	};
}

/** The languages that the editor chose; where none is chosen, those with a title. An item without any title has none. */
function readLanguages(row: RowReader, title: LocalisedText): Locale[] {
	const written = LOCALES.filter((locale) => title[locale] !== '');
	if (written.length === 0) return [];
	const chosen = LOCALES.filter((locale) => row.strings('languages').includes(locale));
	return chosen.length > 0 ? chosen : written;
}
