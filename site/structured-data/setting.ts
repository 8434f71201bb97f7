import type { Asset, Locale, SiteSettings } from '#cms/content.ts';
import type { Addresses } from '#kernel/texts/addresses.ts';

import type { Catalogue } from '../catalogue.ts';
import { mediaAddress } from '../page.ts';

/** What structured data says about every page, beside the item that the page is about. */
export interface Setting {
	/** Public origin, without a slash at the end. */
	readonly origin: string;
	readonly locale: Locale;
	readonly site: SiteSettings;
	readonly addresses: Addresses;
	readonly content: Pick<Catalogue, 'category' | 'term' | 'products' | 'snapshot'>;
}

/** Wide enough for large previews: search engines ask for 1,200 pixels where a file has them. */
export const PICTURE_WIDTH = 1280;

/** Absolute addresses of pictures in {@link PICTURE_WIDTH}, without those that are missing. */
export function pictures({ origin }: Pick<Setting, 'origin'>, assets: readonly (Asset | null)[]): string[] {
	return assets.flatMap((asset) => (asset ? [origin + mediaAddress(asset, PICTURE_WIDTH)] : []));
}

/** Leaves out what has no value, so that no empty property is ever said. */
export function present<T extends object>(properties: T): { [K in keyof T]: Exclude<T[K], '' | null | undefined> } {
	const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
	return Object.fromEntries(Object.entries(properties).filter(([, value]) => !isEmpty(value))) as never;
}
