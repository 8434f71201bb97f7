/**
 * Content: what Directus holds, as the public may see it. This folder decides what is published and due, keeps it in memory and on
 * disk so that the site outlives Directus, and hands out the bytes of files. Who may have a gated file is not decided here.
 */
import type { CmsConfig } from '#config';
import type { Now } from '#kernel/clock.ts';
import type { Database } from '#kernel/database.ts';
import type { Log } from '#kernel/log.ts';

import type { AssetAnswer, AssetRequest } from './asset.ts';
import type { ContentItem, ContentProblem, ContentType, Snapshot } from './content.ts';
import type { StaffDirectory } from './staff.ts';

export type { AssetAnswer, AssetRequest } from './asset.ts';
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
	/** Streams a file. Checks no rights: the caller knows whether the file is public or granted. */
	asset(id: string, request?: AssetRequest): Promise<AssetAnswer>;
	/** The item as an editor sees it now, published or not; null when the key does not fit. @throws DomainError unavailable. */
	preview(type: ContentType, id: string, previewKey: string, version?: string): Promise<ContentItem | null>;
	/** The present slug of the item that once had `slug`, or null. */
	oldSlug(type: ContentType | 'categories', slug: string): Promise<string | null>;
	/** What editors should mend. */
	problems(): readonly ContentProblem[];
	readonly staff: StaffDirectory;
	status(): CmsStatus;
	stop(): Promise<void>;
}

export interface CmsDeps {
	readonly config: CmsConfig;
	readonly dataFolder: string;
	/** Static token of the read-only service account. */
	readonly token: string;
	readonly hookSecret: string;
	readonly now: Now;
	readonly log: Log;
	/** Keeps old slugs. */
	readonly db: Database;
}

export function createCms(_deps: CmsDeps): Cms {
	throw new Error('not yet');
}
