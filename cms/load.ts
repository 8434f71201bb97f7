import { isDeepStrictEqual } from 'node:util';

import type { DirectusClient, Row } from './client.ts';
import { type CollectionName, COLLECTIONS, COLLECTION_NAMES, FILE_FIELDS, type Part, PARTS, type Rows, STAMP_FIELDS, stampOf } from './rows.ts';
import { inSlices } from './slices.ts';

const AT_ONCE = 4;
/** Rows in one answer of Directus: an answer is parsed in one stretch. */
const ROWS_AT_ONCE = 100;

/**
 * Reads the named parts and returns the rows with them replaced; rows that are as they were stay the same objects. Of collections only
 * rows with a new stamp are read, unless `isWhole`. @throws DomainError unavailable: nothing is replaced then.
 */
export async function loadParts(client: DirectusClient, rows: Rows, parts: Iterable<Part>, isWhole = false): Promise<Rows> {
	const loaded = new Map<Part, readonly Row[]>();
	const waiting = [...parts];
	const work = async (): Promise<void> => {
		for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
			const before = partRows(rows, part);
			loaded.set(part, await inSlices(keptRows(before, await loadPart(client, part, isWhole ? [] : before))));
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, work));
	return {
		collections: Object.fromEntries(
			COLLECTION_NAMES.map((name) => [name, loaded.get(name) ?? rows.collections[name]]),
		) as unknown as Rows['collections'],
		site: loaded.get('site')?.[0] ?? rows.site,
		files: loaded.get('files') ?? rows.files,
		folders: loaded.get('folders') ?? rows.folders,
	};
}

/**
 * The parts of Directus that differ from `rows`, found by reading ids and dates only. Also finds what no date shows: rows that are
 * gone, and files that were replaced. @throws DomainError unavailable.
 */
export async function changedParts(client: DirectusClient, rows: Rows): Promise<Part[]> {
	const changed: Part[] = [];
	for (const part of PARTS) {
		if (fingerprint(await stamps(client, part)) !== fingerprint(partRows(rows, part))) changed.push(part);
	}
	return changed;
}

/** `after`, with the objects of `before` where nothing differs: what was made of them holds. */
function* keptRows(before: readonly Row[], after: readonly Row[]): Generator<void, readonly Row[]> {
	const known = new Map(before.map((row) => [row['id'], row]));
	const rows: Row[] = [];
	for (const row of after) {
		const same = known.get(row['id']);
		rows.push(same && (same === row || isDeepStrictEqual(same, row)) ? same : row);
		yield;
	}
	return rows;
}

/** `known` are rows that need not be read again while their stamps are the same. */
async function loadPart(client: DirectusClient, part: Part, known: readonly Row[]): Promise<readonly Row[]> {
	if (part === 'site') return client.singleton('site').then((row) => [row]);
	if (part === 'files') return client.files(FILE_FIELDS);
	if (part === 'folders') return client.folders();
	return COLLECTIONS[part].hasStatus ? loadChanged(client, part, known) : client.rows(part);
}

/** A row that changes or goes between the two questions is as the second one finds it. */
async function loadChanged(client: DirectusClient, collection: CollectionName, known: readonly Row[]): Promise<readonly Row[]> {
	const byStamp = new Map(known.map((row) => [stampOf(row), row]));
	const present = (await stamps(client, collection)).map((stamp) => ({ id: String(stamp['id']), row: byStamp.get(stampOf(stamp)) }));
	const missing = present.flatMap(({ id, row }) => (row ? [] : [id]));
	const read = new Map<string, Row>();
	for (let at = 0; at < missing.length; at += ROWS_AT_ONCE) {
		const ids = missing.slice(at, at + ROWS_AT_ONCE);
		for (const row of await client.rows(collection, { ids, onlyPublished: true })) read.set(String(row['id']), row);
	}
	return present.flatMap(({ id, row = read.get(id) }) => (row ? [row] : []));
}

function stamps(client: DirectusClient, part: Part): Promise<readonly Row[]> {
	if (part === 'files') return client.files(['id', 'modified_on', 'uploaded_on']);
	if (part === 'site' || part === 'folders' || !COLLECTIONS[part].hasStatus) return loadPart(client, part, []);
	return client.rows(part, { fields: STAMP_FIELDS, onlyPublished: true });
}

function partRows(rows: Rows, part: Part): readonly Row[] {
	if (part === 'site') return [rows.site];
	return part === 'files' || part === 'folders' ? rows[part] : rows.collections[part];
}

function fingerprint(rows: readonly Row[]): string {
	const isDated = rows.some((row) => 'date_created' in row || 'uploaded_on' in row);
	return rows
		.map((row) => (isDated ? stampOf(row) : JSON.stringify(row)))
		.sort()
		.join('\n');
}
