import type { Asset } from '#cms/content.ts';

import type { Catalogue } from './catalogue.ts';

/** Whether a picture is a line drawing, which takes the colours of the page, and no photo: it is a product's drawing, a category's or a case's picture. */
export function isDrawing({ all, snapshot }: Catalogue, { id }: Asset): boolean {
	return (
		all('products').some(({ drawing }) => drawing?.id === id) ||
		all('cases').some(({ cover }) => cover?.id === id) ||
		snapshot.categories.some(({ picture }) => picture?.id === id)
	);
}
