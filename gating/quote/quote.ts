import type { Dealer, Product, Snapshot } from '#cms/content.ts';
import type { FieldError } from '#kernel/errors.ts';

import type { FrozenProduct, quoteRequest } from '../offer/schema.ts';

export type QuoteRow = typeof quoteRequest.$inferSelect;

export const QUOTE_FORM = 'quote-default';
export const MOST_PRODUCTS = 20;
const MOST_PIECES = 99_999;
const MOST_WORDS = 500;

/** The person's own words in a request. */
export interface QuoteWords {
	/** By product slug: options, voltage, brake. */
	readonly configurations: Readonly<Record<string, string>>;
	readonly message: string;
}

/** One product as the form sends it. */
export interface AskedProduct {
	readonly slug: string;
	/** As typed. */
	readonly quantity: string;
	readonly configuration: string;
	/** {@link shownHash} of what the form showed; '' without one. */
	readonly shown: string;
}

export type ReadProducts =
	| { readonly status: 'read'; readonly products: readonly FrozenProduct[]; readonly configurations: Readonly<Record<string, string>> }
	| { readonly status: 'invalid'; readonly errors: readonly FieldError[] };

/** Names of a product's fields, in forms and errors. */
export const quantityField = (slug: string): string => `quantity-${slug}`;
export const configurationField = (slug: string): string => `configuration-${slug}`;

/**
 * Reads the products of a request against the content of the moment, and freezes what a reader sees of them. Errors: `quantity`,
 * `too-long`, `characters`, and `changed` when what the form showed differs from what there is now.
 */
export function readProducts({ products }: Snapshot, asked: readonly AskedProduct[], hash: (product: Product) => string): ReadProducts {
	const errors: FieldError[] = [];
	const frozen: FrozenProduct[] = [];
	const configurations: Record<string, string> = {};
	for (const { slug, quantity, configuration, shown } of asked.slice(0, MOST_PRODUCTS)) {
		const product = products.find((candidate) => candidate.slug === slug);
		if (!product || frozen.some(({ id }) => id === product.id)) continue;
		const pieces = readQuantity(quantity);
		const words = configuration.trim();
		if (pieces === null) errors.push({ field: quantityField(slug), code: 'quantity' });
		if (words.length > MOST_WORDS) errors.push({ field: configurationField(slug), code: 'too-long' });
		if (words.includes('\0') || !words.isWellFormed()) errors.push({ field: configurationField(slug), code: 'characters' });
		if (shown !== '' && shown !== hash(product)) errors.push({ field: quantityField(slug), code: 'changed' });
		if (words !== '') configurations[slug] = words;
		frozen.push(freeze(product, pieces ?? 1));
	}
	return errors.length > 0 ? { status: 'invalid', errors } : { status: 'read', products: frozen, configurations };
}

/** A whole number of pieces; one when nothing was typed, null when it is no such number. */
export function readQuantity(typed: string): number | null {
	const text = typed
		.normalize('NFKC')
		.trim()
		.replaceAll(/[\s,'’]/g, '');
	if (text === '') return 1;
	const pieces = /^\d{1,6}$/.test(text) ? Number(text) : 0;
	return pieces >= 1 && pieces <= MOST_PIECES ? pieces : null;
}

/** What a reader sees of a product that a price may hang on; two hashes differ when any of it does. */
export function shownText({ specifications, priceNote, partNumber }: Product): string {
	return JSON.stringify([partNumber, priceNote, specifications.map(({ name, value, unit }) => [name, value, unit])]);
}

function freeze({ id, slug, partNumber, title, specifications, priceNote, updatedAt }: Product, quantity: number): FrozenProduct {
	const seen = specifications.map(({ name, value, unit }) => ({ name, value, unit }));
	return { id, slug, partNumber, title, quantity, specifications: seen, priceNote, updatedAt: updatedAt.toISOString() };
}

/** The dealer chosen: null for the company itself, undefined for one that there is not. */
export function readDealer({ dealers }: Snapshot, slug: string): Dealer | null | undefined {
	return slug === '' ? null : dealers.find((dealer) => dealer.slug === slug);
}
