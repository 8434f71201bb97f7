import { inLocale, type Locale, type Product } from '#cms/content.ts';

export interface Glance {
	readonly rows: readonly {
		readonly name: string;
		/** One per product, in their order; null where it has no such value. */ readonly cells: readonly ({
			readonly value: string;
			readonly unit: string;
		} | null)[];
	}[];
}

const MOST_ROWS = 10;

/** The comparable values that most of the products have and that tell them apart, in the order of the specifications. */
export function glance(products: readonly Product[], locale: Locale): Glance {
	const names = new Map<string, number>();
	for (const product of products)
		for (const row of product.specifications)
			if (row.isComparable) names.set(inLocale(row.name, locale), (names.get(inLocale(row.name, locale)) ?? 0) + 1);
	const common = [...names].filter(([, count]) => count > products.length / 2 && products.length > 1).map(([name]) => name);
	const rows = common.map((name) => ({
		name,
		cells: products.map((product) => {
			const found = product.specifications.find((row) => inLocale(row.name, locale) === name);
			return found ? { value: inLocale(found.value, locale), unit: found.unit } : null;
		}),
	}));
	const differs = (row: (typeof rows)[number]): boolean => new Set(row.cells.map((cell) => cell?.value)).size > 1;
	return { rows: rows.filter(differs).slice(0, MOST_ROWS) };
}
