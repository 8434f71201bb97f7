import type { Property } from './property.ts';
import type { Shelf } from './shelf.ts';

export const VIEWS = ['cards', 'table'] as const;
export type View = (typeof VIEWS)[number];

/** What a reader asked of a category: the readable part of its address. */
export interface Selection {
	/** Part of a name or part number, or ''. */
	readonly q: string;
	/** Closed on both sides; null is open. Never both null. */
	readonly ranges: ReadonlyMap<string, { readonly min: number | null; readonly max: number | null }>;
	/** Values of a property, any of which will do. Never empty. */
	readonly choices: ReadonlyMap<string, readonly string[]>;
	/** '' is the editors' order. */
	readonly sort: string;
	readonly view: View;
	/** From 1. */
	readonly page: number;
}

const LONGEST_WORDS = 60;
const MOST_SORTS = 5;

/** Figures the products may be sorted by: the main ones. */
export function sortsOf({ properties }: Pick<Shelf, 'properties'>): readonly Property[] {
	return properties.filter((property) => property.kind === 'range' && property.weight > 0).slice(0, MOST_SORTS);
}

/** Reads an address. What the shelf does not know is left out; a range the wrong way round is turned. */
export function readSelection(shelf: Pick<Shelf, 'properties'>, query: URLSearchParams): Selection {
	const ranges = new Map<string, { min: number | null; max: number | null }>();
	const choices = new Map<string, readonly string[]>();
	for (const property of shelf.properties) {
		const { key } = property;
		if (property.kind === 'choice') {
			const asked = new Set(query.getAll(key));
			const values = property.options.filter(({ value }) => asked.has(value)).map(({ value }) => value);
			if (values.length > 0) choices.set(key, values);
			continue;
		}
		const [min, max] = [numberOf(query.get(`${key}.min`)), numberOf(query.get(`${key}.max`))];
		if (min !== null && max !== null && min > max) ranges.set(key, { min: max, max: min });
		else if (min !== null || max !== null) ranges.set(key, { min, max });
	}
	const sort = query.get('sort') ?? '';
	const sorts = ['name', 'part-number', ...sortsOf(shelf).flatMap(({ key }) => [key, `${key}.desc`])];
	const page = query.get('page') ?? '';
	return {
		q: (query.get('q') ?? '').trim().slice(0, LONGEST_WORDS),
		ranges,
		choices,
		sort: sorts.includes(sort) ? sort : '',
		view: VIEWS.find((view) => view === query.get('view')) ?? 'cards',
		page: /^[1-9]\d{0,3}$/.test(page) ? Number(page) : 1,
	};
}

/** The one address of a selection: `?rated-power.min=1&protection=IP65&sort=name`, or ''. Parameters stand in the shelf's order. */
export function queryOf({ properties }: Pick<Shelf, 'properties'>, selection: Selection): string {
	const query = new URLSearchParams();
	if (selection.q !== '') query.set('q', selection.q);
	for (const { key } of properties) {
		const { min = null, max = null } = selection.ranges.get(key) ?? {};
		if (min !== null) query.set(`${key}.min`, String(min));
		if (max !== null) query.set(`${key}.max`, String(max));
		for (const value of selection.choices.get(key) ?? []) query.append(key, value);
	}
	if (selection.sort !== '') query.set('sort', selection.sort);
	if (selection.view !== 'cards') query.set('view', selection.view);
	if (selection.page > 1) query.set('page', String(selection.page));
	return query.size === 0 ? '' : `?${query.toString()}`;
}

export function isFiltered({ q, ranges, choices }: Selection): boolean {
	return q !== '' || ranges.size > 0 || choices.size > 0;
}

/** True for pages that many ask for alike: unfiltered, or with one value of a list. Others have endless combinations. */
export function isCommon({ q, ranges, choices }: Selection): boolean {
	return q === '' && ranges.size === 0 && [...choices.values()].flat().length <= 1;
}

/** The selection with one value more, or without it; back on the first page. */
export function toggled(
	selection: Selection,
	{ key, options }: { readonly key: string; readonly options: readonly { readonly value: string }[] },
	value: string,
): Selection {
	const now = selection.choices.get(key) ?? [];
	const next = now.includes(value)
		? now.filter((other) => other !== value)
		: options.map((option) => option.value).filter((other) => other === value || now.includes(other));
	const choices = new Map(selection.choices);
	if (next.length > 0) choices.set(key, next);
	else choices.delete(key);
	return { ...selection, choices, page: 1 };
}

/** The selection without what it asks of one property (`q`: of the words). */
export function without(selection: Selection, key: string): Selection {
	const keep = <T>(map: ReadonlyMap<string, T>) => new Map([...map].filter(([own]) => own !== key));
	return { ...selection, q: key === 'q' ? '' : selection.q, ranges: keep(selection.ranges), choices: keep(selection.choices), page: 1 };
}

export function unfiltered(selection: Selection): Selection {
	return { ...selection, q: '', ranges: new Map(), choices: new Map(), page: 1 };
}

/** A number as people type it, also with a decimal comma; null for anything else. */
function numberOf(text: string | null): number | null {
	const typed = (text ?? '').trim().replace('−', '-').replace(',', '.');
	if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i.test(typed) || typed.length > 20) return null;
	const number = Number(typed);
	return Number.isFinite(number) ? number : null;
}
