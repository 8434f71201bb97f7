import { describe, expect, test } from 'vitest';

import { aFile, aPaper, aProduct, aWebinar, both, rowsOf } from '#tests/support/rows.ts';

import { changedTags } from '../change.ts';
import { GATED_FOLDER, PUBLIC_FOLDER } from '../directus/model/folder.ts';
import { typedReference } from './context.ts';
import { project } from './project.ts';

const NOW = new Date('2026-03-01T12:00:00Z');

const files = { files: [aFile()] };

describe('a paper', () => {
	test('has its pages, findings, files and products in the order of the editor', () => {
		const rows = rowsOf(
			{
				white_papers: [aPaper({ products: [{ key: 'x', collection: 'products' }], findings: [both('text', 'First')], open_pages: 1, form: 'm' })],
				products: [aProduct()],
				categories: [{ id: 'c', slug: 'motors' }],
				forms: [{ id: 'm', key: 'special', ...both('title', 'F'), fields: [{ name: 'email', kind: 'mail' }] }],
			},
			files,
		);
		const { snapshot, problems } = project(rows, NOW, 1);
		expect(problems).toEqual([]);
		expect(snapshot.whitePapers[0]).toMatchObject({
			slug: 'a-paper',
			pages: { en: ['One', 'Two'] },
			findings: { en: ['First'], 'zh-CN': ['First（中）'] },
			openPages: 1,
			products: ['hm2'],
			formKey: 'special',
			pdf: { en: { id: 'f', isPublic: false } },
		});
		expect(snapshot.whitePapers[0]?.publishedAt).toEqual(new Date('2026-01-01T00:00:00Z'));
	});

	test.each([
		{ why: 'no title', over: { title_en: '', title_zh: null }, code: 'left-out' },
		{ why: 'no slug', over: { slug: null }, code: 'left-out' },
	])('with $why is left out and reported', ({ over, code }) => {
		const { snapshot, problems } = project(rowsOf({ white_papers: [aPaper(over)] }, files), NOW, 1);
		expect(snapshot.whitePapers).toEqual([]);
		expect(problems).toContainEqual(expect.objectContaining({ code, itemId: 'p' }));
	});

	test.each([
		{ what: 'a missing translation', over: { body_zh: '' }, problem: { code: 'missing-translation', detail: 'body (zh-CN)' } },
		{ what: 'a missing original', over: { pdf_en: null }, problem: { code: 'missing-file', detail: 'pdf (en)' } },
		{ what: 'a file that is gone', over: { cover: 'gone' }, problem: { code: 'missing-file', detail: 'cover' } },
		{ what: 'a topic that is gone', over: { topics: [{ key: 'gone', collection: 'terms' }] }, problem: { code: 'dangling-reference' } },
		{ what: 'a stage that does not exist', over: { stage: 'bogus' }, problem: { code: 'invalid-field', detail: 'stage' } },
		{ what: 'a number of pages below zero', over: { open_pages: -1 }, problem: { code: 'invalid-field', detail: 'open_pages' } },
		{ what: 'a list that is none', over: { products: 'x' }, problem: { code: 'invalid-field', detail: 'products' } },
	])('with $what stays online, and it is reported', ({ over, problem }) => {
		const { snapshot, problems } = project(rowsOf({ white_papers: [aPaper(over)] }, files), NOW, 1);
		expect(snapshot.whitePapers).toHaveLength(1);
		expect(problems).toEqual([expect.objectContaining({ collection: 'white_papers', slug: 'a-paper', ...problem })]);
	});

	test('in one language only needs only that one', () => {
		const over = { languages: ['en'], title_zh: '', summary_zh: '', body_zh: '', pdf_zh: null };
		const { snapshot, problems } = project(rowsOf({ white_papers: [aPaper(over)] }, files), NOW, 1);
		expect(snapshot.whitePapers[0]?.languages).toEqual(['en']);
		expect(problems).toEqual([]);
	});

	test('that names a product not yet due does not show it, and nobody is told off', () => {
		const rows = rowsOf(
			{
				white_papers: [aPaper({ products: [{ key: 'x', collection: 'products' }] })],
				products: [aProduct({ publish_at: '2027-01-01T00:00:00Z' })],
				categories: [{ id: 'c', slug: 'motors' }],
			},
			files,
		);
		const { snapshot, problems } = project(rows, NOW, 1);
		expect([snapshot.whitePapers[0]?.products, problems]).toEqual([[], []]);
	});
});

