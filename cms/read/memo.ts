import { isDeepStrictEqual } from 'node:util';

import type { Row } from '../client.ts';
import type { ContentProblem } from '../content.ts';
import type { CollectionName } from '../rows.ts';
import type { Facts, ReadContext } from './context.ts';
import { rowReader, type RowReader } from './row.ts';

/** What a mapper makes of one row. All it learns beyond the row and what it is given comes from the context. */
export type Mapper<T> = (row: RowReader, context: ReadContext) => T | null;

/** What was read out of rows, with everything the reading asked: the same row and the same answers give the very same item. */
export interface ReadMemo {
	/** `read` of the row, or what it gave before. `given` is what `read` depends on beside its arguments. */
	read<T>(row: Row, collection: CollectionName, context: ReadContext, given: readonly unknown[], read: Mapper<T>): T | null;
}

interface Asked {
	readonly question: keyof Facts;
	readonly about: readonly [string, string];
	readonly answer: unknown;
}

interface Reading {
	readonly collection: CollectionName;
	readonly given: readonly unknown[];
	readonly asked: readonly Asked[];
	readonly problems: readonly ContentProblem[];
	readonly item: unknown;
}

/** Rows are never changed, so a reading is forgotten with its row. */
export function createReadMemo(): ReadMemo {
	const readings = new WeakMap<Row, Reading>();
	return Object.freeze<ReadMemo>({
		read: <T>(row: Row, collection: CollectionName, context: ReadContext, given: readonly unknown[], read: Mapper<T>): T | null => {
			const known = readings.get(row);
			const reading = known?.collection === collection && holds(known, context, given) ? known : readingOf(row, collection, context, given, read);
			readings.set(row, reading);
			for (const problem of reading.problems) context.report(problem);
			return reading.item as T | null;
		},
	});
}

function holds(known: Reading, context: ReadContext, given: readonly unknown[]): boolean {
	return isSame(known.given, given) && known.asked.every(({ question, about, answer }) => isSame(answer, ask(context, question, about)));
}

function readingOf<T>(row: Row, collection: CollectionName, context: ReadContext, given: readonly unknown[], read: Mapper<T>): Reading {
	const asked: Asked[] = [];
	const problems: ContentProblem[] = [];
	const noted = (question: keyof Facts, ...about: [string, string]): unknown => {
		const answer = ask(context, question, about);
		asked.push({ question, about, answer });
		return answer;
	};
	const heard: ReadContext = {
		slugOf: (target, id) => noted('slugOf', target, id) as ReturnType<Facts['slugOf']>,
		isWaiting: (target, id) => noted('isWaiting', target, id) as boolean,
		hasSlug: (type, slug) => noted('hasSlug', type, slug) as boolean,
		asset: (id) => noted('asset', id, '') as ReturnType<Facts['asset']>,
		rootOf: (category) => noted('rootOf', category, '') as string,
		isLoop: (category) => noted('isLoop', category, '') as boolean,
		partsOf: (target, product) => noted('partsOf', target, product) as readonly Row[],
		report: (problem) => problems.push(problem),
	};
	const item = read(rowReader(row, collection, heard), heard);
	return { collection, given, asked, problems, item };
}

function ask(facts: Facts, question: keyof Facts, about: readonly [string, string]): unknown {
	return (facts[question] as (one: string, two: string) => unknown)(...about);
}

/** Lists are the same when they hold the very same objects; a file is, when all that is known of it is. */
function isSame(before: unknown, after: unknown): boolean {
	if (before === after) return true;
	if (Array.isArray(before) && Array.isArray(after)) return before.length === after.length && before.every((one, at) => one === after[at]);
	return typeof before === 'object' && isDeepStrictEqual(before, after);
}
