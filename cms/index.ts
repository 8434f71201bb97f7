/**
 * Content: what Directus holds, as the public may see it. This folder decides what is published and due, keeps it in memory and on
 * disk so that the site outlives Directus, and hands out the bytes of files. Who may have a gated file is not decided here.
 */
import { join } from 'node:path';

import type { CmsConfig } from '#config';
import type { Now } from '#kernel/clock.ts';
import type { Database } from '#kernel/database.ts';
import type { Log } from '#kernel/log.ts';

import { type AssetAnswer, type AssetRequest, openAsset } from './asset.ts';
import { createDirectusClient } from './client.ts';
import { createContact } from './contact.ts';
import type { Asset, ContentProblem, Snapshot } from './content.ts';
import { uploadsFolder } from './directus/environment.ts';
import { isSameSecret, noticedParts } from './follow.ts';
import { readKept, writeKept } from './kept.ts';
import { opensFile, type Preview, type PreviewRequest, readPreview } from './preview.ts';
import { readAssets } from './read/asset.ts';
import type { Rows } from './rows.ts';
import { type Addressed, type Former, formerOf, itemOfOldSlug, itemOfSlug, recordOldSlugs } from './slugs.ts';
import { addSynonym } from './search-rule.ts';
import { createSnapshotStore } from './snapshot.ts';
import { createStaffDirectory, type StaffDirectory } from './staff.ts';

export type { BriefLine, BriefSection, BriefText } from './pdf/brief.ts';
export type { CertificateText } from './pdf/certificate.ts';
export { createPress } from './pdf/press.ts';
export type { BrochureOutcome, PosterRequest, Press, PrintedFile } from './pdf/press.ts';
export type { PosterText } from './poster/layout.ts';
export type { BrochureRequest, BrochureSection } from './pdf/brochure-text.ts';
export type { AssetAnswer, AssetRequest } from './asset.ts';
export type { Addressed, Former } from './slugs.ts';
export type { EditorialState, Preview, PreviewRequest } from './preview.ts';
export type { SignIn, StaffCheck, StaffDirectory, StaffMember, StaffRole } from './staff.ts';

export interface ContentChange {
	readonly revision: number;
	/** `<collection>` and `<collection>:<id>` of everything that came, went or changed; `site` for the settings. */
	readonly tags: readonly string[];
	readonly snapshot: Snapshot;
}

export interface CmsStatus {
	/** `degraded`: the site serves what it has, Directus does not answer; `down`: there is nothing to serve. */
	readonly state: 'ok' | 'degraded' | 'down';
	readonly reason: string;
}

export interface Cms {
	/** Published content at this moment; in memory, and there while Directus is down. */
	snapshot(): Snapshot;
	/** Calls `listener` after each change of the snapshot. Returns the function that ends it. */
	onChange(listener: (change: ContentChange) => void): () => void;
	/** Loads what was kept on disk, then reads Directus in the background, polls it and follows due times. Does not wait for Directus. */
	start(): Promise<void>;
	/** Takes a change notice of Directus: the parsed body, and the secret of its header `authorization: Bearer …`. */
	notice(body: unknown, secret: string): Promise<'accepted' | 'forbidden'>;
	/** Reads everything again. @throws DomainError unavailable when Directus does not answer. */
	refresh(): Promise<void>;
	/** A file by its id, or null when no file has it. */
	file(id: string): Asset | null;
	/** Streams a file. Checks no rights: the caller knows whether the file is public or granted. */
	asset(id: string, request?: AssetRequest): Promise<AssetAnswer>;
	/** An item as an editor sees it now, published or not; null when there is none or the key does not fit. @throws DomainError unavailable. */
	preview(request: PreviewRequest): Promise<Preview | null>;
	/** The file that a preview's address names, while its token holds; public or not. */
	previewedFile(id: string, token: string): Asset | null;
	/** What became of an address that shows nothing: renamed, gone, or never there. */
	former(collection: Addressed, slug: string): Promise<Former>;
	/** Makes a rule of search that these words mean the same; it holds within seconds. See {@link addSynonym}. */
	addSynonym(words: readonly string[]): Promise<void>;
	/** What editors should mend. */
	problems(): readonly ContentProblem[];
	readonly staff: StaffDirectory;
	status(): CmsStatus;
	stop(): Promise<void>;
}

export interface CmsDeps {
	readonly config: CmsConfig;
	readonly dataFolder: string;
	/** Static token of the service account. */
	readonly token: string;
	readonly hookSecret: string;
	readonly now: Now;
	readonly log: Log;
	/** Keeps old slugs. */
	readonly db: Database;
}

export function createCms({ config, dataFolder, token, hookSecret, now, log, db }: CmsDeps): Cms {
	const client = createDirectusClient({ url: config.url, token });
	const keptFile = join(dataFolder, 'snapshot.json');
	const uploads = config.directus === 'child' ? uploadsFolder(config.folder) : null;
	const listeners = new Set<(change: ContentChange) => void>();
	const store = createSnapshotStore({
		client,
		now,
		log,
		emit: (change) => listeners.forEach((listener) => listener(change)),
		keep: (kept) => writeKept(keptFile, kept),
		recordOldSlugs: (changes) => recordOldSlugs(db, changes, now()),
	});
	const contact = createContact({ store, log, db });
	const assets = memoised((rows: Rows) => ({
		known: readAssets(rows.files, rows.folders),
		diskNames: new Map(rows.files.map((row) => [String(row['id']), String(row['filename_disk'])])),
	}));

	const fileOf = (id: string): Asset | null => assets(store.rows()).known.get(id) ?? null;

	return Object.freeze<Cms>({
		snapshot: () => store.current().snapshot,
		onChange: (listener) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		start: async () => {
			const kept = await readKept(keptFile);
			if (kept) store.adopt(kept);
			contact.start();
		},
		notice: async (body, secret) => {
			const parts = isSameSecret(secret, hookSecret) ? noticedParts(body) : null;
			if (parts === null) return 'forbidden';
			if (parts.size > 0) await contact.notice(parts);
			return 'accepted';
		},
		refresh: contact.refresh,
		file: fileOf,
		asset: (id, request = {}) => {
			const { known, diskNames } = assets(store.rows());
			const asset = known.get(id);
			if (!asset) return Promise.resolve({ status: 404, headers: {}, body: null });
			return openAsset(client, { asset, diskName: diskNames.get(id) ?? id }, uploads, request);
		},
		preview: (request) => readPreview(client, store, now(), hookSecret, request),
		previewedFile: (id, token) => (opensFile(hookSecret, id, token, now()) ? fileOf(id) : null),
		former: async (collection, slug) => {
			const itemId = itemOfSlug(store.slugs(), collection, slug) ?? (await itemOfOldSlug(db, collection, slug));
			return formerOf(store.rows(), collection, itemId, slug, now());
		},
		addSynonym: (words) => addSynonym(client, store.current().snapshot.searchRules, words),
		problems: () => store.current().problems,
		staff: createStaffDirectory(client),
		status: () => {
			const failure = contact.failure();
			if (failure === null) return { state: 'ok', reason: '' };
			return { state: store.current().snapshot.revision > 0 ? 'degraded' : 'down', reason: failure };
		},
		stop: async () => {
			contact.stop();
			store.stop();
		},
	});
}

function memoised<K extends object, V>(make: (key: K) => V): (key: K) => V {
	const made = new WeakMap<K, V>();
	return (key) => {
		const known = made.get(key) ?? make(key);
		made.set(key, known);
		return known;
	};
}
