import { type Item, type Locale, LOCALES, type LocalisedText } from '../content.ts';
import { reportMissing, type RowReader } from './row.ts';
import { hasActiveHtml } from './safe.ts';

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** What every published item has; null when it lacks a title or an address, which is reported. */
export function readItem(row: RowReader, texts: Readonly<Record<string, LocalisedText>> = {}): Item | null {
	const title = row.localised('title');
	const summary = row.localised('summary');
	const languages = readLanguages(row, title);
	const isAddress = SLUG.test(row.slug);
	if (languages.length === 0 || !isAddress) {
		row.report('left-out', isAddress ? 'title' : 'slug');
		return null;
	}
	reportMissing(row, languages, { summary, ...texts });
	reportActive(row, { summary, ...texts });
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

/** The languages that the editor chose, or all where none is chosen, as far as there is a title: without one there is no page. */
function readLanguages(row: RowReader, title: LocalisedText): Locale[] {
	const chosen = LOCALES.filter((locale) => row.strings('languages').includes(locale));
	const written = LOCALES.filter((locale) => title[locale] !== '');
	const missing = chosen.filter((locale) => title[locale] === '');
	if (written.length > 0) for (const locale of missing) row.report('no-page', `title (${locale})`);
	const shown = chosen.filter((locale) => title[locale] !== '');
	return shown.length > 0 ? shown : written;
}

function reportActive(row: RowReader, texts: Readonly<Record<string, LocalisedText>>): void {
	for (const [name, text] of Object.entries(texts)) {
		for (const locale of LOCALES) if (hasActiveHtml(text[locale])) row.report('active-html', `${name} (${locale})`);
	}
}
