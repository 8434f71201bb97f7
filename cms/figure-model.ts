import { z } from 'zod';

import type { Locale } from './content.ts';

const axis = z.object({ label: z.string(), unit: z.string().default('') });
const finite = z.number().refine(Number.isFinite);
const series = <X extends z.ZodType>(x: X) =>
	z
		.array(
			z.object({
				name: z.string(),
				points: z
					.array(z.tuple([x, finite]))
					.min(1)
					.max(500),
			}),
		)
		.min(1)
		.max(6);
const common = { title: z.string(), x: axis, y: axis, source: z.string().default('') };

const figureInput = z.discriminatedUnion('kind', [
	z.object({ kind: z.literal('line'), ...common, series: series(finite) }),
	z.object({ kind: z.literal('bar'), ...common, series: series(z.string()) }),
]);

/** A chart in an editor's text: the JSON of a ```figure block. */
export type Figure = z.infer<typeof figureInput>;

/** Reads the JSON of a ```figure block; null when it is broken. */
export function parseFigure(source: string): Figure | null {
	try {
		const parsed = figureInput.safeParse(JSON.parse(source));
		return parsed.success ? parsed.data : null;
	} catch {
		return null;
	}
}

/** The figure's numbers as a table, for those who cannot see the drawing: a header, and a row for each x. */
export function figureTable(figure: Figure, locale: Locale): { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] } {
	const format = numberFormat(locale);
	const show = (value: string | number): string => (typeof value === 'number' ? format(value) : value);
	const columns = figure.series.map(({ points }) => new Map<string, number>(points.map(([x, y]) => [show(x), y])));
	const unsorted = [...new Map(figure.series.flatMap(({ points }) => points.map(([x]) => [show(x), x] as const)))];
	const keys = figure.kind === 'line' ? unsorted.sort((a, b) => Number(a[1]) - Number(b[1])) : unsorted;
	return {
		header: [axisLabel(figure.x, locale), ...figure.series.map(({ name }) => name)],
		rows: keys.map(([key]) => [key, ...columns.map((column) => (column.has(key) ? format(column.get(key) ?? 0) : '–'))]),
	};
}

/** `Peak torque (N·m)`, or the Chinese form. */
export function axisLabel({ label, unit }: Figure['x'], locale: Locale): string {
	if (unit === '') return label;
	if (/[()（）]/.test(label)) return `${label}${locale === 'en' ? ', ' : '，'}${unit}`;
	return locale === 'en' ? `${label} (${unit})` : `${label}（${unit}）`;
}

/** Writes numbers as the language does, groups of digits from five digits up. */
export function numberFormat(locale: Locale): (value: number) => string {
	const format = new Intl.NumberFormat(locale, { useGrouping: 'min2', maximumFractionDigits: 4 });
	return (value) => format.format(value).replace('-', '−');
}
