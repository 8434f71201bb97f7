import { and, asc, eq, gte, inArray, isNotNull, isNull, lt, ne, notExists, notInArray, or, type SQL } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import { audit, job, mailbox, outbox } from '#kernel/schema.ts';

import { quoteRequest } from '../offer/schema.ts';
import {
	consent,
	event,
	exportFile,
	formSubmission,
	grant,
	importBatch,
	lead,
	pass,
	person,
	searchWords,
	staffSession,
	touchpoint,
	visitor,
	webhookDelivery,
	webhookMessage,
} from '../schema.ts';
import type { RuleName } from './rules.ts';

export interface DueParams {
	readonly rule: RuleName;
	/** What is older than this, in epoch milliseconds. */
	readonly before: number;
	readonly limit: number;
}

/** Empty bytes stand for words that went. */
export const GONE = Buffer.alloc(0);

/** Ids of what a rule has to do with, at most `limit`; more than one kind of row where the rule speaks of several. Long: run it by `analyse`. */
export async function dueIds(read: Handle, { rule, before, limit }: DueParams): Promise<string[]> {
	const ids: string[] = [];
	for (const query of queriesOf(read, rule, new Date(before))) {
		if (ids.length >= limit) break;
		ids.push(...(await query.limit(limit - ids.length)).map(({ id }) => id));
	}
	return ids;
}

/** How many there are, counted up to `limit`. */
export async function dueCount(read: Handle, params: DueParams): Promise<number> {
	return (await dueIds(read, params)).length;
}

const WORKED_STAGES = ['sql', 'opportunity', 'customer'];

function queriesOf(read: Handle, rule: RuleName, before: Date) {
	switch (rule) {
		case 'unconfirmed':
			return [persons(read, and(isNull(person.verifiedAt), lt(person.createdAt, before), isNull(person.imported), onlyTyped(read, before)))];
		case 'quarantined':
			return [personsOfLeads(read, and(eq(lead.workingState, 'quarantine'), lt(lead.lastActivityAt, before)))];
		case 'inactive':
			return [
				personsOfLeads(
					read,
					and(lt(lead.lastActivityAt, before), lt(person.createdAt, before), notInArray(lead.stage, WORKED_STAGES), isNull(lead.mergedInto)),
				),
			];
		case 'visitors': {
			const renewed = read
				.select({ id: consent.id })
				.from(consent)
				.where(and(eq(consent.visitorId, visitor.id), eq(consent.given, true), gte(consent.at, before)));
			return [
				read
					.select({ id: visitor.id })
					.from(visitor)
					.where(and(lt(visitor.createdAt, before), notExists(renewed)))
					.$dynamic(),
			];
		}
		case 'events':
			return [rows(read, event, and(lt(event.at, before), or(isNotNull(event.personId), isNotNull(event.visitorId))))];
		case 'touchpoints':
			return [rows(read, touchpoint, and(lt(touchpoint.at, before), or(isNotNull(touchpoint.personId), isNotNull(touchpoint.visitorId))))];
		case 'answers':
			return [
				rows(read, formSubmission, and(lt(formSubmission.at, before), ne(formSubmission.answers, GONE))),
				rows(read, quoteRequest, and(lt(quoteRequest.at, before), ne(quoteRequest.words, GONE))),
			];
		case 'imports':
			return [
				rows(
					read,
					importBatch,
					and(lt(importBatch.createdAt, before), isNotNull(importBatch.dataKey), notInArray(importBatch.state, ['running', 'undoing', 'checking'])),
				),
			];
		case 'searches':
			return [rows(read, searchWords, and(isNull(searchWords.words), lt(searchWords.lastAt, before)))];
		case 'mailbox':
			return [rows(read, mailbox, lt(mailbox.createdAt, before))];
		case 'deliveries':
			return [
				rows(read, webhookMessage, and(lt(webhookMessage.at, before), notExists(waitingFor(read)))),
				rows(read, exportFile, lt(exportFile.createdAt, before)),
				rows(read, outbox, and(ne(outbox.state, 'waiting'), lt(outbox.createdAt, before), lt(outbox.dueAt, before))),
				read
					.select({ id: job.key })
					.from(job)
					.where(and(ne(job.state, 'waiting'), lt(job.settledAt, before)))
					.orderBy(asc(job.key))
					.$dynamic(),
			];
		case 'passes':
			return [
				rows(read, pass, or(lt(pass.expiresAt, before), lt(pass.revokedAt, before))),
				rows(read, grant, and(isNull(grant.confirmedAt), lt(grant.expiresAt, before))),
			];
		case 'sessions':
			return [rows(read, staffSession, lt(staffSession.expiresAt, before))];
		case 'audit':
			return [rows(read, audit, lt(audit.at, before))];
	}
}

/** A delivery that is still to come. */
function waitingFor(read: Handle) {
	const { id, messageId, state } = webhookDelivery;
	return read
		.select({ id })
		.from(webhookDelivery)
		.where(and(eq(messageId, webhookMessage.id), eq(state, 'waiting')));
}

type Table =
	| typeof audit
	| typeof event
	| typeof exportFile
	| typeof formSubmission
	| typeof grant
	| typeof importBatch
	| typeof mailbox
	| typeof outbox
	| typeof pass
	| typeof quoteRequest
	| typeof searchWords
	| typeof staffSession
	| typeof touchpoint
	| typeof webhookMessage;

function rows(read: Handle, table: Table, where: SQL | undefined) {
	return read.select({ id: table.id }).from(table).where(where).orderBy(asc(table.id)).$dynamic();
}

function persons(read: Handle, where: SQL | undefined) {
	return read
		.select({ id: person.id })
		.from(person)
		.where(and(isNotNull(person.dataKey), where))
		.orderBy(asc(person.id))
		.$dynamic();
}

function personsOfLeads(read: Handle, where: SQL | undefined) {
	return read
		.select({ id: person.id })
		.from(person)
		.innerJoin(lead, eq(lead.id, person.leadId))
		.where(and(isNotNull(person.dataKey), where))
		.orderBy(asc(person.id))
		.$dynamic();
}

/** Only strangers' words stand behind them, none of them new. */
function onlyTyped(read: Handle, before: Date): SQL | undefined {
	const typed = read.select({ id: formSubmission.personId }).from(formSubmission).where(isNull(formSubmission.appliedAt));
	const known = read.select({ id: formSubmission.id }).from(formSubmission);
	const ofPerson = eq(formSubmission.personId, person.id);
	return and(
		inArray(person.id, typed),
		notExists(known.where(and(ofPerson, or(gte(formSubmission.at, before), isNotNull(formSubmission.appliedAt))))),
	);
}
