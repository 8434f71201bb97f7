import type { Row } from '../client.ts';
import type { ContentProblem, Item, Snapshot } from '../content.ts';
import { type CollectionName, COLLECTION_NAMES, type Rows } from '../rows.ts';
import { atOnce } from '../slices.ts';
import { readCategory, readProduct } from './catalogue.ts';
import { wordOf } from './cell.ts';
import { orderOf, type ReadContext, readContext, type WholeContext } from './context.ts';
import { instantOf, isNeverDue, nextDueAt } from './due.ts';
import { readMailTemplate } from './mail.ts';
import { readSpeaker, readWebinar } from './meeting.ts';
import { createReadMemo, type Mapper, type ReadMemo } from './memo.ts';
import { readArticle, readCase, readPage, readPaper } from './reading.ts';
import { readDealer, readOffer } from './selling.ts';
import { rowReader } from './row.ts';
import { readForm } from './form.ts';
import { readBanner, readConsent, readSearchRule, readSite, readSlot, readTerm } from './steering.ts';

export interface Projection {
	readonly snapshot: Snapshot;
	readonly problems: readonly ContentProblem[];
}

/**
 * What the public may see at `now`: published and due items, typed, with references resolved to slugs. Pure, so that due times work
 * while Directus is away. What does not fit is left out and listed in `problems`. A `memo` makes it quick: rows that were read before,
 * and of which all they refer to is as it was, give the very same items.
 */
export function project(rows: Rows, now: Date, revision: number, memo: ReadMemo = createReadMemo()): Projection {
	return atOnce(projecting(rows, now, revision, memo));
}

/** The same in small steps. */
export function* projecting(rows: Rows, now: Date, revision: number, memo: ReadMemo): Generator<void, Projection> {
	const problems: ContentProblem[] = [];
	const context = readContext(rows, now, (problem) => problems.push(problem));
	function* all<T>(collection: CollectionName, read: Mapper<T>, given: readonly unknown[] = []): Generator<void, T[]> {
		const items: T[] = [];
		for (const row of inOrder(context, collection)) {
			const item = memo.read(row, collection, context, given, read);
			if (item !== null) items.push(item);
			yield;
		}
		return items;
	}
	/** What has an address of its own. */
	function* pages<T extends { readonly id: string; readonly slug: string }>(
		collection: CollectionName,
		read: Mapper<T>,
		given: readonly unknown[] = [],
	): Generator<void, T[]> {
		return distinct(yield* all(collection, read, given), collection, (item) => item.slug, context);
	}

	for (const [collection, row] of everyRow(rows)) reportSchedule(row, collection, context);
	const site = readSite(rowReader(rows.site, 'site', context));
	const terms = distinct(yield* all('terms', readTerm), 'terms', (term) => `${term.kind} ${term.slug}`, context);
	const snapshot: Snapshot = {
		revision,
		takenAt: now,
		nextDueAt: nextDueAt(
			[...everyRow(rows)].map(([, row]) => row),
			now,
		),
		whitePapers: newestFirst(yield* pages('white_papers', readPaper)),
		cases: newestFirst(yield* pages('cases', readCase)),
		articles: newestFirst(yield* pages('articles', readArticle)),
		products: yield* pages('products', readProduct),
		webinars: yield* pages('webinars', (row, heard) => readWebinar(row, heard, site.timeZone), [site.timeZone]),
		pages: yield* pages('pages', readPage),
		categories: yield* pages('categories', readCategory),
		speakers: yield* all('speakers', readSpeaker),
		terms,
		forms: yield* all('forms', (row) => readForm(row, terms), terms),
		consents: distinct(yield* all('consents', readConsent), 'consents', (consent) => consent.purpose, context),
		banners: yield* all('banners', readBanner),
		slots: yield* all('slots', readSlot),
		searchRules: yield* all('search_rules', readSearchRule),
		mailTemplates: distinct(yield* all('mail_templates', readMailTemplate), 'mail_templates', ({ key }) => key, context),
		dealers: yield* all('dealers', readDealer),
		offers: yield* pages('offers', readOffer),
		site,
	};
	return { snapshot, problems };
}

/** Dates that cannot be read are as if they were empty; an end before the start means never. */
function reportSchedule(row: Row, collection: CollectionName, context: ReadContext): void {
	if (!row['publish_at'] && !row['unpublish_at']) return;
	const { report } = rowReader(row, collection, context);
	for (const name of ['publish_at', 'unpublish_at']) if (row[name] && instantOf(row[name]) === null) report('invalid-field', name);
	if (isNeverDue(row)) report('bad-schedule', 'unpublish_at');
}

/** By the editor's order, then by slug, so that the same rows always give the same snapshot. */
function inOrder(context: WholeContext, collection: CollectionName): Row[] {
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
