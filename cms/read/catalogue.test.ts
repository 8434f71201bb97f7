import { describe, expect, test } from 'vitest';

import { aFile, aProduct, both, rowsOf } from '#tests/support/rows.ts';

import type { Row } from '../client.ts';
import { PUBLIC_FOLDER } from '../directus/model/folder.ts';
import { project } from './project.ts';

const NOW = new Date('2026-03-01T12:00:00Z');

describe('categories', () => {
	const category = (id: string, parent: string | null) => ({ id, slug: id, parent, ...both('name', id) });
	const rootOf = (...categories: readonly Row[]) => {
		const { snapshot, problems } = project(rowsOf({ products: [aProduct({ category: 'inner' })], categories }), NOW, 1);
		return { root: snapshot.products[0]?.rootCategory, category: snapshot.products[0]?.category, problems: problems.map(({ detail }) => detail) };
	};

	test('a product stands in the narrowest and has the address of the topmost', () => {
		const found = rootOf(category('top', null), category('middle', 'top'), category('inner', 'middle'));
		expect(found).toEqual({ root: 'top', category: 'inner', problems: [] });
	});

	test('one that stands above itself stands at the top, and it is reported', () => {
		expect(rootOf(category('inner', 'other'), category('other', 'inner'))).toEqual({
			root: 'inner',
			category: 'inner',
			problems: ['parent', 'parent'],
		});
	});
});

test('each kind of block is read; one that lacks what it needs is left out and reported', () => {
	const item = (key: string, collection: string) => ({ key, collection });
	const blocks = [
		{ kind: 'picture', file: item('open', 'directus_files'), ...both('title', 'Caption') },
		{ kind: 'picture', file: item('f', 'directus_files') },
		{ kind: 'video', file: item('open', 'directus_files'), poster: null },
		{ kind: 'faq', questions: [{ ...both('question', 'Q'), ...both('answer', 'A') }] },
		{ kind: 'form', form: item('m', 'forms') },
		{ kind: 'form' },
		{ kind: 'products', products: [item('x', 'products')] },
		{ kind: 'webinars', webinars: [] },
		{ kind: 'steps', steps: [both('title', 'First')] },
	];
	const rows = rowsOf(
		{
			pages: [{ id: 'g', slug: 'about', blocks, ...both('title', 'About'), ...both('summary', 'S') }],
			forms: [{ id: 'm', key: 'k', ...both('title', 'T'), fields: [{ name: 'email', kind: 'mail' }] }],
			products: [aProduct()],
			categories: [{ id: 'c', slug: 'motors' }],
		},
		{ files: [aFile(), aFile({ id: 'open', folder: PUBLIC_FOLDER, type: 'image/png', width: 8, height: 6 })] },
	);
	const { snapshot, problems } = project(rows, NOW, 1);
	expect(snapshot.pages[0]?.blocks).toMatchObject([
		{ kind: 'picture', picture: { id: 'open' }, title: { en: 'Caption' } },
		{ kind: 'video', video: { id: 'open' }, poster: null },
		{ kind: 'faq', entries: [{ question: { en: 'Q' }, answer: { en: 'A' } }] },
		{ kind: 'form', formKey: 'k' },
		{ kind: 'products', products: ['hm2'] },
		{ kind: 'webinars', webinars: [] },
		{ kind: 'steps', steps: [{ title: { en: 'First' } }] },
	]);
	expect(problems.map(({ code }) => code)).toEqual(['missing-file', 'broken-block', 'broken-block']);
});

test('offers keep codes, dealers and dates; a dealer without a place is left out', () => {
	const rows = rowsOf({
		offers: [
			{
				id: 'o',
				slug: 'o',
				kind: 'trial',
				valid_until: '2026-12-01T00:00:00Z',
				coupons: [{ code: 'A', stock: 3 }, { code: 'B' }, { stock: 1 }],
				dealers: [
					{ key: 'd', collection: 'dealers' },
					{ key: 'lost', collection: 'dealers' },
				],
			},
		],
		dealers: [
			{ id: 'd', slug: 'near', country: 'ch', latitude: 47.5, longitude: 8.7, website: 'www.example.com' },
			{ id: 'lost', slug: 'lost', country: 'CH' },
		],
	});
	const { snapshot, problems } = project(rows, NOW, 1);
	expect(snapshot.offers[0]).toMatchObject({
		validUntil: new Date('2026-12-01T00:00:00Z'),
		coupons: [
			{ code: 'A', stock: 3 },
			{ code: 'B', stock: 1 },
		],
		dealers: ['near', 'lost'],
	});
	expect(snapshot.dealers.map(({ slug, country, website }) => [slug, country, website])).toEqual([['near', 'CH', '']]);
	expect(problems.map(({ detail }) => detail).sort()).toEqual(['coupons', 'latitude, longitude', 'website']);
});
