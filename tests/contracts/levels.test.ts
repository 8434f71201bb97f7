import { getTableColumns, getTableName, is } from 'drizzle-orm';
import { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { describe, expect, test } from 'vitest';

import * as kernel from '#kernel/schema.ts';
import * as webinar from '#webinar/schema.ts';

import * as offer from '../../gating/offer/schema.ts';
import { FIELDS, LEVELS, levelOf } from '../../gating/privacy/levels.ts';
import * as gating from '../../gating/schema.ts';
import { can, STAFF_ROLES } from '../../gating/staff/can.ts';

/** Names that mean the same code or id in whatever table they stand. */
const CODES = new Set(
	`action actor basis by cause channel code country cursor decision delimiter encoding event field group grade how id key kind locale match month
	outcome origin owner parent purpose question reach rights role rule scope size source stage state status subject textHash tick timeZone title type verdict
	workingState lastError localDay mergedInto lastSeenDay lastDay scoredDay usedDay currency mediaType formKey sheetKey choice option mode slug poll mqlCause collection
	createdBy releasedBy undoneBy removedBy author staffId tag coupon dealerState industry`.split(/\s+/),
);
const ID = /(?:Id|id)$/;

/** What staff, editors or the hub itself wrote about no person; each with its reason where the name does not say it. */
const PLAIN: Readonly<Record<string, readonly string[]>> = {
	// Ids and codes only, as its own rule says.
	audit: ['detail'],
	file: ['hash', 'filename', 'detail'],
	idempotency: ['requestHash', 'body'],
	job: ['params'],
	hand_over: ['demand'],
	staff_absence: ['from', 'until', 'deputy'],
	work_rule: ['body'],
	outbox: ['payload'],
	account: ['nameOf', 'website'],
	account_member: ['committeeCause', 'leftCause'],
	api_token: ['name', 'hash'],
	campaign: ['name'],
	channel: ['nameEn', 'nameZh'],
	consent_text: ['hash', 'text'],
	form_submission: ['consents', 'reasons'],
	import_batch: ['name', 'basis', 'mapping', 'session'],
	import_row: ['reasons'],
	// Ids and codes of what staff did; a query of the list may hold what was looked for.
	lead_bulk: ['act'],
	lead_bulk_lead: ['change'],
	hold_out: ['changedBy'],
	// Codes, and ids of staff.
	report_schedule: ['reports', 'recipients', 'rhythm'],
	experiment: ['definition', 'winner', 'decidedOver'],
	experiment_version: ['definition', 'startedBy'],
	experiment_exposure: ['variant'],
	lead_view: ['name'],
	// What staff write; of people ids, codes and steps.
	journey: ['draft'],
	journey_version: ['definition', 'publishedBy'],
	journey_enrolment: ['occasion', 'data', 'reason', 'step'],
	journey_signal: ['data'],
	journey_task: ['words', 'doneBy'],
	journey_trail: ['step', 'because'],
	move: ['from', 'to', 'evidence'],
	work_move: ['from', 'to', 'evidence'],
	disposition: ['reason', 'before', 'after'],
	deal: ['reason', 'closedOn'],
	deal_change: ['reason'],
	// What staff entered; messages hold ids and codes.
	// Ids and codes: words are made when a message goes.
	message: ['class', 'composer', 'params', 'reason', 'answer'],
	// Names, keys of templates and subjects that marketing wrote.
	mailing: ['name', 'template', 'templateB', 'trial', 'subjectBEn', 'subjectBZh', 'winner', 'rhythm', 'firstAt', 'submittedBy', 'approvedBy'],
	mailing_run: ['skipped', 'winner'],
	mailing_recipient: ['variant', 'messageKey'],
	message_decision: ['reason'],
	message_settings: ['body'],
	suppression: ['reason', 'liftedBy'],
	webhook_endpoint: ['url', 'name', 'events', 'level'],
	webhook_message: ['data'],
	notice_choice: ['muted'],
	export_file: ['list', 'format', 'columns'],
	webhook_attempt: ['error'],
	score_ledger: ['reason'],
	referral_programme: ['titleEn', 'titleZh', 'rewardEn', 'rewardZh', 'termsEn', 'termsZh'],
	acceptance_model: ['model'],
	scoring_model: ['model'],
	// Numbers of leads and what staff decided.
	scoring_draft: ['preview'],
	scoring_publication: ['authorName', 'marketing', 'sales'],
	scoring_revision: ['model', 'editor', 'editorName'],
	scoring_sign_off: ['side', 'name'],
	screening_sheet: ['sheet'],
	segment: ['name', 'conditions'],
	source: ['name', 'path', 'utmSource', 'utmMedium', 'utmCampaign'],
	// Members of staff, who are told so when they are employed.
	staff_member: ['name'],
	staff_session: ['hash', 'name'],
	tactic: ['name'],
	tag: ['nameEn', 'nameZh'],
	target_definition: ['definition'],
	target_list: ['name'],
	utm_rule: ['source', 'medium', 'campaign'],
	dealer_link: ['dealer'],
	offer_claim: ['offer'],
	offer_redemption: ['dealer'],
	quote_request: ['products', 'dealer'],
	// Words of planned moments; what people write is in `sealed`.
	interaction: ['data', 'audience', 'showing'],
	room_signal: ['body'],
	webinar_occurrence: ['place'],
	registration: ['attendedVia'],
	webinar_invitation: ['dropped'],
	// How the host means it to go; staff by their ids.
	search_day: ['day'],
	// Queries that enough people asked, and what staff mean to do about them.
	search_words: ['words'],
	search_task: ['words', 'assignee', 'note', 'doneBy'],
	run_sheet: ['highlights', 'lines', 'done', 'updatedBy'],
	webinar_banner: ['places', 'text', 'tags', 'updatedBy'],
	// What the host asks, offers and answers in a room; choices are numbers of options.
	poll_vote: ['choices', 'showing'],
	room_poll: ['form', 'options', 'correct', 'shows'],
	room_question: ['speaker', 'answer'],
	room_rules: ['words'],
	room_draw: ['prizes', 'seed', 'commitment'],
	room_draw_entry: ['consentHash'],
	recording: ['fileKey', 'problem'],
	follow_up: ['class'],
	late_question: ['answeredBy'],
	replay_terms: ['hlsPath'],
	slot_impression: ['slot'],
};

const tables = [kernel, gating, offer, webinar].flatMap((folder) =>
	Object.values(folder).filter((value) => is(value, SQLiteTable)),
) as unknown as SQLiteTable[];
/** Columns that can hold words: numbers, moments and answers of yes and no name nobody. */
const wordColumns = (table: SQLiteTable): string[] =>
	Object.entries(getTableColumns(table))
		.filter(([, column]) => ['text', 'blob'].includes(column.getSQLType()))
		.map(([property]) => property);

describe('levels of personal data', () => {
	test('every column that can hold words has a level, or is known to hold none about a person', () => {
		const unknown = tables.flatMap((table) => {
			const name = getTableName(table);
			return wordColumns(table)
				.filter((property) => levelOf(name, property) === null && !ID.test(property) && !CODES.has(property) && !PLAIN[name]?.includes(property))
				.map((property) => `${name}.${property}`);
		});
		expect(unknown).toEqual([]);
	});

	test('every sealed or keyed column has a level', () => {
		const bytes = tables.flatMap((table) =>
			Object.entries(getTableColumns(table))
				.filter(([property, column]) => column.getSQLType() === 'blob' || property === 'dataKey')
				.map(([property]) => [getTableName(table), property] as const),
		);
		expect(bytes.filter(([table, property]) => !['sealed', 'wrapped'].includes(levelOf(table, property)?.storage ?? ''))).toEqual([]);
		expect(bytes.length).toBeGreaterThan(10);
	});

	test('every field lies as its level allows, and names a column that is there', () => {
		const columns = new Map(tables.map((table) => [getTableName(table), wordColumns(table)]));
		for (const [table, fields] of Object.entries(FIELDS)) {
			for (const property of Object.keys(fields)) {
				const { level, storage } = levelOf(table, property)!;
				expect(columns.get(table), `${table}.${property}`).toContain(property);
				expect(LEVELS[level].storage, `${table}.${property}`).toContain(storage);
			}
		}
	});

	test.each([
		['company', ['admin', 'marketer', 'sales', 'analyst']],
		['contact', ['admin', 'marketer', 'sales']],
		['answers', ['admin', 'marketer', 'sales']],
		['sensitive', ['admin', 'marketer']],
	] as const)('fields of level %s are read by %s and nobody else', (level, roles) => {
		expect(STAFF_ROLES.filter((role) => can(role, LEVELS[level].right))).toEqual(roles);
	});
});

test('no two tables have one name', () => {
	const names = tables.map((table) => getTableName(table));
	expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});
