import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { Row } from '../client.ts';
import { severityOf } from '../content.ts';
import { collections } from '../directus/model/index.ts';
import { COLLECTION_NAMES, type Rows } from '../rows.ts';
import { project } from './project.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
/** Values that a column holds when something went wrong, beside those that it should hold. */
const value = fc.oneof(
	fc.constantFrom(
		'published',
		'draft',
		'a-slug',
		'en',
		'text',
		'cta',
		'live',
		'simulive',
		'2026-01-01T00:00:00Z',
		'2026-99-99',
		'x',
		'1',
		'-1',
		'',
		' ',
	),
	fc.constantFrom('javascript:alert(1)', '<script>alert(1)</script>', '{{title}}', '😀 مرحبا', '\u0000', '\ud800'),
	fc.jsonValue({ maxDepth: 3 }),
	fc.array(
		fc.record({
			key: fc.constantFrom('1', '2', null),
			collection: fc.string(),
			kind: fc.constantFrom('text', 'cards', 'picture'),
			body_en: fc.string(),
		}),
	),
) as fc.Arbitrary<unknown>;

const rowOf = (name: string): fc.Arbitrary<Row> => {
	const columns = collections.find(({ collection }) => collection === name)?.fields.map(({ field }) => field) ?? [];
	return fc.record(
		{ id: fc.oneof(fc.constantFrom('1', '2', '3'), value), ...Object.fromEntries(columns.filter((one) => one !== 'id').map((one) => [one, value])) },
		{ requiredKeys: [] },
	);
};

const anyRows = fc.record({
	collections: fc.record(Object.fromEntries(COLLECTION_NAMES.map((name) => [name, fc.array(rowOf(name), { maxLength: 3 })]))),
	site: rowOf('site'),
	files: fc.array(
		fc.record({ id: fc.constantFrom('1', '2'), type: value, filesize: value, width: value, height: value, folder: value, modified_on: value }),
		{ maxLength: 2 },
	),
	folders: fc.array(fc.record({ id: value, parent: value }), { maxLength: 3 }),
}) as unknown as fc.Arbitrary<Rows>;

test('whatever stands in the columns, something can be shown, and each complaint names its item and field', () => {
	fc.assert(
		fc.property(anyRows, (rows) => {
			const { snapshot, problems } = project(rows, NOW, 1);
			for (const problem of problems) {
				expect(severityOf(problem)).toBeDefined();
				expect(problem.detail).not.toBe('');
			}
			for (const list of [snapshot.whitePapers, snapshot.cases, snapshot.articles, snapshot.products, snapshot.webinars, snapshot.pages]) {
				expect(new Set(list.map(({ slug }) => slug)).size).toBe(list.length);
				for (const item of list) {
					expect(item.slug).toMatch(/^[a-z0-9-]+$/);
					for (const locale of item.languages) expect(item.title[locale]).not.toBe('');
				}
			}
			JSON.stringify(snapshot);
		}),
		{ numRuns: 300 },
	);
});
