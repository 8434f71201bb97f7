import { asc, eq } from 'drizzle-orm';

import type { Now } from '#kernel/clock.ts';
import type { Database, Handle } from '#kernel/database.ts';
import type { Random } from '#kernel/id.ts';
import type { Keys } from '#kernel/keys.ts';

import type { Visitor } from '../identity/visitor.ts';
import type { Reader } from '../lead/reader.ts';
import { campaign, tactic } from '../schema.ts';
import { type FormArrival, formArrival } from './arrival.ts';
import { type Cost, costsOf, CURRENCIES, setCost } from './cost.ts';
import { checkCosts, textOfCosts } from './cost-list.ts';
import { type Counts, type CountsQuery, NO_COUNTS } from './count.ts';
import { DEFAULT_UTM_RULES, type UtmRule } from './defaults.ts';
import { addChannel, changeChannel, type ChannelChange, type NewChannel } from './edit-channel.ts';
import { landingOf } from './link.ts';
import { qrPdf, qrSvg } from './qr.ts';
import type { ChannelReport, Period } from './report.ts';
import {
	addSource,
	changeSource,
	listSources,
	type NewSource,
	type OpenedLink,
	openLink,
	type Source,
	sourceByCode,
	type SourceChange,
} from './source.ts';
import { channelOf, type Touch, touchesOf } from './touch.ts';
import { type Channel, channelTree } from './tree.ts';
import {
	addUtmRule,
	listUtmRules,
	type NamedUtmRule,
	type NewUtmRule,
	raiseUtmRule,
	removeUtmRule,
	type TriedAddress,
	tryAddress,
	type UnknownUtm,
	unknownUtm,
	type UtmKey,
} from './utm.ts';
import { createVisits, type VisitInput, type VisitOutcome } from './visit.ts';

const REPORTING = new URL('./report.ts', import.meta.url);
const COUNTING = new URL('./count.ts', import.meta.url);

export interface ChannelDeps {
	readonly db: Database;
	readonly keys: Keys;
	readonly now: Now;
	readonly random: Random;
	readonly timeZone: () => string;
	/** Origin of links in print, without a trailing slash. */
	readonly origin: string;
}

/** Where people come from: channels, campaigns, links with their QR codes, what they cost and what came of them. */
export interface Channels {
	/** ISO 4217 codes that costs may be entered in. */
	readonly currencies: readonly string[];
	tree(): Promise<readonly Channel[]>;
	add(input: NewChannel, by: Reader): Promise<void>;
	change(code: string, change: ChannelChange, by: Reader): Promise<void>;
	/** Names of campaigns with those of their tactics. */
	campaigns(): Promise<readonly { readonly name: string; readonly tactics: readonly string[] }[]>;
	sources(options?: { readonly withArchived?: boolean }): Promise<readonly Source[]>;
	source(code: string): Promise<Source | null>;
	addSource(input: NewSource, by: Reader): Promise<Source>;
	changeSource(code: string, change: SourceChange, by: Reader): Promise<Source>;
	/** What `/r/{code}` opens. Counts nothing. */
	open(code: string, query: URLSearchParams): Promise<OpenedLink>;
	/** The whole address of a code's link. */
	linkOf(code: string): string;
	/** Its QR code, `sizeMm` wide with the quiet zone. */
	qr(code: string, format: 'svg' | 'pdf', sizeMm: number): Promise<Buffer>;
	/** A landed page's beacon. */
	visit(input: VisitInput): Promise<VisitOutcome>;
	/** By which way the sender of a form came; `query` is that of the page it stood on. */
	arrival(input: { readonly query: string; readonly visitor: Visitor; readonly network: string }): Promise<FormArrival>;
	/** Of whatever nobody came through. */
	readonly noCounts: Counts;
	/** By channel code or source id, from one local day to another. */
	counts(by: 'channel' | 'sourceId', from: string, to: string): Promise<ReadonlyMap<string, Counts>>;
	/** Registered-via and attended-via by paper and webinar, and costs per lead. */
	report(period: Period): Promise<ChannelReport>;
	/** The address that a source's link leads to, with its tags; null for a path that leads away. */
	addressOf(source: Source): string | null;
	costs(fromMonth: string, toMonth: string): Promise<readonly Cost[]>;
	setCost(cost: Cost, by: Reader): Promise<void>;
	/** A file's text for {@link Channels.checkCosts}, whatever its encoding; null for one that is too large. */
	textOfCosts(bytes: Uint8Array): string | null;
	/** What each line of a list of costs would do, or why it cannot; changes nothing. */
	checkCosts(text: string): Promise<ReturnType<typeof checkCosts>>;
	/** Enters the lines of a list that can be entered; returns how many changed something, and how many were left out. */
	enterCosts(text: string, by: Reader): Promise<{ readonly entered: number; readonly wrong: number }>;
	/** The company's own rules, and those that ship. */
	utmRules(): Promise<{ readonly own: readonly NamedUtmRule[]; readonly shipped: readonly UtmRule[] }>;
	addUtmRule(rule: NewUtmRule, by: Reader): Promise<void>;
	removeUtmRule(rule: UtmKey, by: Reader): Promise<void>;
	/** Has it tried before the one above it. */
	raiseUtmRule(rule: UtmKey, by: Reader): Promise<void>;
	/** UTM values of landings that no rule knows, the most frequent first. */
	unknownUtm(): Promise<readonly UnknownUtm[]>;
	/** Where a visit by this address would be counted; null for what is no address. */
	tryAddress(address: string): Promise<TriedAddress | null>;
	/** Inside a body of the caller: the channel of the contact that a behaviour event `eventId` is; null for none. */
	cameBy(tx: Handle, eventId: string): Promise<string | null>;
	/** Every contact with a person, oldest first. */
	touchesOf(personId: string): Promise<readonly Touch[]>;
}

