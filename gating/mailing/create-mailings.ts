import { desc, eq } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import type { Locale } from '#cms/content.ts';
import type { Database } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { enqueue } from '#kernel/outbox.ts';

import { livingPerson, openProfile } from '../identity/person.ts';
import { type Reader, whoOf } from '../lead/reader.ts';
import type { NurturePart } from '../nurture/part.ts';
import { mailing, person } from '../schema.ts';
import { type CalendarEntry, calendarOf } from './calendar.ts';
import { mailingComposer, TRY_MAIL, tryMailHandler, useOf } from './deliver.ts';
import { mailingById, type MailingDeps, type MailingRow } from './deps.ts';
import * as edit from './edit.ts';
import type { MailingState, Variant } from './mailing.ts';
import { mailingData } from './personal-data.ts';
import { type Figure, FIGURES, type Listed, listOf, type MailingReport } from './report.ts';
import { approvalOver, setApprovalOver } from './rule.ts';
import { DECIDE_JOB, decideHandler, MAILING_COMPOSER, RUN_JOB, runHandler } from './run.ts';
import type { RenderedMail } from './template.ts';

const REPORTER = new URL('./report.ts', import.meta.url);
const PAGE = 50;

/** A person of a figure, as far as the reader may see. */
export type NamedListed = Listed & { readonly name: string | null };

/** Mails to many at once: to a segment as it stands when they go. */
export interface Mailings {
	readonly figures: typeof FIGURES;
	/** Newest first. */
	list(): Promise<readonly MailingRow[]>;
	get(id: string): Promise<MailingRow | null>;
	/** See {@link edit.saveMailing}. */
	save(id: string | null, input: unknown, by: Reader): Promise<string>;
	/** See {@link edit.dryRun}. */
	dryRun(id: string): Promise<edit.DryRun>;
	/** See {@link edit.submitMailing}. */
	submit(id: string, typed: string, by: Reader): Promise<MailingState>;
	/** See {@link edit.approveMailing}. */
	approve(id: string, by: Reader): Promise<void>;
	/** See {@link edit.withdrawMailing}. */
	withdraw(id: string, by: Reader): Promise<void>;
	pause(id: string, by: Reader): Promise<number>;
	resume(id: string, by: Reader): Promise<void>;
	stop(id: string, by: Reader): Promise<number>;
	keepWinner(id: string, winner: Variant, by: Reader): Promise<void>;
	/** Sends it to who asks, as the lead would get it. @throws DomainError not-found */
	tryOut(
		id: string,
		input: { readonly variant: Variant; readonly leadId: string; readonly locale: Locale; readonly staffId: string },
		by: Reader,
	): Promise<void>;
	/** What a lead would get, or a stranger; who looked is on record. Null when the template cannot be sent. */
	preview(
		use: { readonly mailingId: string; readonly variant: Variant } | { readonly template: string },
		whom: { readonly leadId: string; readonly locale: Locale },
		by: Reader,
	): Promise<RenderedMail | null>;
	report(id: string): Promise<MailingReport>;
	/** The people of a figure by id, fifty at a time; names only for who may see people. */
	people(id: string, figure: Figure, after: string, by: Reader): Promise<{ readonly items: readonly NamedListed[]; readonly next: string | null }>;
	/** Everything that will go out. */
	calendar(from: Date, until: Date): Promise<readonly CalendarEntry[]>;
	approvalOver(): Promise<number>;
	setApprovalOver(people: number, by: Reader): Promise<void>;
}

