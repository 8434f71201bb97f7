import { blockInsert } from '#gating/import/blocks.ts';
import {
	account,
	accountDomain,
	accountMember,
	consent,
	deal,
	dealChange,
	disposition,
	event,
	formSubmission,
	handOver,
	interaction,
	lead,
	move,
	person,
	personLookup,
	scoreLedger,
	screeningAnswer,
	touchpoint,
	workMove,
} from '#gating/schema.ts';
import type { Handle } from '#kernel/database.ts';
import { attendance, registration } from '#webinar/schema.ts';

const TABLES = {
	account,
	accountDomain,
	accountMember,
	attendance,
	consent,
	deal,
	dealChange,
	disposition,
	event,
	formSubmission,
	handOver,
	interaction,
	lead,
	move,
	person,
	personLookup,
	registration,
	scoreLedger,
	screeningAnswer,
	touchpoint,
	workMove,
} as const;
type Tables = typeof TABLES;

/** Rows to be written together, by table. */
export type Rows = { readonly [T in keyof Tables]: Tables[T]['$inferInsert'][] };

const NAMES = Object.keys(TABLES) as readonly (keyof Tables)[];

export const noRows = (): Rows => Object.fromEntries(NAMES.map((name) => [name, []])) as unknown as Rows;

/** Prepared inserts by table and the columns that have a value: what is null is left out, as a prepared statement cannot take it. */
const inserts = new Map<string, (tx: Handle, rows: readonly never[]) => Promise<void>>();

/** Writes all rows in the body of `tx`. */
export async function writeRows(tx: Handle, rows: Rows): Promise<void> {
	for (const name of NAMES) {
		for (const [columns, own] of Map.groupBy(rows[name] as readonly Readonly<Record<string, unknown>>[], valued)) {
			const key = `demo.${name}.${columns}`;
			let insert = inserts.get(key);
			if (!insert) inserts.set(key, (insert = blockInsert(`demo.${inserts.size}`, TABLES[name], columns.split(' ') as never) as never));
			await insert(tx, own as never);
		}
	}
}

function valued(row: Readonly<Record<string, unknown>>): string {
	let columns = '';
	for (const column in row) if (row[column] !== null && row[column] !== undefined) columns += columns === '' ? column : ` ${column}`;
	return columns;
}
