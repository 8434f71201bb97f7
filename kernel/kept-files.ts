import { createCipheriv, createDecipheriv } from 'node:crypto';
import { pipeline, type Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import { asc, eq, inArray, lte, sum } from 'drizzle-orm';

import type { Now } from './clock.ts';
import type { Database, Handle } from './database.ts';
import { type FileContent, type FileStore, slicesOf } from './files.ts';
import type { Random } from './id.ts';
import { enqueue, type OutboxHandler } from './outbox.ts';
import { file as files } from './schema.ts';

const IV_BYTES = 16;
const REMOVAL = 'kernel.file-removal';
const SWEPT_AT_ONCE = 200;

export type KeptFile = typeof files.$inferSelect;

export interface KeepRequest {
	/** Names what the file is; no personal data. */
	readonly id: string;
	/** 32 bytes that encrypt it at rest, held by whoever may read it; null for what everybody may see. */
	readonly key: Buffer | null;
	readonly personId: string | null;
	readonly mediaType: string;
	readonly filename: string;
	readonly keptForMs: number;
}

export interface MadeFile {
	/** Whole, or in parts as they are made: then no more than a part is in memory. */
	readonly bytes: FileContent;
	readonly detail?: Readonly<Record<string, number>>;
}

/** Files that the hub makes and keeps for a time: made once, encrypted at rest where they name somebody, gone when they expire. */
export interface KeptFiles {
	/** The file of this id, made by `make` when absent: once for all who ask this process at the same time. */
	keep(request: KeepRequest, make: () => Promise<MadeFile>): Promise<KeptFile>;
	/** Null when there is no such file, or no longer. */
	find(id: string): Promise<KeptFile | null>;
	/** Bytes `start` to `end`, both included, or all. With another key than the one it was kept under they are noise. */
	read(kept: KeptFile, key: Buffer | null, range?: { readonly start: number; readonly end: number }): Promise<Readable>;
	/** Removes what has expired, what nobody knows of, and, over the limit, what expires next. Returns how many rows went. */
	sweep(): Promise<number>;
	readonly handlers: Readonly<Record<string, OutboxHandler>>;
	/** What is kept for a person: listed in their export, removed when they are erased. */
	readonly personalData: {
		readonly name: string;
		export(tx: Handle, personId: string): Promise<unknown>;
		erase(tx: Handle, personId: string): Promise<void>;
	};
}

export interface KeptFilesDeps {
	readonly db: Database;
	readonly store: FileStore;
	readonly now: Now;
	readonly random: Random;
	/** All files together; what expires next goes first when there is more. */
	readonly limitBytes: number;
}

export function createKeptFiles({ db, store, now, random, limitBytes }: KeptFilesDeps): KeptFiles {
	const making = new Map<string, Promise<KeptFile>>();
	let strays: ReadonlySet<string> = new Set();

	const find = async (id: string): Promise<KeptFile | null> => {
		const [row] = await db.read.select().from(files).where(eq(files.id, id));
		// Bytes may have been lost with a disk; what can be made again is then made again.
		return row && row.expiresAt > now() && (await store.size(row.hash)) !== null ? row : null;
	};

	const add = async ({ id, key, personId, mediaType, filename, keptForMs }: KeepRequest, { bytes, detail = {} }: MadeFile): Promise<KeptFile> => {
		let sizeBytes = 0;
		const measured = (async function* () {
			for await (const slice of slicesOf(bytes)) {
				sizeBytes += slice.length;
				yield slice;
			}
		})();
		const hash = await store.put(key ? encrypted(measured, key, random) : measured);
		const at = now();
		const row: KeptFile = {
			...{ id, hash, personId, mediaType, filename },
			...{ sizeBytes, detail: { ...detail }, createdAt: at, expiresAt: new Date(at.getTime() + keptForMs) },
		};
		const former = await db.write(async (tx) => {
			const gone = await tx.delete(files).where(eq(files.id, id)).returning({ hash: files.hash });
			await tx.insert(files).values(row);
			return gone;
		});
		for (const { hash: old } of former) if (old !== hash) await removeBytes(old);
		return row;
	};

	/** Two files may be the same bytes: they go with the last of them. */
	const removeBytes = async (hash: string): Promise<void> => {
		const [other] = await db.read.select({ id: files.id }).from(files).where(eq(files.hash, hash)).limit(1);
		if (!other) await store.remove(hash);
	};
	const removeRows = async (ids: readonly string[]): Promise<number> => {
		if (ids.length === 0) return 0;
		const gone = await db.write(async (tx) =>
			tx
				.delete(files)
				.where(inArray(files.id, [...ids]))
				.returning({ hash: files.hash }),
		);
		for (const { hash } of gone) await removeBytes(hash);
		return gone.length;
	};

	/** Bytes without a row: a crash between the two. Seen twice, so that one that is being kept now is left alone. */
	const removeStrays = async (): Promise<void> => {
		const known = new Set((await db.read.select({ hash: files.hash }).from(files)).map(({ hash }) => hash));
		const unknown = (await store.list()).filter((hash) => !known.has(hash));
		for (const hash of unknown) if (strays.has(hash)) await removeBytes(hash);
		strays = new Set(unknown);
	};
	const overLimit = async (): Promise<string[]> => {
		const [row] = await db.read.select({ bytes: sum(files.sizeBytes).mapWith(Number) }).from(files);
		let over = (row?.bytes ?? 0) - limitBytes;
		if (over <= 0) return [];
		const next = await db.read.select({ id: files.id, sizeBytes: files.sizeBytes }).from(files).orderBy(asc(files.expiresAt)).limit(SWEPT_AT_ONCE);
		return next.filter(({ sizeBytes }) => over > 0 && ((over -= sizeBytes), true)).map(({ id }) => id);
	};

	return Object.freeze<KeptFiles>({
		find,
		keep: (request, make) => {
			const others = making.get(request.id);
			if (others) return others;
			const mine = (async () => (await find(request.id)) ?? add(request, await make()))().finally(() => making.delete(request.id));
			making.set(request.id, mine);
			return mine;
		},
		read: async ({ hash }, key, range) => (key ? decrypted(store, hash, key, range) : store.read(hash, range)),
		sweep: async () => {
			const expired = await db.read.select({ id: files.id }).from(files).where(lte(files.expiresAt, now())).limit(SWEPT_AT_ONCE);
			const gone = await removeRows(expired.map(({ id }) => id));
			const pressed = await removeRows(await overLimit());
			await removeStrays();
			return gone + pressed;
		},
		handlers: {
			[REMOVAL]: async ({ payload }) => removeBytes(String(payload['hash'])),
		},
		personalData: {
			name: 'files',
			export: async (tx, personId) =>
				tx
					.select({ filename: files.filename, sizeBytes: files.sizeBytes, createdAt: files.createdAt, expiresAt: files.expiresAt })
					.from(files)
					.where(eq(files.personId, personId))
					.orderBy(asc(files.createdAt)),
			erase: async (tx, personId) => {
				const gone = await tx.delete(files).where(eq(files.personId, personId)).returning({ hash: files.hash });
				const at = now();
				for (const hash of new Set(gone.map((row) => row.hash)))
					await enqueue(tx, { kind: REMOVAL, key: `${REMOVAL}:${hash}`, payload: { hash }, dueAt: at }, at, random);
			},
		},
	});
}

/** AES-256 in counter mode, so that any part can be read alone; the file begins with its counter's start. */
async function* encrypted(bytes: FileContent, key: Buffer, random: Random): AsyncGenerator<Uint8Array> {
	const iv = random(IV_BYTES);
	const cipher = createCipheriv('aes-256-ctr', key, iv);
	yield iv;
	for await (const slice of slicesOf(bytes)) yield cipher.update(slice);
	yield cipher.final();
}

async function decrypted(store: FileStore, hash: string, key: Buffer, range?: { readonly start: number; readonly end: number }): Promise<Readable> {
	const iv = await buffer(store.read(hash, { start: 0, end: IV_BYTES - 1 }));
	const start = range?.start ?? 0;
	const decipher = createDecipheriv('aes-256-ctr', key, counterAt(iv, Math.floor(start / IV_BYTES)));
	decipher.update(Buffer.alloc(start % IV_BYTES));
	const source = store.read(hash, { start: IV_BYTES + start, end: range ? IV_BYTES + range.end : Infinity });
	return pipeline(source, decipher, () => undefined);
}

/** The counter `blocks` after `iv`, as a 128-bit number. */
function counterAt(iv: Buffer, blocks: number): Buffer {
	const sum = (BigInt(`0x${iv.toString('hex')}`) + BigInt(blocks)) & ((1n << 128n) - 1n);
	return Buffer.from(sum.toString(16).padStart(32, '0'), 'hex');
}
