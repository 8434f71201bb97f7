import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';

import type { Locale, Snapshot } from '#cms/content.ts';
import type { Log } from '#kernel/log.ts';

import { chunksOf } from './chunk.ts';
import { countDocuments, documentsOf } from './document.ts';
import type { HashedDocument, HashedRules, SearchEngine } from './engine.ts';
import { rulesOf } from './rules.ts';

export interface Progress {
	readonly done: number;
	readonly total: number;
}

/** Brings one engine up to the content, and knows whether it is. */
export interface Sync {
	/** Compares and writes what differs. Calls made meanwhile are answered by one more comparison, with the latest snapshot. */
	bring(snapshot: Snapshot): Promise<void>;
	/** Builds the whole index anew. */
	rebuild(snapshot: Snapshot, onProgress?: (done: number, total: number) => void): Promise<void>;
	/** False from a failed write, or a start, until the next that succeeds. */
	isCurrent(): boolean;
	/** How many documents the engine holds. */
	documents(): number;
	/** How far a whole new index has come; null while none is built. */
	progress(): Progress | null;
}

const CHUNK = 50;

export function createSync(engine: SearchEngine, log: Log): Sync {
	let known: Map<string, string> | null = null;
	let knownRules: string | null = null;
	let count = 0;
	let isCurrent = false;
	let progress: Progress | null = null;
	let tail: Promise<unknown> = Promise.resolve();
	let waiting: { snapshot: Snapshot; done: Promise<void> } | null = null;

	const inTurn = (work: () => Promise<void>): Promise<void> => {
		const run = tail.then(async () => {
			try {
				await work();
				isCurrent = true;
			} catch (error) {
				isCurrent = false;
				known = null; // what the engine holds after a failure is read from it
				throw error;
			}
		});
		tail = run.catch(() => undefined);
		return run;
	};

	const replace = async (snapshot: Snapshot, rules: HashedRules, onProgress?: (done: number, total: number) => void): Promise<void> => {
		const hashes = new Map<string, string>();
		const total = countDocuments(snapshot);
		progress = { done: 0, total };
		try {
			await engine.replaceAll(remembered(hashed(snapshot), hashes), rules, (done) => {
				progress = { done, total };
				onProgress?.(done, total);
			});
		} finally {
			progress = null;
		}
		known = hashes;
		knownRules = rules.hash;
		count = hashes.size;
		log.info({ documents: hashes.size }, 'search index built');
	};

	const compare = async (snapshot: Snapshot): Promise<void> => {
		if (known === null) {
			const contents = await engine.contents();
			known = new Map(contents.documents.map(({ locale, id, hash }) => [keyOf(locale, id), hash]));
			knownRules = contents.rules;
		}
		const rules = hashedRules(snapshot);
		const hasNewRules = knownRules !== rules.hash;
		if (known.size === 0 || knownRules === null || (hasNewRules && !engine.setRules)) return replace(snapshot, rules);
		if (hasNewRules) {
			await engine.setRules?.(rules);
			knownRules = rules.hash;
		}

		const gone = new Set(known.keys());
		let changed: HashedDocument[] = [];
		let written = 0;
		const write = async (): Promise<void> => {
			if (changed.length === 0) return;
			await engine.upsert(changed);
			for (const { document, hash } of changed) known?.set(keyOf(document.locale, document.id), hash);
			written += changed.length;
			changed = [];
		};
		for (const chunk of chunksOf(hashed(snapshot), CHUNK)) {
			for (const one of chunk) {
				const key = keyOf(one.document.locale, one.document.id);
				gone.delete(key);
				if (known.get(key) !== one.hash) changed.push(one);
			}
			if (changed.length >= CHUNK) await write();
			await nextTurn(); // a large comparison leaves room for requests
		}
		await write();
		if (gone.size > 0) await engine.remove([...gone].map(fromKey));
		for (const key of gone) known.delete(key);
		count = known.size;
		if (written + gone.size > 0) log.info({ written, removed: gone.size }, 'search index brought up to date');
	};

	return Object.freeze<Sync>({
		bring: (snapshot) => {
			if (waiting !== null) {
				waiting.snapshot = snapshot;
				return waiting.done;
			}
			const turn: { snapshot: Snapshot; done: Promise<void> } = { snapshot, done: Promise.resolve() };
			waiting = turn;
			turn.done = inTurn(() => {
				waiting = null;
				return compare(turn.snapshot);
			});
			return turn.done;
		},
		rebuild: (snapshot, onProgress) => inTurn(() => replace(snapshot, hashedRules(snapshot), onProgress)),
		isCurrent: () => isCurrent,
		documents: () => count,
		progress: () => progress,
	});
}

function* hashed(snapshot: Snapshot): Generator<HashedDocument> {
	for (const document of documentsOf(snapshot)) yield { document, hash: hashOf(document) };
}

function* remembered(documents: Iterable<HashedDocument>, hashes: Map<string, string>): Generator<HashedDocument> {
	for (const one of documents) {
		hashes.set(keyOf(one.document.locale, one.document.id), one.hash);
		yield one;
	}
}

function hashedRules(snapshot: Snapshot): HashedRules {
	const rules = rulesOf(snapshot.searchRules);
	return { rules, hash: hashOf(rules) };
}

function hashOf(value: unknown): string {
	return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22);
}

function keyOf(locale: Locale, id: string): string {
	return `${locale}/${id}`;
}

function fromKey(key: string): { locale: Locale; id: string } {
	const slash = key.indexOf('/');
	return { locale: key.slice(0, slash) as Locale, id: key.slice(slash + 1) };
}
