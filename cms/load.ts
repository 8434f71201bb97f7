import type { DirectusClient, Row } from './client.ts';
import { type CollectionName, COLLECTIONS, COLLECTION_NAMES, FILE_FIELDS, type Part, PARTS, type Rows, stampOf } from './rows.ts';

const AT_ONCE = 4;

/** Reads the named parts anew and returns the rows with them replaced. @throws DomainError unavailable: nothing is replaced then. */
export async function loadParts(client: DirectusClient, rows: Rows, parts: Iterable<Part>): Promise<Rows> {
	const loaded = new Map<Part, readonly Row[]>();
	const waiting = [...parts];
	const work = async (): Promise<void> => {
		for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) loaded.set(part, await loadPart(client, part));
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

function loadPart(client: DirectusClient, part: Part): Promise<readonly Row[]> {
	if (part === 'site') return client.singleton('site').then((row) => [row]);
	if (part === 'files') return client.files(FILE_FIELDS);
	if (part === 'folders') return client.folders();
	return client.rows(part, { onlyPublished: COLLECTIONS[part].hasStatus });
}

function stamps(client: DirectusClient, part: Part): Promise<readonly Row[]> {
	if (part === 'files') return client.files(['id', 'modified_on', 'uploaded_on']);
	if (part === 'site' || part === 'folders' || !COLLECTIONS[part as CollectionName].hasStatus) return loadPart(client, part);
	return client.rows(part, { fields: ['id', 'date_created', 'date_updated'], onlyPublished: true });
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
