import { and, asc, desc, eq, isNull } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import type { Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import { newId, type Random } from '#kernel/id.ts';

import { type Reader, whoOf } from '../lead/reader.ts';
import { campaign, source, tactic } from '../schema.ts';
import type { ChannelDeps } from './create-channels.ts';
import { requireName } from './edit-channel.ts';
import { landingOf, newCode, requireCode, requirePath } from './link.ts';
import { requireChannel } from './tree.ts';

/** One way in, with the names of what it belongs to. */
export interface Source {
	readonly id: string;
	readonly code: string;
	readonly name: string;
	readonly channel: string;
	readonly path: string;
	readonly utmSource: string;
	readonly utmMedium: string;
	readonly utmCampaign: string;
	readonly tacticId: string | null;
	readonly tactic: string | null;
	readonly campaign: string | null;
	readonly createdAt: Date;
	readonly expiresAt: Date | null;
	readonly archivedAt: Date | null;
}

export interface NewSource {
	readonly name: string;
	readonly channel: string;
	/** Path on this site. */
	readonly path: string;
	/** '' makes one. */
	readonly code: string;
	/** Names; both are made when new, '' for none. A tactic without a campaign stands in a campaign of its own name. */
	readonly campaign: string;
	readonly tactic: string;
	readonly expiresAt: Date | null;
}

export interface SourceChange {
	readonly name?: string | undefined;
	readonly path?: string | undefined;
	readonly expiresAt?: Date | null | undefined;
	readonly isArchived?: boolean | undefined;
}

/** Where a link leads, or why nowhere. */
export type OpenedLink =
	| { readonly status: 'open'; readonly location: string }
	/** Archived or past its end: the page it led to may still help. */
	| { readonly status: 'over'; readonly location: string | null }
	| { readonly status: 'unknown' };

const CODE = /^[a-z0-9-]{1,60}$/;

const joined = (handle: Handle) =>
	handle
		.select({ source, tactic: tactic.name, campaign: campaign.name })
		.from(source)
		.leftJoin(tactic, eq(tactic.id, source.tacticId))
		.leftJoin(campaign, eq(campaign.id, tactic.campaignId));

/** Every source, newest first; archived ones only when asked for. */
export async function listSources(handle: Handle, withArchived: boolean): Promise<Source[]> {
	const rows = await joined(handle)
		.where(withArchived ? undefined : isNull(source.archivedAt))
		.orderBy(desc(source.createdAt), asc(source.code));
	return rows.map(viewOf);
}

export async function sourceByCode(handle: Handle, code: string): Promise<Source | null> {
	const [row] = CODE.test(code) ? await joined(handle).where(eq(source.code, code)) : [];
	return row ? viewOf(row) : null;
}

/** What the link of a code opens. Changes and counts nothing: scanners and previews open links too. */
export async function openLink(handle: Handle, code: string, query: URLSearchParams, now: Date): Promise<OpenedLink> {
	const found = await sourceByCode(handle, code);
	if (!found) return { status: 'unknown' };
	const location = landingOf(found, query);
	const isOver = found.archivedAt !== null || (found.expiresAt !== null && found.expiresAt <= now);
	if (isOver) return { status: 'over', location: location === null ? null : found.path };
	return location === null ? { status: 'over', location: null } : { status: 'open', location };
}

/** Makes a source with its link. @throws DomainError invalid, conflict (the code is taken) */
export async function addSource({ db, now, random }: ChannelDeps, input: NewSource, by: Reader): Promise<Source> {
	const name = requireName(input.name, 'name');
	const path = requirePath(input.path.trim());
	const code = input.code === '' ? newCode(random) : requireCode(input.code);
	return db.write(async (tx) => {
		await requireChannel(tx, input.channel);
		if (await sourceByCode(tx, code)) throw new DomainError('conflict', 'This code is taken.', { fields: [{ field: 'code', code: 'taken' }] });
		const at = now();
		const tacticId = await ensureTactic(tx, input, at, random);
		const id = newId(at, random);
		const tags = { utmSource: code, utmMedium: input.channel, utmCampaign: slugOf(input.campaign.trim() || input.tactic.trim()) };
		await tx
			.insert(source)
			.values({ id, code, name, channel: input.channel, tacticId, path, ...tags, createdAt: at, expiresAt: input.expiresAt, archivedAt: null });
		await recordAudit(tx, { ...whoOf(by), action: 'source.add', subject: `source:${id}`, detail: {} }, at, random);
		return (await sourceByCode(tx, code)) as Source;
	});
}

/** Changes what may change of a link that is printed already: its name, target and end. @throws DomainError not-found, invalid */
export async function changeSource({ db, now, random }: ChannelDeps, code: string, change: SourceChange, by: Reader): Promise<Source> {
	return db.write(async (tx) => {
		const known = await sourceByCode(tx, code);
		if (!known) throw new DomainError('not-found', 'There is no such source.');
		const at = now();
		await tx
			.update(source)
			.set({
				name: change.name === undefined ? known.name : requireName(change.name, 'name'),
				path: change.path === undefined ? known.path : requirePath(change.path.trim()),
				expiresAt: change.expiresAt === undefined ? known.expiresAt : change.expiresAt,
				archivedAt: change.isArchived === undefined ? known.archivedAt : change.isArchived ? at : null,
			})
			.where(eq(source.id, known.id));
		await recordAudit(tx, { ...whoOf(by), action: 'source.change', subject: `source:${known.id}`, detail: {} }, at, random);
		return (await sourceByCode(tx, code)) as Source;
	});
}

/** The tactic of these names, made with its campaign when new; one alone names both. Null without any. @throws DomainError invalid */
export async function ensureTactic(
	tx: Handle,
	named: { readonly campaign: string; readonly tactic: string },
	at: Date,
	random: Random,
): Promise<string | null> {
	const [campaignName, tacticName] = [named.campaign.trim(), named.tactic.trim()];
	if (campaignName === '' && tacticName === '') return null;
	const group = requireName(campaignName || tacticName, 'campaign');
	const name = requireName(tacticName || campaignName, 'tactic');
	const [campaignId, tacticId] = [newId(at, random), newId(at, random)];
	await tx.insert(campaign).values({ id: campaignId, name: group, createdAt: at, archivedAt: null }).onConflictDoNothing();
	const [held] = await tx.select({ id: campaign.id }).from(campaign).where(eq(campaign.name, group));
	const heldId = held?.id ?? campaignId;
	await tx.insert(tactic).values({ id: tacticId, campaignId: heldId, name, createdAt: at }).onConflictDoNothing();
	const [kept] = await tx
		.select({ id: tactic.id })
		.from(tactic)
		.where(and(eq(tactic.campaignId, heldId), eq(tactic.name, name)));
	return kept?.id ?? tacticId;
}

/** A name as it may stand in an address: `Spring fairs` → `spring-fairs`; Han stays. */
function slugOf(name: string): string {
	return name
		.toLowerCase()
		.replaceAll(/[^\p{L}\p{N}]+/gu, '-')
		.replaceAll(/^-|-$/g, '')
		.slice(0, 60);
}

function viewOf(row: { readonly source: typeof source.$inferSelect; readonly tactic: string | null; readonly campaign: string | null }): Source {
	return { ...row.source, tactic: row.tactic, campaign: row.campaign };
}