describe('a product', () => {
	const categories = [{ id: 'c', slug: 'motors', ...both('name', 'Motors') }];

	test('does not show a film or a picture that is not public', () => {
		const over = { video: 'f', drawing: 'f' };
		const { snapshot, problems } = project(rowsOf({ products: [aProduct(over)], categories }, files), NOW, 1);
		expect([snapshot.products[0]?.video, snapshot.products[0]?.drawing]).toEqual([null, null]);
		expect(problems.map(({ code }) => code)).toEqual(['missing-file', 'missing-file']);
	});

	test('without a published category has no address and is left out', () => {
		const { snapshot, problems } = project(rowsOf({ products: [aProduct({ category: null })], categories }), NOW, 1);
		expect(snapshot.products).toEqual([]);
		expect(problems).toContainEqual(expect.objectContaining({ code: 'left-out', detail: 'category' }));
	});

	test('has its documents; an open one must lie in the public folder', () => {
		const documents = [
			{ id: 'd1', product: 'x', kind: 'datasheet', gate: 'open', file: 'f', sort: 2 },
			{ id: 'd2', product: 'x', kind: 'cad', gate: 'gated', file: 'f', sort: 1 },
		];
		const { snapshot, problems } = project(rowsOf({ products: [aProduct()], categories, documents }, files), NOW, 1);
		expect(snapshot.products[0]?.documents.map(({ id, isGated, file }) => [id, isGated, file?.id ?? null])).toEqual([
			['d2', true, 'f'],
			['d1', false, null],
		]);
		expect(problems).toEqual([expect.objectContaining({ code: 'missing-file', collection: 'documents' })]);
	});

	test('shows words in Chinese where a value has them', () => {
		const specs = [{ ...both('group', 'G'), ...both('name', 'Cooling'), value: 'fan', value_zh: '风扇', unit: '', comparable: true }];
		const { snapshot } = project(rowsOf({ products: [aProduct({ specs })], categories }), NOW, 1);
		expect(snapshot.products[0]?.specifications[0]).toMatchObject({ value: { en: 'fan', 'zh-CN': '风扇' }, isComparable: true });
	});
});

describe('a webinar', () => {
	test('that is live needs a start', () => {
		const { snapshot, problems } = project(rowsOf({ webinars: [aWebinar({ starts_at: null })] }), NOW, 1);
		expect(snapshot.webinars).toEqual([]);
		expect(problems).toEqual([expect.objectContaining({ code: 'left-out', detail: 'starts_at' })]);
	});

	test('takes the zone of the company where its own is none or wrong', () => {
		const site = { brand: 'B', time_zone: 'Europe/Zurich' };
		for (const time_zone of [null, 'Mars/Base'])
			expect(project(rowsOf({ webinars: [aWebinar({ time_zone })] }, { site }), NOW, 1).snapshot.webinars[0]?.timeZone).toBe('Europe/Zurich');
	});
});

test('a block of unknown kind is left out and reported; cards keep what is published', () => {
	const blocks = [{ kind: 'text', ...both('body', 'B') }, { kind: 'marquee' }, { kind: 'cards', items: ['white_papers/a-paper', 'cases/gone'] }];
	const page = { id: 'g', slug: 'about', blocks, ...both('title', 'About'), ...both('summary', 'S') };
	const { snapshot, problems } = project(rowsOf({ pages: [page], white_papers: [aPaper()] }, files), NOW, 1);
	expect(snapshot.pages[0]?.blocks).toMatchObject([{ kind: 'text' }, { kind: 'cards', items: ['white_papers/a-paper'] }]);
	expect(problems.map(({ code }) => code).sort()).toEqual(['broken-block', 'dangling-reference']);
});

