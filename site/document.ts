import type { Product, ProductDocument, Snapshot } from '#cms/content.ts';

import type { Catalogue } from './catalogue.ts';

/** Forms by which gated files are asked for: their own, or else the one of papers. */
const FORM_KEYS = ['document-default', 'paper-default'];

/** The gated document of this id with its product, as published in the reader's language; null for open ones, which need no page. */
export function findDocument(content: Catalogue, id: string): { readonly product: Product; readonly document: ProductDocument } | null {
	for (const product of content.all('products')) {
		const document = product.documents.find((candidate) => candidate.id === id);
		if (document?.isGated && document.file) return { product, document };
	}
	return null;
}

/** Key of the form by which gated files are asked for; null while the editors publish none. */
export function documentForm({ forms }: Snapshot): string | null {
	return FORM_KEYS.find((key) => forms.some((form) => form.key === key)) ?? null;
}
