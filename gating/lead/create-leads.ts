import { eq } from 'drizzle-orm';

import type { Snapshot } from '#cms/content.ts';
import { recordAudit } from '#kernel/audit.ts';
import type { Now } from '#kernel/clock.ts';
import type { Database } from '#kernel/database.ts';
import type { Random } from '#kernel/id.ts';
import type { Keys } from '#kernel/keys.ts';

import { isDisposableMail, isFreeMail } from '../cleaning/mail.ts';
import { type Duplicate, duplicatesOf } from '../identity/duplicates.ts';
import { type Merge, mergeLeads, mergesOf, survivingLead, undoMerge } from '../identity/merge.ts';
import { person } from '../schema.ts';
import type { Scoring } from '../scoring/create-scoring.ts';
import type { Receipt } from '../scoring/receipt.ts';
import { listCell } from '../funnel/create-funnel.ts';
import { survivingAccount } from '../account/merge.ts';
import { TIMELINE_KINDS, type TimelineKind } from '../timeline/source.ts';
import { type Timeline, timelineOf, type TimelineQuery } from '../timeline/timeline.ts';
import { columnsOf, LEAD_COLUMNS, type LeadColumn } from './columns.ts';
import { type ContentReference, createContentIndex } from './content-index.ts';
import { type LeadPage, type LeadQuery, listLeads } from './list.ts';
import { narrowed } from './narrow.ts';
import { gradesOf } from './grades.ts';
import { type HotLead, hottest } from './hottest.ts';
import type { Reader } from './reader.ts';
import { type LeadView, viewLead } from './view.ts';

export interface LeadsDeps {
	readonly db: Database;
	readonly keys: Keys;
	readonly now: Now;
	readonly random: Random;
	readonly content: () => Snapshot;
	readonly scoring: Scoring;
}

