import type { Snapshot } from '#cms/content.ts';
import type { Now } from '#kernel/clock.ts';
import type { Database } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import type { Random } from '#kernel/id.ts';
import type { Keys } from '#kernel/keys.ts';
import type { Log } from '#kernel/log.ts';

import { csvLine } from '../export/cell.ts';
import { contextOf } from '../tag/context.ts';
import type { Segments } from '../tag/create-segments.ts';
import { type Plan, planOf } from '../tag/plan.ts';
import type { SearchScope } from './measured.ts';
import { createNotes, type Notes } from './note.ts';
import type { SearchDetail, SearchReport } from './report.ts';
import { createSearchTasks, type SearchTasks } from './tasks.ts';

const REPORT = new URL('./report.ts', import.meta.url);

export interface SearchLogDeps {
	readonly db: Database;
	readonly keys: Keys;
	readonly now: Now;
	readonly random: Random;
	readonly log: Log;
	readonly timeZone: () => string;
	readonly content: () => Snapshot;
	readonly segments: Segments;
}

/** What a report is asked for. */
export interface SearchQuery extends Omit<SearchScope, 'segment'> {
	/** Id of a segment, or '' for everybody. */
	readonly segment: string;
}

/** What visitors search for: counted for everybody, measured for those who agreed, shown once it is nobody's own. */
export interface SearchLog extends Pick<Notes, 'note' | 'settled'> {
	/** @throws DomainError not-found for another segment */
	report(query: SearchQuery): Promise<SearchReport>;
	/** One query by its id; null when it is not shown. @throws DomainError not-found for another segment */
	detail(id: string, query: SearchQuery): Promise<SearchDetail | null>;
	/** A report as a CSV file, with these words as heads. */
	csv(report: SearchReport, heads: readonly string[]): string;
	readonly tasks: SearchTasks;
}

export function createSearchLog(deps: SearchLogDeps): SearchLog {
	const { db, segments } = deps;
	const notes = createNotes(deps);
	const planFor = async (id: string): Promise<Plan | null> => {
		if (id === '') return null;
		const found = await segments.get(id);
		if (!found) throw new DomainError('not-found', 'There is no such segment.');
		return planOf(found.conditions, await contextOf(deps));
	};
	const scopeOf = async ({ from, to, locale, segment }: SearchQuery): Promise<SearchScope> => ({ from, to, locale, segment: await planFor(segment) });

	return Object.freeze<SearchLog>({
		...notes,
		report: async (query) => db.analyse<SearchScope, SearchReport>({ module: REPORT, name: 'readSearches', params: await scopeOf(query) }),
		detail: async (id, query) =>
			db.analyse<{ id: string; scope: SearchScope }, SearchDetail | null>({
				module: REPORT,
				name: 'readSearch',
				params: { id, scope: await scopeOf(query) },
			}),
		csv: ({ lines }, heads) =>
			`\u{FEFF}${csvLine(heads)}${lines
				.map(({ words, locale, asked, unanswered, measured, opened, position }) =>
					csvLine([words, locale, asked, unanswered, measured, opened, position === null ? null : Math.round(position * 10) / 10]),
				)
				.join('')}`,
		tasks: createSearchTasks(deps),
	});
}