export function createChannels(deps: ChannelDeps): Channels {
	const { db, now, origin } = deps;
	const linkOf = (code: string): string => `${origin}/r/${code}`;
	const check: Channels['checkCosts'] = async (text) => {
		const campaigns = (await db.read.select({ name: campaign.name }).from(campaign)).map(({ name }) => name);
		return checkCosts(text, { channels: await channelTree(db.read), campaigns, entered: await costsOf(db.read, '2000-01', '2099-12') });
	};

	return Object.freeze<Channels>({
		currencies: CURRENCIES,
		tree: () => channelTree(db.read),
		add: (input, by) => addChannel(deps, input, by),
		change: (code, change, by) => changeChannel(deps, code, change, by),
		campaigns: async () => {
			const rows = await db.read
				.select({ campaign: campaign.name, tactic: tactic.name })
				.from(campaign)
				.leftJoin(tactic, eq(tactic.campaignId, campaign.id))
				.orderBy(asc(campaign.name), asc(tactic.name));
			const names = [...new Set(rows.map((row) => row.campaign))];
			return names.map((name) => ({ name, tactics: rows.flatMap((row) => (row.campaign === name && row.tactic !== null ? [row.tactic] : [])) }));
		},
		sources: ({ withArchived = false } = {}) => listSources(db.read, withArchived),
		source: (code) => sourceByCode(db.read, code),
		addSource: (input, by) => addSource(deps, input, by),
		changeSource: (code, change, by) => changeSource(deps, code, change, by),
		open: (code, query) => openLink(db.read, code, query, now()),
		linkOf,
		qr: async (code, format, sizeMm) => (format === 'svg' ? Buffer.from(qrSvg(linkOf(code), sizeMm)) : qrPdf(linkOf(code), sizeMm)),
		visit: createVisits(deps),
		arrival: (input) => formArrival(db.read, origin, { ...input, now: now() }),
		noCounts: NO_COUNTS,
		counts: (by, from, to) => db.analyse<CountsQuery, ReadonlyMap<string, Counts>>({ module: COUNTING, name: 'countsBy', params: { by, from, to } }),
		report: (params) => db.analyse<Period, ChannelReport>({ module: REPORTING, name: 'channelReport', params }),
		addressOf: (one) => {
			const path = landingOf(one, new URLSearchParams());
			return path === null ? null : origin + path;
		},
		costs: (from, to) => costsOf(db.read, from, to),
		setCost: (cost, by) => setCost(deps, cost, by),
		textOfCosts,
		checkCosts: check,
		enterCosts: async (text, by) => {
			const found = await check(text);
			const lines = 'lines' in found ? found.lines : [];
			const changes = lines.filter(({ state }) => state !== null && state !== 'same');
			for (const { cost } of changes) if (cost) await setCost(deps, cost, by);
			return { entered: changes.length, wrong: lines.filter(({ error }) => error !== null).length };
		},
		utmRules: async () => ({ own: await listUtmRules(db.read), shipped: DEFAULT_UTM_RULES }),
		addUtmRule: (rule, by) => addUtmRule(deps, rule, by),
		removeUtmRule: (rule, by) => removeUtmRule(deps, rule, by),
		raiseUtmRule: (rule, by) => raiseUtmRule(deps, rule, by),
		unknownUtm: () => unknownUtm(db.read),
		tryAddress: (address) => tryAddress(db.read, origin, address),
		cameBy: channelOf,
		touchesOf: (personId) => touchesOf(db.read, personId),
	});
}