/** Leads as the console and the API read them. Whoever sees personal data leaves a line in the audit log. */
export interface Leads {
	/** See {@link listLeads}. @throws DomainError not-found for a segment that there is none of */
	list(query: LeadQuery, reader: Reader): Promise<LeadPage>;
	/** See {@link LEAD_COLUMNS}. */
	readonly columns: readonly LeadColumn[];
	/** See {@link columnsOf}. */
	columnsOf(keys: readonly string[], reader: Pick<Reader, 'seesPeople'>): readonly LeadColumn[];
	/** A merged lead is answered by the one it was merged into. Null when there is no such lead. */
	get(leadId: string, reader: Reader): Promise<LeadView | null>;
	/** What a timeline can be narrowed to. */
	readonly timelineKinds: readonly TimelineKind[];
	/** See {@link timelineOf}. Null when there is no such lead. */
	timeline(leadId: string, reader: Reader, query?: TimelineQuery): Promise<Timeline | null>;
	/** The same over the people of an account. Null when there is no such account. */
	accountTimeline(accountId: string, reader: Reader, query?: TimelineQuery): Promise<Timeline | null>;
	receipt(leadId: string, at?: Date): Promise<Receipt | null>;
	/** Other leads that may be the same person; empty for readers who may not see people. */
	duplicates(leadId: string, reader: Reader): Promise<readonly Duplicate[]>;
	/** Merges of a lead, newest first. */
	merges(leadId: string): Promise<readonly Merge[]>;
	/**
	 * Makes one lead of two; `intoLeadId` stays. Returns the journal's id.
	 *
	 * @throws DomainError not-found, conflict (see {@link mergeLeads})
	 */
	merge(intoLeadId: string, fromLeadId: string, reader: Reader): Promise<string>;
	/** Takes a merge back. @throws DomainError not-found, conflict */
	undoMerge(mergeId: string, reader: Reader): Promise<Merge>;
	/** The lead that stands for this one: itself, or what it was merged into. Null when there is none. */
	standing(leadId: string): Promise<string | null>;
	/** The lead of a person, or null. */
	forPerson(personId: string): Promise<string | null>;
	/** See {@link gradesOf}. */
	grades(personIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
	/** See {@link hottest}; names only for readers who may see people. */
	hottest(personIds: readonly string[], reader: Pick<Reader, 'seesPeople'>): Promise<readonly HotLead[]>;
	recompute(leadIds: readonly string[]): Promise<void>;
	/** The published content behind `<type>:<id>`, for the words of receipt lines and timelines; null when there is none. */
	contentOf(subject: string): ContentReference | null;
}

export function createLeads(deps: LeadsDeps): Leads {
	const { db, keys, now, random, content, scoring } = deps;
	const contentOf = createContentIndex(content);
	const isCompanyDomain = (domain: string) => domain !== '' && !isFreeMail(`x@${domain}`) && !isDisposableMail(`x@${domain}`);

	const noteRead = async (
		{ actor, origin, seesPeople }: Reader,
		action: string,
		subject: string,
		detail: Readonly<Record<string, unknown>> = {},
	): Promise<void> => {
		if (!seesPeople) return;
		await db.write((tx) => recordAudit(tx, { actor, action, subject, origin, detail }, now(), random));
	};

	return Object.freeze<Leads>({
		grades: (personIds) => gradesOf(db.read, personIds),
		hottest: (personIds, { seesPeople }) => hottest(db.read, keys, personIds, seesPeople),
		list: async (query, reader) => {
			const page =
				query.funnel === undefined
					? await listLeads(db.read, keys, query, reader.seesPeople, await narrowed(deps, query))
					: await listCell(deps, query.funnel, query, reader.seesPeople);
			if (page.items.length > 0) await noteRead(reader, 'leads.list', 'leads:all', { leads: page.items.map(({ id }) => id) });
			return page;
		},
		columns: LEAD_COLUMNS,
		columnsOf: (asked, { seesPeople }) => columnsOf(asked, seesPeople),
		get: async (askedId, reader) => {
			const leadId = await survivingLead(db.read, askedId);
			if (leadId === null) return null;
			const [view, receipt] = [await viewLead(db.read, keys, leadId, reader.seesPeople, isCompanyDomain), await scoring.receipt(leadId)];
			if (!view || !receipt) return null;
			await noteRead(reader, 'lead.read', `lead:${leadId}`);
			return { ...view, receipt };
		},
		timelineKinds: TIMELINE_KINDS,
		timeline: async (askedId, reader, query = {}) => {
			const leadId = await survivingLead(db.read, askedId);
			if (leadId === null) return null;
			const timeline = await timelineOf({ db, keys, contentOf }, { leadId }, query, reader.seesPeople);
			await noteRead(reader, 'lead.timeline', `lead:${leadId}`);
			return timeline;
		},
		accountTimeline: async (askedId, reader, query = {}) => {
			const accountId = await survivingAccount(db.read, askedId);
			if (accountId === null) return null;
			const timeline = await timelineOf({ db, keys, contentOf }, { accountId }, query, reader.seesPeople);
			await noteRead(reader, 'account.timeline', `account:${accountId}`);
			return timeline;
		},
		receipt: async (askedId, at) => {
			const leadId = await survivingLead(db.read, askedId);
			return leadId === null ? null : scoring.receipt(leadId, at);
		},
		duplicates: async (leadId, reader) => {
			if (!reader.seesPeople) return [];
			const found = await duplicatesOf(db.read, keys, leadId);
			if (found.length > 0) await noteRead(reader, 'lead.duplicates', `lead:${leadId}`, { leads: found.map((one) => one.leadId) });
			return found;
		},
		merges: (leadId) => mergesOf(db.read, leadId),
		merge: async (intoLeadId, fromLeadId, { actor, origin }) => {
			const id = await db.write(async (tx) => {
				const at = now();
				const mergeId = await mergeLeads(tx, { fromLeadId, intoLeadId, cause: actor }, at, random);
				await recordAudit(tx, { actor, action: 'lead.merge', subject: `lead:${intoLeadId}`, origin, detail: { mergeId, fromLeadId } }, at, random);
				return mergeId;
			});
			await scoring.recompute([intoLeadId]);
			return id;
		},
		undoMerge: async (mergeId, { actor, origin }) => {
			const undone = await db.write(async (tx) => {
				const at = now();
				const row = await undoMerge(tx, mergeId, actor, at, random);
				await recordAudit(tx, { actor, action: 'lead.merge-undo', subject: `lead:${row.intoLeadId}`, origin, detail: { mergeId } }, at, random);
				return row;
			});
			await scoring.recompute([undone.fromLeadId, (await survivingLead(db.read, undone.intoLeadId)) ?? undone.intoLeadId]);
			return undone;
		},
		standing: (leadId) => survivingLead(db.read, leadId),
		forPerson: async (personId) => {
			const [row] = await db.read.select({ leadId: person.leadId }).from(person).where(eq(person.id, personId));
			return row?.leadId ?? null;
		},
		recompute: (leadIds) => scoring.recompute(leadIds),
		contentOf,
	});
}
