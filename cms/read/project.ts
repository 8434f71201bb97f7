import type { Row } from '../client.ts';
import type { ContentProblem, Item, Snapshot } from '../content.ts';
import { type CollectionName, COLLECTION_NAMES, type Rows } from '../rows.ts';
import { productParts, readCategory, readProduct } from './catalogue.ts';
import { categoryTree } from './category-tree.ts';
import { wordOf } from './cell.ts';
import { orderOf, type ReadContext, readContext } from './context.ts';
import { instantOf, isNeverDue, nextDueAt } from './due.ts';
import { readSpeaker, readWebinar } from './meeting.ts';
import { readArticle, readCase, readPage, readPaper } from './reading.ts';
import { readDealer, readOffer } from './selling.ts';
import { rowReader, type RowReader } from './row.ts';
import { readBanner, readConsent, readForm, readSearchRule, readSite, readSlot, readTerm } from './steering.ts';

export interface Projection {
	readonly snapshot: Snapshot;
	readonly problems: readonly ContentProblem[];
}

/**
 * What the public may see at `now`: published and due items, typed, with references resolved to slugs. Pure, so that due times work
 * while Directus is away. What does not fit is left out and listed in `problems`.
 */
export function project(rows: Rows, now: Date, revision: number): Projection {
	const problems: ContentProblem[] = [];
	const context = readContext(rows, now, (problem) => problems.push(problem));
	const all = <T>(collection: CollectionName, read: (row: RowReader) => T | null): T[] =>
		inOrder(context, collection).flatMap((row) => read(rowReader(row, collection, context)) ?? []);
	/** What has an address of its own. */
	const pages = <T extends { readonly id: string; readonly slug: string }>(collection: CollectionName, read: (row: RowReader) => T | null): T[] =>
		distinct(all(collection, read), collection, (item) => item.slug, context);

	for (const [collection, row] of everyRow(rows)) reportSchedule(row, rowReader(row, collection, context));
	const site = readSite(rowReader(rows.site, 'site', context));
	const terms = distinct(all('terms', readTerm), 'terms', (term) => `${term.kind} ${term.slug}`, context);
	const tree = categoryTree(context);
	const parts = productParts(context, tree);
	const snapshot: Snapshot = {
		revision,
		takenAt: now,
		nextDueAt: nextDueAt(
			[...everyRow(rows)].map(([, row]) => row),
			now,
		),
		whitePapers: newestFirst(pages('white_papers', readPaper)),
		cases: newestFirst(pages('cases', readCase)),
		articles: newestFirst(pages('articles', readArticle)),
		products: pages('products', (row) => readProduct(row, parts)),
		webinars: pages('webinars', (row) => readWebinar(row, context, site.timeZone)),
		pages: pages('pages', readPage),
		categories: pages('categories', (row) => readCategory(row, tree)),
		speakers: all('speakers', readSpeaker),
		terms,
		forms: all('forms', (row) => readForm(row, terms)),
		consents: distinct(all('consents', readConsent), 'consents', (consent) => consent.purpose, context),
		banners: all('banners', readBanner),
		slots: all('slots', readSlot),
		searchRules: all('search_rules', readSearchRule),
		dealers: all('dealers', readDealer),
		offers: pages('offers', readOffer),
		site,
	};
	return { snapshot, problems };
}

/** Dates that cannot be read are as if they were empty; an end before the start means never. */
function reportSchedule(row: Row, { report }: RowReader): void {
	for (const name of ['publish_at', 'unpublish_at']) if (row[name] && instantOf(row[name]) === null) report('invalid-field', name);
	if (isNeverDue(row)) report('bad-schedule', 'unpublish_at');
}

/** By the editor's order, then by slug, so that the same rows always give the same snapshot. */
function inOrder(context: ReadContext, collection: CollectionName): Row[] {
	return [...context.due(collection)].sort((a, b) => orderOf(a) - orderOf(b) || compare(nameOf(a), nameOf(b)));
}

function newestFirst<T extends Item>(items: T[]): T[] {
	return items.sort((a, b) => b.publishedAt.getTime() - a.publishedAt.getTime() || compare(a.slug, b.slug));
}

function distinct<T extends { readonly id: string }>(
	items: readonly T[],
	collection: CollectionName,
	keyOf: (item: T) => string,
	context: ReadContext,
): T[] {
	const seen = new Set<string>();
	return items.filter((item) => {
		const key = keyOf(item);
		if (key === '') {
			context.report({ code: 'left-out', collection, itemId: item.id, slug: '', detail: 'slug' });
			return false;
		}
		if (!seen.has(key)) return Boolean(seen.add(key));
		context.report({ code: 'duplicate-slug', collection, itemId: item.id, slug: key, detail: key });
		return false;
	});
}

function* everyRow(rows: Rows): Iterable<readonly [CollectionName, Row]> {
	for (const name of COLLECTION_NAMES) for (const row of rows.collections[name]) yield [name, row];
}

function nameOf(row: Row): string {
	return wordOf(row['slug'] ?? row['id']);
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
