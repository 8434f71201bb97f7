import { createHmac } from 'node:crypto';

import type { DirectusClient, Row } from './client.ts';
import type { Asset, ContentItem, ContentProblem, ContentType, Snapshot } from './content.ts';
import { isSameSecret } from './follow.ts';
import { instantOf, isDue } from './read/due.ts';
import type { Rows } from './rows.ts';
import type { SnapshotStore } from './snapshot.ts';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const HOUR_MS = 3_600_000;

export interface PreviewRequest {
	readonly type: ContentType;
	readonly id: string;
	/** The hidden field of the item that gives the right to see it. */
	readonly previewKey: string;
	/** Key of a version in Directus; the item itself when absent. */
	readonly version?: string | undefined;
}

/** Where an item stands between its first draft and the public. */
export interface EditorialState {
	readonly status: 'draft' | 'in_review' | 'published' | 'archived';
	/** Published and due: the public sees the item, though perhaps not this state of it. */
	readonly isLive: boolean;
	/** Key of the version that is shown, or null for the item itself. */
	readonly version: string | null;
	readonly changedAt: Date | null;
	readonly publishAt: Date | null;
	readonly unpublishAt: Date | null;
}

/** One item as an editor sees it. */
export interface Preview {
	readonly state: EditorialState;
	/** What is missing or wrong in this item. */
	readonly problems: readonly ContentProblem[];
	/** What is published, with this item among it; null while the item lacks what any page of it needs. */
	readonly shown: { readonly item: ContentItem; readonly snapshot: Snapshot } | null;
}

/**
 * One item in whatever state, among what is published. Null when there is none or `previewKey` is not its key: the key in the address
 * is the right to see it, and giving the item a new key takes the right back. Its files get addresses that hold for an hour or two.
 *
 * @throws DomainError unavailable when Directus does not answer.
 */
export async function readPreview(
	client: DirectusClient,
	store: Pick<SnapshotStore, 'rows' | 'projectionOf'>,
	now: Date,
	secret: string,
	request: PreviewRequest,
): Promise<Preview | null> {
	const { type, id, previewKey } = request;
	if (!UUID.test(id) || !UUID.test(previewKey)) return null;
	const version = namedVersion(request.version);
	const row = await client.row(type, id, version ?? undefined);
	if (!row || typeof row['preview_key'] !== 'string' || !isSameSecret(previewKey.toLowerCase(), row['preview_key'].toLowerCase())) return null;

	const rows = store.rows();
	const { snapshot, problems } = store.projectionOf(withItem(rows, type, row));
	const item = itemsOf(snapshot, type).find((one) => one.id === row['id']);
	return {
		state: stateOf(row, rows.collections[type], version, now),
		problems: problems.filter((problem) => problem.collection === type && problem.itemId === row['id']),
		shown: item ? shownWith(snapshot, withSignedFiles(item, secret, now)) : null,
	};
}

/** The rows with this one in its place, as if it were published and due. */
function withItem(rows: Rows, type: ContentType, row: Row): Rows {
	const shown: Row = { ...row, publish_at: null, unpublish_at: null, date_created: row['publish_at'] ?? row['date_created'] };
	const others = rows.collections[type].filter((other) => other['id'] !== row['id']);
	return { ...rows, collections: { ...rows.collections, [type]: [shown, ...others] } };
}

function stateOf(row: Row, published: readonly Row[], version: string | null, now: Date): EditorialState {
	const main = published.find((other) => other['id'] === row['id']);
	const status = (['in_review', 'published', 'archived'] as const).find((known) => known === row['status']) ?? 'draft';
	return {
		status,
		isLive: main !== undefined && isDue(main, now),
		version,
		changedAt: instantOf(row['date_updated']) ?? instantOf(row['date_created']),
		publishAt: instantOf(row['publish_at']),
		unpublishAt: instantOf(row['unpublish_at']),
	};
}

const LISTS = {
	white_papers: 'whitePapers',
	cases: 'cases',
	articles: 'articles',
	products: 'products',
	webinars: 'webinars',
	pages: 'pages',
} as const satisfies Record<ContentType, keyof Snapshot>;

function shownWith(snapshot: Snapshot, item: ContentItem): Preview['shown'] {
	const list = LISTS[item.type];
	return { item, snapshot: { ...snapshot, [list]: snapshot[list].map((other) => (other.id === item.id ? item : other)) } };
}

/** The published items of one type. */
function itemsOf(snapshot: Snapshot, type: ContentType): readonly ContentItem[] {
	return snapshot[LISTS[type]];
}

/** The Studio names the item itself `main` or `published`, or leaves the place empty. */
function namedVersion(version: string | undefined): string | null {
	return version !== undefined && /^[\w-]{1,60}$/.test(version) && !['main', 'published', 'null', 'undefined'].includes(version) ? version : null;
}

/** The same item with addresses of its files that need no publication: their version is a token. */
function withSignedFiles<T>(value: T, secret: string, now: Date): T {
	if (isAsset(value)) return { ...value, version: fileToken(secret, value.id, now) };
	if (Array.isArray(value)) return value.map((one: unknown) => withSignedFiles(one, secret, now)) as T;
	if (typeof value !== 'object' || value === null || value instanceof Date) return value;
	return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withSignedFiles(one as unknown, secret, now)])) as T;
}

function isAsset(value: unknown): value is Asset {
	return typeof value === 'object' && value !== null && 'mediaType' in value && 'isPublic' in value && 'version' in value;
}

/** The right to one file: `p<expiry>-<mac>`. It ends at a full hour, so that a page shown again asks for the same addresses. */
export function fileToken(secret: string, fileId: string, now: Date): string {
	const expiry = (Math.floor(now.getTime() / HOUR_MS) + 2).toString(36);
	return `p${expiry}-${fileMac(secret, fileId, expiry)}`;
}

/** True while `token` gives the right to see this file. */
export function opensFile(secret: string, fileId: string, token: string, now: Date): boolean {
	const [, expiry, mac] = /^p([0-9a-z]{1,9})-([\w-]{43})$/.exec(token) ?? [];
	if (secret === '' || expiry === undefined || mac === undefined) return false;
	return Number.parseInt(expiry, 36) * HOUR_MS > now.getTime() && isSameSecret(mac, fileMac(secret, fileId, expiry));
}

function fileMac(secret: string, fileId: string, expiry: string): string {
	return createHmac('sha256', secret).update(`preview file\n${fileId}\n${expiry}`).digest('base64url');
}
