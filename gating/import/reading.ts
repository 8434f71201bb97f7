import type { Random } from '#kernel/id.ts';
import type { Keys, MasterKey } from '#kernel/keys.ts';

import { foldWords, openWords, type RowWords, sealWords } from './attribute.ts';
import { MOST_COLUMNS } from './batch.ts';
import { type CsvRow, sniffSeparator } from './csv.ts';
import { decode, detectEncoding, type Encoding } from './decode.ts';
import { dated, type FreshPerson, lookupsOf, namesMail, type PreparedGroup, type PrepareOptions, prepareRows, type RowRefusal } from './prepare.ts';
import { openTable } from './table.ts';
import type { Profile } from '../identity/profile.ts';
import { openSaid, sealProfile } from '../identity/person.ts';

const PART = 'import_part.bytes';
const SAMPLE_ROWS = 12;
const LONGEST_SAMPLE_CELL = 200;

/** What a thread is given to begin with: the ring of keys, and the file as it lies sealed. */
export interface ReadingStart {
	readonly ring: readonly MasterKey[];
	readonly dataKey: string;
	readonly parts: readonly Uint8Array[];
	/** '' to find out. */
	readonly encoding: Encoding | '';
	readonly separator: string;
}

/** What a file looks like. */
export interface Inspected {
	readonly encoding: Encoding;
	readonly separator: string;
	/** '' for each column of a file without headings. */
	readonly headings: readonly string[];
	/** The first rows. */
	readonly sample: readonly (readonly string[])[];
	/** Rows without the headings. */
	readonly rows: number;
	readonly isTooWide: boolean;
}

export interface Batch {
	readonly groups: readonly PreparedGroup[];
	readonly refused: readonly RowRefusal[];
	/** Rows given out so far, this batch included. */
	readonly done: number;
	readonly isLast: boolean;
}

/** A known person and what a list says of them beside what is on record. */
export interface KnownPerson {
	readonly dataKey: string;
	readonly profile: Uint8Array | null;
	readonly attributes: readonly { readonly sealed: Uint8Array; readonly at: number; readonly importId: string }[];
	readonly words: readonly RowWords[];
}

/** The same, worked out: what to store. */
export interface Resolved {
	readonly sealed: readonly Uint8Array[];
	readonly imported: Uint8Array | null;
	readonly lookups: FreshPerson['lookups'];
	readonly profile: Pick<Profile, 'company' | 'email'>;
}

/** Parts of `bytes` as they are staged. */
export function sealPart(keys: Keys, dataKey: string, bytes: Uint8Array): Buffer {
	return keys.seal(dataKey, PART, Buffer.from(bytes).toString('latin1'));
}

/** A file being read: rows known by phone alone first, so that whom they belong to does not hang on the order of the rows. */
export function openReading(keys: Keys, random: Random, start: Omit<ReadingStart, 'ring'>) {
	const bytes = Buffer.concat(start.parts.map((part) => Buffer.from(keys.unseal(start.dataKey, PART, Buffer.from(part)), 'latin1')));
	const encoding = start.encoding || detectEncoding(bytes);
	const { text, separator: named } = decode(bytes, encoding);
	const separator = start.separator || named || sniffSeparator(text);
	const { first, hasHead, rows } = openTable(text, separator);

	function* ordered(options: PrepareOptions): Generator<CsvRow> {
		for (const isMailTurn of [false, true]) for (const row of rows()) if (namesMail(options, row) === isMailTurn) yield row;
	}
	let order: Generator<CsvRow> | null = null;
	let done = 0;

	return Object.freeze({
		inspect: (): Inspected => {
			const sample: (readonly string[])[] = [];
			let count = 0;
			for (const { cells } of rows()) {
				if (count++ < SAMPLE_ROWS) sample.push(cells.map((cell) => cell.slice(0, LONGEST_SAMPLE_CELL)));
			}
			const width = Math.max(first.length, ...sample.map(({ length }) => length));
			const headings = Array.from({ length: Math.min(width, MOST_COLUMNS) }, (_, index) =>
				hasHead ? (first[index] ?? '').slice(0, LONGEST_SAMPLE_CELL) : '',
			);
			return { encoding, separator, headings, sample, rows: count, isTooWide: width > MOST_COLUMNS };
		},
		/** Goes to where a run had got to. */
		skip: (options: PrepareOptions, count: number): void => {
			order = ordered(options);
			for (done = 0; done < count; done++) if (order.next().done) return;
		},
		next: (options: PrepareOptions, size: number): Batch => {
			order ??= ordered(options);
			const taken: CsvRow[] = [];
			let isLast = false;
			while (taken.length < size) {
				const { value, done: isOver } = order.next();
				if (isOver) {
					isLast = true;
					break;
				}
				taken.push(value);
			}
			done += taken.length;
			return { ...prepareRows({ keys, random }, options, taken), done, isLast };
		},
		resolve: (options: PrepareOptions, people: readonly KnownPerson[]): Resolved[] => people.map((one) => resolveOne(keys, options, one)),
	});
}

export type Reading = ReturnType<typeof openReading>;

/** What is on record of a person and what is said of them anew, together. Also for undoing, with no new words. */
export function resolveOne(
	keys: Keys,
	options: Pick<PrepareOptions, 'contactedAt' | 'importId'>,
	{ dataKey, profile, attributes, words }: KnownPerson,
): Resolved {
	const held = attributes.map(({ sealed, at, importId }) => ({ ...openWords(keys, dataKey, Buffer.from(sealed)), at, importId }));
	const all = [...held, ...words.map((one) => dated(options, one))];
	const imported = foldWords(all);
	const said = openSaid(keys, { dataKey, profile: profile && Buffer.from(profile) });
	const whole = { ...imported, ...said };
	return {
		sealed: words.map((one) => sealWords(keys, dataKey, one)),
		imported: all.length === 0 ? null : sealProfile(keys, dataKey, imported),
		lookups: lookupsOf(keys, whole),
		profile: whole,
	};
}