test.each([
	['white_papers/a-paper', { type: 'white_papers', slug: 'a-paper' }],
	['/zh-CN/white-papers/a-paper', { type: 'white_papers', slug: 'a-paper' }],
	['https://example.com/products/motors/hm2?from=mail#specs', { type: 'products', slug: 'hm2' }],
	['/p/about/', { type: 'pages', slug: 'about' }],
	['https://example.com/elsewhere/x', null],
	['white-papers', null],
])('an editor may refer to an item as %s', (text, reference) => {
	expect(typedReference(text)).toEqual(reference);
});

test('what goes offline before it goes online is reported', () => {
	const over = { publish_at: '2026-02-02T00:00:00Z', unpublish_at: '2026-02-01T00:00:00Z' };
	const { snapshot, problems } = project(rowsOf({ white_papers: [aPaper(over)] }, files), NOW, 1);
	expect([snapshot.whitePapers, problems]).toEqual([[], [expect.objectContaining({ code: 'bad-schedule', detail: 'unpublish_at' })]]);
});

test('files in a folder within the public one are public; all others are not', () => {
	const folders = [
		{ id: 'inner', parent: 'outer' },
		{ id: 'outer', parent: PUBLIC_FOLDER },
		{ id: 'other', parent: null },
	];
	const shown = (folder: string | null) =>
		project(
			rowsOf(
				{ categories: [{ id: 'c', slug: 'c', picture: 'f' }] },
				{ folders, files: [aFile({ folder, type: 'image/png', width: 10, height: 10 })] },
			),
			NOW,
			1,
		).snapshot.categories[0]?.picture?.isPublic ?? false;
	expect([PUBLIC_FOLDER, 'outer', 'inner', 'other', GATED_FOLDER, null].map(shown)).toEqual([true, true, true, false, false, false]);
});

test('the second of two terms with the same kind and slug is dropped and reported', () => {
	const terms = [
		{ id: '1', kind: 'topic', slug: 'emc', ...both('name', 'EMC') },
		{ id: '2', kind: 'topic', slug: 'emc', ...both('name', 'EMC') },
		{ id: '3', kind: 'role', slug: 'emc', ...both('name', 'EMC') },
	];
	const { snapshot, problems } = project(rowsOf({ terms }), NOW, 1);
	expect(snapshot.terms.map(({ id }) => id)).toEqual(['1', '3']);
	expect(problems).toEqual([expect.objectContaining({ code: 'duplicate-slug' })]);
});

test('a select field called industry offers the industries', () => {
	const rows = rowsOf({
		forms: [
			{
				id: 'm',
				key: 'k',
				...both('title', 'T'),
				fields: [
					{ name: 'industry', kind: 'select', ...both('label', 'L') },
					{ name: 'x y', kind: 'text' },
				],
			},
		],
		terms: [{ id: 't', kind: 'industry', slug: 'packaging', ...both('name', 'Packaging') }],
	});
	const { snapshot, problems } = project(rows, NOW, 1);
	expect(snapshot.forms[0]?.fields.map(({ name, options }) => [name, options.map(({ value }) => value)])).toEqual([['industry', ['packaging']]]);
	expect(problems).toEqual([
		expect.objectContaining({ code: 'form-field', detail: 'fields: x y' }),
		expect.objectContaining({ code: 'form-no-mail', detail: 'fields' }),
	]);
});

test('tags name what came, went or changed, and nothing else', () => {
	const before = project(rowsOf({ white_papers: [aPaper(), aPaper({ id: 'q', slug: 'gone' })] }, files), NOW, 1).snapshot;
	const after = project(
		rowsOf({ white_papers: [aPaper({ number: 'WP-1' })], speakers: [{ id: 's', slug: 's' }] }, { ...files, site: { brand: 'New' } }),
		NOW,
		2,
	).snapshot;
	expect(changedTags(before, after)).toEqual(['white_papers', 'white_papers:p', 'white_papers:q', 'speakers', 'speakers:s', 'site']);
	expect(changedTags(before, { ...before, revision: 5 })).toEqual([]);
});
