import { LOCALES, type Locale } from '#cms/content.ts';
import type { Difference, ExperimentDefinition, ExperimentMetric, ExperimentPlace, VariantContent } from '#gating';
import { fill, type Texts } from '#kernel/texts/index.ts';

import { wordOf } from './words.ts';

const LONGEST = 700;

/** What the form of an experiment says, as it was typed: checking is the hub's. */
export function readDefinition(data: FormData, place: ExperimentPlace, parts: readonly string[], keys: readonly string[]): ExperimentDefinition {
	const value = (name: string): string => String(data.get(name) ?? '').slice(0, LONGEST);
	const number = (name: string): number => (value(name).trim() === '' ? Number.NaN : Number(value(name)));
	const content = (key: string): VariantContent =>
		Object.fromEntries(
			parts.map((part) => [
				part,
				Object.fromEntries(LOCALES.map((locale) => [locale, value(`variant-${key}-${part}-${locale}`)])) as Record<Locale, string>,
			]),
		);
	return {
		...{ name: value('name').trim(), hypothesis: value('hypothesis').trim(), place, path: value('path') },
		metric: value('metric') as ExperimentMetric,
		guardrails: data.getAll('guardrails').map(String).slice(0, 10) as ExperimentMetric[],
		share: number('share'),
		audience: {
			locale: value('locale') as Locale | '',
			who: value('who') as ExperimentDefinition['audience']['who'],
			stage: value('stage'),
			segment: value('segment'),
		},
		...{ layer: value('layer').trim(), leastEffect: number('leastEffect'), mostDays: number('mostDays') },
		variants: keys
			.filter((key, at) => at < 2 || value(`variant-${key}-name`).trim() !== '')
			.map((key, at) => ({
				key,
				name: value(`variant-${key}-name`).trim(),
				weight: number(`variant-${key}-weight`),
				content: at === 0 ? {} : content(key),
			})),
	};
}

/** An experiment that nobody has written yet. */
export function blankDefinition(place: ExperimentPlace, path: string, texts: Texts): ExperimentDefinition {
	return {
		...{ name: '', hypothesis: '', place, path, metric: 'form', guardrails: [], share: 100, layer: '', leastEffect: 1, mostDays: 60 },
		audience: { locale: '', who: 'all', stage: '', segment: '' },
		variants: [
			{ key: 'control', name: texts.experiment.control, weight: 1, content: {} },
			{ key: 'b', name: '', weight: 1, content: {} },
		],
	};
}

/** A fraction in percentage points with its sign: `+1.24`. */
export function pointsOf(fraction: number, locale: Locale): string {
	const format = new Intl.NumberFormat(locale === 'en' ? 'en-GB' : 'zh-CN', {
		...{ minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: 'exceptZero' },
	});
	return format.format(fraction * 100).replace('-', '−');
}

/** From where to where an interval goes; the words for too few where there is none. */
export function intervalText(difference: Difference | null, texts: Texts, locale: Locale): string {
	const { experiment: text } = texts;
	if (!difference) return text.tooFew;
	return `${pointsOf(difference.low, locale)} … ${pointsOf(difference.high, locale)}`;
}

export const percent = (fraction: number, locale: Locale): string =>
	new Intl.NumberFormat(locale === 'en' ? 'en-GB' : 'zh-CN', { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 2 }).format(
		fraction,
	);

/** How many visitors are needed, and until when they come. */
export function powerWords(power: { readonly needed: number | null; readonly days: number | null }, texts: Texts, locale: Locale): string {
	const { experiment: text } = texts;
	if (power.needed === null) return text.neededOpen;
	const days = power.days === null ? text.neededUnknown : power.days === 0 ? text.neededNow : fill(text.neededDays, { days: power.days });
	return fill(text.needed, { needed: new Intl.NumberFormat(locale).format(power.needed), days });
}

/** What a variant is called. */
export const variantName = ({ variants }: Pick<ExperimentDefinition, 'variants'>, key: string): string =>
	variants.find((variant) => variant.key === key)?.name ?? key;

export const metricName = (texts: Texts, metric: string): string => wordOf(texts.experiment.metrics, metric);
