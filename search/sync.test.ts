import { expect, test } from 'vitest';

import type { Snapshot } from '#cms/content.ts';
import { silentLog } from '#kernel/log.ts';
import { sampleContent } from '#tests/support/sample-content.ts';

import { countDocuments } from './document.ts';
import type { HashedDocument, SearchEngine } from './engine.ts';
import { createSync } from './sync.ts';

const content = sampleContent();

/** An engine that holds documents and writes down what it was told. */
function memoryEngine() {
	const held = new Map<string, string>();
	const log: string[] = [];
	let rules: string | null = null;
	const state = { failing: false };
	const keep = ({ document, hash }: HashedDocument) => held.set(`${document.locale}/${document.id}`, hash);
	const engine: SearchEngine = {
		replaceAll: (documents, given) => {
			if (state.failing) return Promise.reject(new Error('full'));
			held.clear();
			for (const document of documents) keep(document);
			rules = given.hash;
			log.push('replace');
			return Promise.resolve();
		},
		upsert: (documents) => {
			if (state.failing) return Promise.reject(new Error('full'));
			documents.forEach(keep);
			log.push(...documents.map(({ document }) => `write ${document.locale} ${document.reference}`));
			return Promise.resolve();
		},
		remove: (documents) => {
			for (const { locale, id } of documents) held.delete(`${locale}/${id}`);
			log.push(`remove ${documents.length}`);
			return Promise.resolve();
		},
		contents: () => {
			log.push('read');
			return Promise.resolve({
				rules,
				documents: [...held].map(([key, hash]) => ({ locale: key.startsWith('en/') ? 'en' : 'zh-CN', id: key.slice(key.indexOf('/') + 1), hash })),
			});
		},
		query: () => Promise.reject(new Error('not asked here')),
		suggest: () => Promise.reject(new Error('not asked here')),
		close: () => Promise.resolve(),
	};
	return { engine, log, state, held };
}

const withTitle = (en: string): Snapshot => ({
	...content,
	cases: content.cases.map((one, index) => (index === 0 ? { ...one, title: { ...one.title, en } } : one)),
});

test('an empty engine is filled; then only what differs is written', async () => {
	const { engine, log, held } = memoryEngine();
	const sync = createSync(engine, silentLog);
	expect(sync.isCurrent()).toBe(false);
	await sync.bring(content);
	await sync.bring(content);
	await sync.bring(withTitle('Another title'));
	await sync.bring({ ...content, articles: content.articles.slice(1) });
	expect(log).toEqual(['read', 'replace', `write en cases/${content.cases[0]!.slug}`, `write en cases/${content.cases[0]!.slug}`, 'remove 2']);
	expect([sync.isCurrent(), sync.documents(), held.size]).toEqual([true, countDocuments(content) - 2, countDocuments(content) - 2]);
});

test('a start catches up with what changed while nobody looked', async () => {
	const { engine, log } = memoryEngine();
	await createSync(engine, silentLog).bring(content);
	log.length = 0;
	await createSync(engine, silentLog).bring(withTitle('While away'));
	expect(log).toEqual(['read', `write en cases/${content.cases[0]!.slug}`]);
});

test('other rules of the editors are a new index', async () => {
	const { engine, log } = memoryEngine();
	const sync = createSync(engine, silentLog);
	await sync.bring(content);
	await sync.bring({ ...content, searchRules: content.searchRules.slice(1) });
	expect(log).toEqual(['read', 'replace', 'replace']);
});

test('an engine whose documents carry no rules takes them at once, and nothing is indexed anew', async () => {
	const { engine, log } = memoryEngine();
	const sync = createSync({ ...engine, setRules: ({ rules }) => Promise.resolve(void log.push(`rules ${rules.synonyms.length}`)) }, silentLog);
	await sync.bring(content);
	await sync.bring({ ...content, searchRules: content.searchRules.filter(({ kind }) => kind !== 'synonym') });
	await sync.bring({ ...content, searchRules: content.searchRules.filter(({ kind }) => kind !== 'synonym') });
	expect(log).toEqual(['read', 'replace', 'rules 0']);
});

test('a new index tells how far it is', async () => {
	const { engine } = memoryEngine();
	let sync = createSync(engine, silentLog);
	const seen: unknown[] = [];
	sync = createSync(
		{ ...engine, replaceAll: async (documents, rules, tell) => (tell?.(7), seen.push(sync.progress()), engine.replaceAll(documents, rules)) },
		silentLog,
	);
	await sync.bring(content);
	expect([...seen, sync.progress()]).toEqual([{ done: 7, total: expect.any(Number) as number }, null]);
});

test('after a failure the engine is behind, and is read again', async () => {
	const { engine, log, state } = memoryEngine();
	const sync = createSync(engine, silentLog);
	await sync.bring(content);
	state.failing = true;
	await expect(sync.bring(withTitle('Lost'))).rejects.toThrow('full');
	expect(sync.isCurrent()).toBe(false);
	state.failing = false;
	await sync.bring(withTitle('Lost'));
	expect([log.slice(2), sync.isCurrent()]).toEqual([['read', `write en cases/${content.cases[0]!.slug}`], true]);
});

test('changes that come while one is written are taken together, the last one winning', async () => {
	const { engine, log, held } = memoryEngine();
	const sync = createSync(engine, silentLog);
	await sync.bring(content);
	log.length = 0;
	const before = new Map(held);
	await Promise.all(['One', 'Two', 'Three'].map((title) => sync.bring(withTitle(title))));
	expect(log).toHaveLength(1);
	await sync.bring(content);
	expect(held).toEqual(before);
});
