import { and, asc, count, desc, eq, max } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import type { Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';

import { isStorable } from '../event/props.ts';
import { type Reader, whoOf } from '../lead/reader.ts';
import { campaign, tactic, utmRule, utmUnknown } from '../schema.ts';
import { arrivalOf } from './arrival.ts';
import type { ChannelDeps } from './create-channels.ts';
import { DEFAULT_UTM_RULES, type UtmRule } from './defaults.ts';
import { ruleOf } from './first-touch.ts';
import { ensureTactic } from './source.ts';
import { requireChannel } from './tree.ts';

/** What a rule looks at. */
export type UtmKey = Pick<UtmRule, 'source' | 'medium' | 'campaign'>;

/** A rule with the names of what it leads to. */
export interface NamedUtmRule extends UtmRule {
	readonly campaignName: string | null;
	readonly tacticName: string | null;
}

export interface NewUtmRule extends UtmKey {
	readonly channel: string;
	/** Names, as of a source; '' for none. */
	readonly campaignName: string;
	readonly tacticName: string;
}

/** UTM values that no rule knows. */
export interface UnknownUtm extends UtmKey {
	readonly visits: number;
	/** Local day. */
	readonly lastDay: string;
}

/** Where an address goes. */
export interface TriedAddress {
	readonly channel: string;
	readonly campaignName: string | null;
	readonly tacticName: string | null;
	/** What decided: a link of ours, an invitation, a rule, the referrer, or nothing. */
	readonly by: 'link' | 'invitation' | 'own' | 'shipped' | 'unknown' | 'none';
	readonly rule: UtmKey | null;
}

const MOST_RULES = 500;
const inOrder = [asc(utmRule.position), asc(utmRule.source), asc(utmRule.medium), asc(utmRule.campaign)];

/** The company's own rules, in the order in which they are tried. */
export async function listUtmRules(handle: Handle): Promise<NamedUtmRule[]> {
	const { source, medium, campaign: value, channel, tacticId } = utmRule;
	return handle
		.select({ source, medium, campaign: value, channel, tacticId, campaignName: campaign.name, tacticName: tactic.name })
		.from(utmRule)
		.leftJoin(tactic, eq(tactic.id, utmRule.tacticId))
		.leftJoin(campaign, eq(campaign.id, tactic.campaignId))
		.orderBy(...inOrder);
}

/** Says what UTM values mean; '' stands for any. A known rule keeps its place. @throws DomainError invalid */
export async function addUtmRule({ db, now, random }: ChannelDeps, input: NewUtmRule, by: Reader): Promise<void> {
	const key = keyOf(input);
	if (key.source + key.medium + key.campaign === '') throw wrong('source', 'required');
	if (!isStorable(key.source + key.medium + key.campaign)) throw wrong('source', 'characters');
	await db.write(async (tx) => {
		await requireChannel(tx, input.channel);
		const at = now();
		const tacticId = await ensureTactic(tx, { campaign: input.campaignName, tactic: input.tacticName }, at, random);
		const [held] = await tx.select({ all: count(), last: max(utmRule.position).mapWith(Number) }).from(utmRule);
		if ((held?.all ?? 0) >= MOST_RULES) throw wrong('source', 'too-long');
		await tx
			.insert(utmRule)
			.values({ ...key, channel: input.channel, tacticId, position: (held?.last ?? 0) + 1, createdAt: at })
			.onConflictDoUpdate({ target: [utmRule.source, utmRule.medium, utmRule.campaign], set: { channel: input.channel, tacticId } });
		await recordAudit(tx, { ...whoOf(by), action: 'channel.utm', subject: `channel:${input.channel}`, detail: {} }, at, random);
	});
}

export async function removeUtmRule({ db, now, random }: ChannelDeps, key: UtmKey, by: Reader): Promise<void> {
	await db.write(async (tx) => {
		await tx.delete(utmRule).where(isRule(key));
		await recordAudit(tx, { ...whoOf(by), action: 'channel.utm', subject: 'channel:utm', detail: {} }, now(), random);
	});
}

/** Has a rule tried before the one above it; the first is left where it is. */
export async function raiseUtmRule({ db, now, random }: ChannelDeps, key: UtmKey, by: Reader): Promise<void> {
	await db.write(async (tx) => {
		const rules = await tx
			.select()
			.from(utmRule)
			.orderBy(...inOrder);
		const at = rules.findIndex((rule) => rule.source === key.source && rule.medium === key.medium && rule.campaign === key.campaign);
		if (at < 1) return;
		const moved = rules.toSpliced(at, 1).toSpliced(at - 1, 0, rules[at]!);
		for (const [position, rule] of moved.entries()) if (rule.position !== position) await tx.update(utmRule).set({ position }).where(isRule(rule));
		await recordAudit(tx, { ...whoOf(by), action: 'channel.utm', subject: 'channel:utm', detail: {} }, now(), random);
	});
}

/** Values of landings that no rule knows at this moment, the most frequent first. */
export async function unknownUtm(handle: Handle): Promise<UnknownUtm[]> {
	const rules = await listUtmRules(handle);
	const rows = await handle.select().from(utmUnknown).orderBy(desc(utmUnknown.visits), asc(utmUnknown.source), asc(utmUnknown.medium));
	return rows.filter((row) => ruleOf(row, rules) === null);
}

/** Where a visit by this address would be counted. Counts nothing. Null for what is no address. */
export async function tryAddress(handle: Handle, origin: string, address: string): Promise<TriedAddress | null> {
	const trimmed = address.trim();
	if (trimmed.length > 2_000 || !URL.canParse(trimmed, origin)) return null;
	const { search } = new URL(trimmed, origin);
	const found = await arrivalOf(handle, origin, search, null);
	const rules = await listUtmRules(handle);
	const rule = ruleOf(found.detail, rules);
	const [names] =
		found.tacticId === null
			? []
			: await handle
					.select({ campaignName: campaign.name, tacticName: tactic.name })
					.from(tactic)
					.leftJoin(campaign, eq(campaign.id, tactic.campaignId))
					.where(eq(tactic.id, found.tacticId));
	const byRule = rule === null ? null : DEFAULT_UTM_RULES.includes(rule) ? 'shipped' : 'own';
	const by = found.isInvitation ? 'invitation' : found.sourceId !== null ? 'link' : (byRule ?? (found.channel === 'other' ? 'unknown' : 'none'));
	return {
		channel: found.channel,
		campaignName: names?.campaignName ?? null,
		tacticName: names?.tacticName ?? null,
		by,
		rule: by === 'own' || by === 'shipped' ? rule : null,
	};
}

const isRule = ({ source, medium, campaign: value }: UtmKey) =>
	and(eq(utmRule.source, source), eq(utmRule.medium, medium), eq(utmRule.campaign, value));

function keyOf({ source, medium, campaign: value }: UtmKey): UtmKey {
	const [one = '', two = '', three = ''] = [source, medium, value].map((text) => text.normalize('NFKC').trim().toLowerCase().slice(0, 100));
	return { source: one, medium: two, campaign: three };
}

const wrong = (field: string, code: string) => new DomainError('invalid', 'The rule cannot be read.', { fields: [{ field, code }] });
