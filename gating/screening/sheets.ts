import { and, desc, eq } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import type { Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';

import type { Reader } from '../lead/reader.ts';
import type { WorkDeps } from '../lifecycle/log.ts';
import { campaign, screeningSheet } from '../schema.ts';
import { DEFAULT_SHEET } from './default-sheet.ts';
import { type Sheet, sheetInput } from './sheet.ts';

export const DEFAULT_KEY = 'default';

export interface LiveSheet {
	readonly key: string;
	/** 0: the shipped sheet, which nobody has changed. */
	readonly version: number;
	readonly campaignId: string | null;
	readonly sheet: Sheet;
	readonly author: string;
	readonly publishedAt: Date | null;
}

export const SHIPPED: LiveSheet = { key: DEFAULT_KEY, version: 0, campaignId: null, sheet: DEFAULT_SHEET, author: 'system', publishedAt: null };

/** Each sheet in the version that holds, the default first. */
export async function liveSheets(handle: Handle): Promise<LiveSheet[]> {
	const rows = await handle.select().from(screeningSheet).orderBy(desc(screeningSheet.version));
	const found = new Map<string, LiveSheet>();
	for (const row of rows) if (!found.has(row.key)) found.set(row.key, { ...row, sheet: sheetInput.parse(row.sheet) });
	const own = [...found.values()].filter(({ key }) => key !== DEFAULT_KEY).sort((one, other) => (one.key < other.key ? -1 : 1));
	return [found.get(DEFAULT_KEY) ?? SHIPPED, ...own];
}

/** The sheet of this key; null when there is none. */
export async function liveSheet(handle: Handle, key: string): Promise<LiveSheet | null> {
	const [row] = await handle.select().from(screeningSheet).where(eq(screeningSheet.key, key)).orderBy(desc(screeningSheet.version)).limit(1);
	if (row) return { ...row, sheet: sheetInput.parse(row.sheet) };
	return key === DEFAULT_KEY ? SHIPPED : null;
}

/** The history of a sheet, newest first. */
export async function sheetVersions(handle: Handle, key: string) {
	const { version, author, publishedAt } = screeningSheet;
	return handle.select({ version, author, publishedAt }).from(screeningSheet).where(eq(screeningSheet.key, key)).orderBy(desc(version)).limit(50);
}

/** Makes a sheet for a campaign, as a copy of the default. Returns its key. @throws DomainError not-found, conflict (it has one) */
export async function addSheet({ db, now, random }: WorkDeps, campaignId: string, { actor, origin }: Reader): Promise<string> {
	return db.write(async (tx) => {
		const [row] = await tx.select().from(campaign).where(eq(campaign.id, campaignId));
		if (!row) throw new DomainError('not-found', 'There is no such campaign.');
		const [taken] = await tx.select({ key: screeningSheet.key }).from(screeningSheet).where(eq(screeningSheet.campaignId, campaignId)).limit(1);
		if (taken) throw new DomainError('conflict', 'This campaign has a sheet.');
		const { sheet } = (await liveSheet(tx, DEFAULT_KEY)) ?? SHIPPED;
		const key = `campaign-${campaignId}`;
		const title = { en: row.name, 'zh-CN': row.name };
		await tx.insert(screeningSheet).values({ key, version: 1, campaignId, sheet: { ...sheet, title }, author: actor, publishedAt: now() });
		await recordAudit(tx, { actor, action: 'screening.sheet', subject: `sheet:${key}`, origin, detail: { version: 1 } }, now(), random);
		return key;
	});
}

/**
 * Publishes a sheet over the version that its editor saw. Answers given stay under the version they were given to. Returns the new version.
 *
 * @throws DomainError not-found, invalid (with the index of the question), conflict (somebody published meanwhile)
 */
export async function publishSheet(
	{ db, now, random }: WorkDeps,
	key: string,
	input: unknown,
	seen: number,
	{ actor, origin }: Reader,
): Promise<number> {
	const parsed = sheetInput.safeParse(input);
	if (!parsed.success) {
		const fields = parsed.error.issues.map(({ path, message }) => ({
			field: path.join('.'),
			code: ['taken', 'after'].includes(message) ? message : 'choice',
		}));
		throw new DomainError('invalid', 'The sheet cannot be kept like this.', { fields });
	}
	return db.write(async (tx) => {
		const live = await liveSheet(tx, key);
		if (!live) throw new DomainError('not-found', 'There is no such sheet.');
		if (live.version !== seen) throw new DomainError('conflict', 'Somebody else has changed the sheet meanwhile.');
		const version = live.version + 1;
		await tx.insert(screeningSheet).values({ key, version, campaignId: live.campaignId, sheet: parsed.data, author: actor, publishedAt: now() });
		await recordAudit(tx, { actor, action: 'screening.sheet', subject: `sheet:${key}`, origin, detail: { version } }, now(), random);
		return version;
	});
}

/** A version that held once; null when there is none. */
export async function sheetVersion(handle: Handle, key: string, version: number): Promise<Sheet | null> {
	const [row] = await handle
		.select()
		.from(screeningSheet)
		.where(and(eq(screeningSheet.key, key), eq(screeningSheet.version, version)));
	return row ? sheetInput.parse(row.sheet) : null;
}
