import { type Columns, sqliteColumns } from '#kernel/columns.ts';

import type { ImportBasis, ImportMapping } from './batch.ts';
import type { ImportSession } from './presence.ts';

/** Tables of imports. What the file says lies sealed: with the import's own key until the people of its rows are known, then with theirs. */
export const defineImports = (c: Columns) => ({
	importBatch: c.table('import_batch', {
		id: c.id('id').primaryKey(),
		/** Given by staff: `Hannover Messe 2026`. */
		name: c.text('name').notNull(),
		/** `people`: everybody in it is put on record. `known`: only people on record are added to. */
		reach: c.text('reach').notNull(),
		/** See {@link ImportState}. */
		state: c.text('state').notNull(),
		/** Channel the people came by, and the source of it if there is one. */
		channel: c.text('channel').notNull(),
		sourceId: c.text('source_id'),
		locale: c.text('locale').notNull(),
		/** ISO 3166 code that phone numbers without `+` are read for. */
		country: c.text('country').notNull(),
		/** When the contacts were made. */
		contactedAt: c.instant('contacted_at').notNull(),
		/** On what ground the data may be kept and used. */
		basis: c.json<ImportBasis>('basis').notNull(),
		/** Of lists of who was at a session elsewhere; null for lists of people. */
		session: c.json<ImportSession>('session'),
		encoding: c.text('encoding').notNull(),
		delimiter: c.text('delimiter').notNull(),
		/** Days that its tags hold from {@link contactedAt} on; 0: as each tag says. */
		tagDays: c.int('tag_days').notNull(),
		/** Target per column, in order. */
		mapping: c.json<ImportMapping>('mapping').notNull(),
		/** Opens staged bytes and kept cells; null once they are gone for good. */
		dataKey: c.text('data_key'),
		/** JSON of the first rows and of the tags that the dry run found, sealed: headers may be names. */
		sample: c.bytes('sample'),
		sizeBytes: c.int('size_bytes').notNull(),
		rows: c.int('row_count').notNull(),
		/** Rows stored so far, in the order of the run: where a crashed run goes on. */
		done: c.int('done_count').notNull(),
		createdBy: c.text('created_by').notNull(),
		createdAt: c.instant('created_at').notNull(),
		startedAt: c.instant('started_at'),
		finishedAt: c.instant('finished_at'),
	}),

	/** The uploaded bytes, in order, sealed. */
	importPart: c.table(
		'import_part',
		{ importId: c.text('import_id').notNull(), seq: c.int('seq').notNull(), bytes: c.bytes('bytes').notNull() },
		(t) => [c.primaryKey({ columns: [t.importId, t.seq] })],
	),

	/** What became of each row of the file. */
	importRow: c.table(
		'import_row',
		{
			importId: c.text('import_id').notNull(),
			/** Line of the list: 1 is the first under the header. */
			row: c.int('row_number').notNull(),
			/** `accept`, `flag`, `quarantine`, `error`, or `unmatched`: of reach `known`, and of nobody on record. */
			outcome: c.text('outcome').notNull(),
			/** Names of the rules that fired, or the error's code. */
			reasons: c.json<readonly string[]>('reasons').notNull(),
			/** What it says of a session: `absent`, `unknown`, or the minutes there; null in lists of people. */
			presence: c.text('presence'),
			/** `new` or `known`; '' for rows that are put to nobody. */
			match: c.text('match').notNull(),
			personId: c.text('person_id'),
			/** JSON of the cells, sealed; kept for rows that somebody should look at. */
			cells: c.bytes('cells'),
			/** Keyed hash that the person of an unmatched row would be known by: its cells go when they are erased. */
			hash: c.text('hash'),
		},
		(t) => [
			c.primaryKey({ columns: [t.importId, t.row] }),
			c.index('import_row_outcome').on(t.importId, t.outcome, t.row),
			c.index('import_row_person').on(t.personId),
			c.index('import_row_hash').on(t.hash),
		],
	),

	/** What an import says of a person, with source and date: beside their own words, never over them. */
	personAttribute: c.table(
		'person_attribute',
		{
			personId: c.text('person_id').notNull(),
			importId: c.text('import_id').notNull(),
			row: c.int('row_number').notNull(),
			at: c.instant('at').notNull(),
			/** JSON of `{fields, extra}`, sealed with the person's key. */
			sealed: c.bytes('sealed').notNull(),
		},
		(t) => [c.primaryKey({ columns: [t.personId, t.importId, t.row] }), c.index('person_attribute_import').on(t.importId)],
	),
});

export const { importBatch, importPart, importRow, personAttribute } = defineImports(sqliteColumns);