export function createMailings(deps: MailingDeps): { readonly parts: Mailings; readonly part: NurturePart } {
	const { db, keys, now, random, templates, timeZone } = deps;
	const personOf = (leadId: string): Promise<string | null> => firstPerson(db, leadId);
	const parts = Object.freeze<Mailings>({
		figures: FIGURES,
		list: () => db.read.select().from(mailing).orderBy(desc(mailing.createdAt), desc(mailing.id)),
		get: (id) => mailingById(db.read, id),
		save: (id, input, by) => edit.saveMailing(deps, id, input, by),
		dryRun: (id) => edit.dryRun(deps, id),
		submit: (id, typed, by) => edit.submitMailing(deps, id, typed, by),
		approve: (id, by) => edit.approveMailing(deps, id, by),
		withdraw: (id, by) => edit.withdrawMailing(deps, id, by),
		pause: (id, by) => edit.pauseMailing(deps, id, by),
		resume: (id, by) => edit.resumeMailing(deps, id, by),
		stop: (id, by) => edit.stopMailing(deps, id, by),
		keepWinner: (id, winner, by) => edit.keepWinner(deps, id, winner, by),
		tryOut: async (id, { variant, leadId, locale, staffId }, by) => {
			if (!(await mailingById(db.read, id))) throw new DomainError('not-found', 'There is no such mailing.');
			const personId = leadId === '' ? null : await personOf(leadId);
			await db.write(async (tx) => {
				const at = now();
				const payload = { mailingId: id, variant, locale, staffId, ...(personId === null ? {} : { personId }) };
				await enqueue(tx, { kind: TRY_MAIL, key: `mailing-try:${newId(at, random)}`, payload, dueAt: at }, at, random);
				await recordAudit(tx, { ...whoOf(by), action: 'mailing.try', subject: `mailing:${id}`, detail: { lead: leadId } }, at, random);
			});
		},
		preview: async (use, { leadId, locale }, by) => {
			const row = 'mailingId' in use ? await mailingById(db.read, use.mailingId) : null;
			if ('mailingId' in use && !row) return null;
			const personId = leadId === '' || !by.seesPeople ? null : await personOf(leadId);
			if (personId !== null) {
				const entry = { ...whoOf(by), action: 'mailing.preview', subject: `lead:${leadId}`, detail: {} };
				await db.write((tx) => recordAudit(tx, entry, now(), random));
			}
			return templates.preview(
				row && 'variant' in use ? useOf(row, use.variant) : { template: 'template' in use ? use.template : '' },
				personId,
				locale,
			);
		},
		report: async (id) => {
			const row = await mailingById(db.read, id);
			const params = { mailingId: id, hasTrial: row !== null && row.trial !== 'none' };
			return db.analyse<typeof params, MailingReport>({ module: REPORTER, name: 'reportOf', params });
		},
		people: async (id, figure, after, by) => {
			const found = await listOf(db.read, id, figure, after, PAGE + 1);
			const items = await Promise.all(found.slice(0, PAGE).map(async (one) => ({ ...one, name: by.seesPeople ? await nameOf(one.personId) : null })));
			if (by.seesPeople && items.length > 0) {
				const entry = { ...whoOf(by), action: 'leads.list', subject: `mailing:${id}`, detail: { figure, leads: items.map(({ leadId }) => leadId) } };
				await db.write((tx) => recordAudit(tx, entry, now(), random));
			}
			return { items, next: found.length > PAGE ? (items.at(-1)?.personId ?? null) : null };
		},
		calendar: (from, until) => calendarOf(db.read, from, until, timeZone()),
		approvalOver: () => approvalOver(db.read),
		setApprovalOver: (people, by) => setApprovalOver(deps, people, by),
	});
	async function nameOf(personId: string): Promise<string | null> {
		const row = await livingPerson(db.read, personId);
		return (row && openProfile(keys, row).name) || null;
	}
	return {
		parts,
		part: {
			composers: { [MAILING_COMPOSER]: mailingComposer(deps) },
			handlers: { [TRY_MAIL]: tryMailHandler(deps) },
			jobs: { [RUN_JOB]: runHandler(deps), [DECIDE_JOB]: decideHandler(deps) },
			data: [mailingData()],
		},
	};
}

/** The newest proved person of a lead, else its newest. */
async function firstPerson(db: Database, leadId: string): Promise<string | null> {
	const rows = await db.read
		.select({ id: person.id, verifiedAt: person.verifiedAt, dataKey: person.dataKey })
		.from(person)
		.where(eq(person.leadId, leadId))
		.orderBy(desc(person.createdAt));
	const living = rows.filter(({ dataKey }) => dataKey !== null);
	return (living.find(({ verifiedAt }) => verifiedAt !== null) ?? living[0])?.id ?? null;
}
