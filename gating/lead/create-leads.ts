import { eq } from 'drizzle-orm';

import type { Snapshot } from '#cms/content.ts';
import { recordAudit } from '#kernel/audit.ts';
import type { Now } from '#kernel/clock.ts';
import type { Database } from '#kernel/database.ts';
import type { Random } from '#kernel/id.ts';
import type { Keys } from '#kernel/keys.ts';

import { isDisposableMail, isFreeMail } from '../cleaning/mail.ts';
import { person } from '../schema.ts';
import type { Scoring } from '../scoring/create-scoring.ts';
import type { Receipt } from '../scoring/receipt.ts';
import { type ContentReference, createContentIndex } from './content-index.ts';
import { type LeadPage, type LeadQuery, listLeads } from './list.ts';
import type { Reader } from './reader.ts';
import { type Timeline, timelineOf } from './timeline.ts';
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
	/** See {@link listLeads}. */
	list(query: LeadQuery, reader: Reader): Promise<LeadPage>;
	/** Null when there is no such lead. */
	get(leadId: string, reader: Reader): Promise<LeadView | null>;
	/** See {@link timelineOf}. */
	timeline(leadId: string, reader: Reader, cursor?: string): Promise<Timeline | null>;
	receipt(leadId: string, at?: Date): Promise<Receipt | null>;
	/** The lead of a person, or null. */
	forPerson(personId: string): Promise<string | null>;
	recompute(leadIds: readonly string[]): Promise<void>;
	/** The published content behind `<type>:<id>`, for the words of receipt lines and timelines; null when there is none. */
	contentOf(subject: string): ContentReference | null;
}

export function createLeads({ db, keys, now, random, content, scoring }: LeadsDeps): Leads {
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
		list: async (query, reader) => {
			const page = await listLeads(db.read, keys, query, reader.seesPeople);
			if (page.items.length > 0) await noteRead(reader, 'leads.list', 'leads:all', { leads: page.items.map(({ id }) => id) });
			return page;
		},
		get: async (leadId, reader) => {
			const [view, receipt] = [await viewLead(db.read, keys, leadId, reader.seesPeople, isCompanyDomain), await scoring.receipt(leadId)];
			if (!view || !receipt) return null;
			await noteRead(reader, 'lead.read', `lead:${leadId}`);
			return { ...view, receipt };
		},
		timeline: async (leadId, reader, cursor) => {
			const timeline = await timelineOf(db.read, leadId, cursor, contentOf);
			if (timeline) await noteRead(reader, 'lead.timeline', `lead:${leadId}`);
			return timeline;
		},
		receipt: (leadId, at) => scoring.receipt(leadId, at),
		forPerson: async (personId) => {
			const [row] = await db.read.select({ leadId: person.leadId }).from(person).where(eq(person.id, personId));
			return row?.leadId ?? null;
		},
		recompute: (leadIds) => scoring.recompute(leadIds),
		contentOf,
	});
}
