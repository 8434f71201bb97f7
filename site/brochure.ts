import { randomUUID } from 'node:crypto';

import type { AstroGlobal } from 'astro';

import type { BrochureRequest, BrochureSection } from '#cms';
import { type Locale, LOCALES, type Product } from '#cms/content.ts';
import { fill } from '#kernel/texts/index.ts';

import type { Catalogue } from './catalogue.ts';
import { MOST_PRODUCTS } from './brochure-limit.ts';

const LONGEST_NAME = 80;
const MOST_FOUND = 8;

/** What a reader has chosen so far. */
export interface Selection {
	readonly products: readonly Product[];
	readonly sections: readonly BrochureSection[];
	readonly language: Locale;
	readonly name: string;
	readonly company: string;
}

type ErrorCode = 'empty' | 'too-many' | 'sections' | 'long' | 'busy' | 'failed';
export interface BrochureError {
	/** Id of the field it stands beside, or null for the whole. */
	readonly field: 'products' | 'sections' | 'name' | 'company' | null;
	readonly code: ErrorCode;
}

type Values = Pick<URLSearchParams, 'get' | 'getAll'> | FormData;

/** Reads an address or a posted form. Unknown products are left out; without a choice of sections all are chosen. */
export function readSelection(values: Values, content: Catalogue, known: readonly BrochureSection[], isPosted: boolean): Selection {
	const all = (name: string): string[] => values.getAll(name).map(String);
	const one = (name: string): string => {
		const value = values.get(name);
		return typeof value === 'string' ? value.normalize('NFC').replaceAll(/\s+/g, ' ').trim() : '';
	};
	const sections = known.filter((section) => all('s').includes(section));
	const language = one('language') as Locale;
	const products = [...new Set(all('p'))].flatMap((slug) => content.snapshot.products.filter((product) => product.slug === slug));
	return {
		products,
		sections: isPosted || sections.length > 0 ? sections : known,
		language: LOCALES.includes(language) ? language : content.locale,
		name: one('name'),
		company: one('company'),
	};
}

/** The address of the page with these products; names stay out of it. */
export function selectionAddress(path: string, { products, sections, language }: Selection, known: readonly BrochureSection[], here: Locale): string {
	const query = new URLSearchParams(products.map(({ slug }) => ['p', slug]));
	if (products.length === 0) query.append('p', '');
	if (sections.length < known.length) for (const section of sections) query.append('s', section);
	if (language !== here) query.set('language', language);
	return `${path}?${query.toString()}`;
}

/** The same products with the one at `at` moved by `by`. */
export function moved(products: readonly Product[], at: number, by: -1 | 1): readonly Product[] {
	const [one] = products.slice(at, at + 1);
	return one ? products.toSpliced(at, 1).toSpliced(at + by, 0, one) : products;
}

/** Products whose part number or name holds `query`, in any spelling of the number. */
export function findProducts(content: Catalogue, query: string): readonly Product[] {
	const plain = (text: string): string => text.toLowerCase().replaceAll(/[\s\-_/.]+/g, '');
	const wanted = plain(query);
	if (wanted === '') return [];
	return content
		.all('products')
		.filter(({ partNumber, title }) => [partNumber, title.en, title['zh-CN']].some((text) => plain(text).includes(wanted)))
		.slice(0, MOST_FOUND);
}

/** What must be put right before a brochure can be made. */
export function errorsIn({ products, sections, name, company }: Selection): BrochureError[] {
	const errors: BrochureError[] = [];
	if (products.length === 0) errors.push({ field: 'products', code: 'empty' });
	if (products.length > MOST_PRODUCTS) errors.push({ field: 'products', code: 'too-many' });
	if (sections.length === 0) errors.push({ field: 'sections', code: 'sections' });
	if (name.length > LONGEST_NAME) errors.push({ field: 'name', code: 'long' });
	if (company.length > LONGEST_NAME) errors.push({ field: 'company', code: 'long' });
	return errors;
}

export function brochureErrorText(errors: Readonly<Record<ErrorCode, string>>, { code }: BrochureError): string {
	return fill(errors[code], { most: code === 'long' ? LONGEST_NAME : MOST_PRODUCTS });
}

export type Made = { readonly status: 'made'; readonly secret: string } | { readonly status: 'refused'; readonly errors: readonly BrochureError[] };

/** Has the brochure set; for visitors who agreed to it, notes which products interest them. */
export async function makeBrochure({ locals, request }: Pick<AstroGlobal, 'locals' | 'request'>, selection: Selection): Promise<Made> {
	const errors = errorsIn(selection);
	if (errors.length > 0) return { status: 'refused', errors };
	const { app, visitor } = locals;
	const { language, sections, name, company } = selection;
	const products = selection.products.map(({ slug }) => slug);
	const asked: BrochureRequest = { locale: language, products, sections, name, company };
	// A file that names nobody is shared by all who choose the same.
	const owner = name !== '' || company !== '' ? visitor.personId : null;
	const outcome = await app.press.brochure(asked, visitor.isVerified ? owner : null);
	if (outcome.status !== 'made') return { status: 'refused', errors: [{ field: null, code: outcome.status }] };
	const at = app.now();
	await app.gating.events.ingest({
		events: selection.products.map(({ id }) => ({
			...{ id: randomUUID(), type: 'brochure', at: at.toISOString() },
			...{ subject: `products:${id}`, props: { products: products.length } },
		})),
		visitor,
		userAgent: request.headers.get('user-agent') ?? '',
		receivedAt: at,
	});
	return outcome;
}
