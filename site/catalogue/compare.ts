import { inLocale, type Locale, type Product, type Specification } from '#cms/content.ts';

import { parseQuantity } from './quantity.ts';

/** So many fit beside each other. */
export const MOST_COMPARED = 4;

export interface CompareRow {
	readonly name: string;
	/** By product; null where it does not state this. */
	readonly cells: readonly ({ readonly value: string; readonly unit: string } | null)[];
	/** True where not all of them say the same. What one product alone states is no difference. */
	readonly differs: boolean;
}

export interface CompareGroup {
	/** A group of the specifications; null for those that one product alone has. */
	readonly name: string | null;
	readonly rows: readonly CompareRow[];
}

export interface Comparison {
	/** What two or more of them state, by the groups of the first that states it. */
	readonly common: readonly CompareGroup[];
	/** What only one of them states, by product; empty where there is nothing. */
	readonly own: readonly { readonly product: Product; readonly rows: readonly CompareRow[] }[];
	readonly rowCount: number;
	readonly differCount: number;
}

/** Which products an address asks for: slugs or part numbers. Everything named is accounted for. */
export interface Asked {
	readonly products: readonly Product[];
	/** What names no product. */
	readonly unknown: readonly string[];
	/** Beyond {@link MOST_COMPARED}. */
	readonly tooMany: readonly Product[];
}

export function askedProducts(names: readonly string[], all: readonly Product[]): Asked {
	const wanted = [...new Set(names.map((name) => name.trim().slice(0, 80)).filter((name) => name !== ''))].slice(0, 20);
	const found = wanted.map((name) => ({ name, product: all.find(({ slug }) => slug === name) ?? withPartNumber(name, all) }));
	const products = [...new Set(found.flatMap(({ product }) => product ?? []))];
	return {
		products: products.slice(0, MOST_COMPARED),
		unknown: found.filter(({ product }) => product === undefined).map(({ name }) => name),
		tooMany: products.slice(MOST_COMPARED),
	};
}

/** In any spelling: `HD3 012` is `HD3-012`. */
function withPartNumber(name: string, all: readonly Product[]): Product | undefined {
	const wanted = compact(name);
	return all.find(({ partNumber }) => compact(partNumber) === wanted);
}

/** The comparable values of the products, what they share first. A row is a name in one unit. */
export function compare(products: readonly Product[], locale: Locale): Comparison {
	const rows = new Map<string, { readonly group: string; readonly name: string; readonly of: Map<Product, Specification> }>();
	for (const product of products)
		for (const row of product.specifications) {
			if (!row.isComparable) continue;
			const id = `${inLocale(row.name, 'en').toLowerCase()}\n${row.unit}`;
			const known = rows.get(id) ?? { group: inLocale(row.group, locale), name: inLocale(row.name, locale), of: new Map<Product, Specification>() };
			if (!known.of.has(product)) known.of.set(product, row);
			rows.set(id, known);
		}
	const made = [...rows.values()].map(({ group, name, of }) => ({
		group,
		only: of.size === 1 ? [...of.keys()][0]! : null,
		row: rowOf(name, products, of, locale),
	}));
	const shared = made.filter(({ only }) => only === null || products.length === 1);
	const own =
		products.length === 1 ? [] : products.map((product) => ({ product, rows: made.filter(({ only }) => only === product).map(({ row }) => row) }));
	const common = [...Map.groupBy(shared, ({ group }) => group)].map(([name, of]) => ({ name, rows: of.map(({ row }) => row) }));
	return {
		common,
		own: own.filter((entry) => entry.rows.length > 0),
		rowCount: shared.length,
		differCount: shared.filter(({ row }) => row.differs).length,
	};
}

/** Only what differs, without the groups that would be empty. */
export function differences(groups: readonly CompareGroup[]): readonly CompareGroup[] {
	return groups.map((group) => ({ ...group, rows: group.rows.filter(({ differs }) => differs) })).filter(({ rows }) => rows.length > 0);
}

function rowOf(name: string, products: readonly Product[], of: ReadonlyMap<Product, Specification>, locale: Locale): CompareRow {
	const found = products.map((product) => of.get(product) ?? null);
	const meanings = new Set(found.map((row) => (row ? meaningOf(row) : '')));
	return {
		name,
		cells: found.map((row) => row && { value: inLocale(row.value, locale), unit: row.unit }),
		differs: of.size > 1 && meanings.size > 1,
	};
}

/** `0.40` and `0.4` say the same. */
function meaningOf({ value, unit }: Specification): string {
	const text = inLocale(value, 'en').trim();
	const remarks = text.match(/\([^)]*\)/g) ?? [];
	const quantity = parseQuantity(text, unit);
	const limit = /^[≤≥<>±]/.exec(text)?.[0] ?? '';
	return quantity ? `${limit}${JSON.stringify([quantity, remarks])}` : text.toLowerCase();
}

function compact(text: string): string {
	return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}
