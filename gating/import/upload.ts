import type { Locale, Snapshot } from '#cms/content.ts';
import { recordAudit } from '#kernel/audit.ts';
import { DomainError } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';

import { requireName } from '../channel/edit-channel.ts';
import { type Reader, whoOf } from '../lead/reader.ts';
import { importBatch, importPart } from '../schema.ts';
import { MOST_BYTES, MOST_ROWS } from './batch.ts';
import type { ImportDeps } from './create-imports.ts';
import { guessMapping } from './guess.ts';
import type { ImportSession } from './presence.ts';
import { openReader } from './reader.ts';
import { type Inspected, sealPart } from './reading.ts';
import { sealSample } from './sample.ts';

const PART_BYTES = 524_288;
const PARTS_A_BODY = 4;

/** How workbooks of Excel begin, new and old: they are to be saved as CSV. */
const WORKBOOKS = [
	[0x50, 0x4b, 0x03, 0x04],
	[0xd0, 0xcf, 0x11, 0xe0],
];

/** Stages a file, sealed, with what it looks like. @throws DomainError invalid for a file that is empty, too large or no list */
export async function upload(
	{ db, keys, now, random, content }: ImportDeps,
	bytes: Uint8Array,
	name: string,
	locale: Locale,
	by: Reader,
	session: ImportSession | null = null,
): Promise<string> {
	const wrong = (code: string) => new DomainError('invalid', 'The file cannot be taken.', { fields: [{ field: 'file', code }] });
	if (bytes.length === 0) throw wrong('import-empty');
	if (bytes.length > MOST_BYTES) throw wrong('import-too-large');
	if (WORKBOOKS.some((magic) => magic.every((byte, index) => bytes[index] === byte))) throw wrong('import-no-list');
	const dataKey = keys.newDataKey();
	const parts: Buffer[] = [];
	for (let from = 0; from < bytes.length; from += PART_BYTES) parts.push(sealPart(keys, dataKey, bytes.subarray(from, from + PART_BYTES)));
	const reader = openReader(keys, random, { dataKey, parts, encoding: '', separator: '' });
	let inspected: Inspected;
	try {
		inspected = await reader.inspect();
	} finally {
		await reader.close();
	}
	const { encoding, separator, headings, sample, rows, isTooWide } = inspected;
	if (rows === 0) throw wrong('import-empty');
	if (rows > MOST_ROWS) throw wrong('import-too-many');
	if (isTooWide || sample.some((cells) => cells.some((cell) => cell.includes('\0')))) throw wrong('import-no-list');
	const at = now();
	const id = newId(at, random);
	for (let seq = 0; seq < parts.length; seq += PARTS_A_BODY) {
		await db.write(async (tx) => {
			await tx
				.insert(importPart)
				.values(parts.slice(seq, seq + PARTS_A_BODY).map((part, index) => ({ importId: id, seq: seq + index, bytes: part })));
		});
	}
	await db.write(async (tx) => {
		await tx.insert(importBatch).values({
			...{
				id,
				name: requireName(name, 'name'),
				reach: 'people',
				tagDays: 0,
				state: 'uploaded',
				channel: session ? 'direct' : 'fair',
				sourceId: null,
				locale,
				country: countryOf(content(), locale),
				contactedAt: session ? new Date(session.startsAt) : at,
				session,
			},
			...{
				basis: { kind: session ? 'interest' : 'request', purposes: [], statement: '' } as const,
				encoding,
				delimiter: separator,
				mapping: guessMapping(headings, sample, session !== null),
			},
			...{ dataKey, sample: sealSample(keys, dataKey, { headings, rows: sample, tags: [] }), sizeBytes: bytes.length, rows, done: 0 },
			...{ createdBy: by.actor, createdAt: at, startedAt: null, finishedAt: null },
		});
		await recordAudit(tx, { ...whoOf(by), action: 'import.upload', subject: `import:${id}`, detail: { rows } }, at, random);
	});
	return id;
}

const countryOf = ({ site }: Snapshot, locale: Locale): string => (locale === 'zh-CN' ? 'CN' : site.phone.startsWith('+41') ? 'CH' : 'DE');
