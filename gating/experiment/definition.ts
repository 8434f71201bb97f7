import { type Locale, LOCALES, type Snapshot } from '#cms/content.ts';
import type { FieldError } from '#kernel/errors.ts';

import { isStage } from '../lifecycle/stage.ts';
import { isMetric, type Metric } from './metric.ts';
import { type Content, isPlace, type PlaceName, placeOf, referencesOf } from './place.ts';

export interface Variant {
	/** `control`, `b`, `c`, `d`. */
	readonly key: string;
	readonly name: string;
	/** Relative to the others: 1 and 1 halve the visitors. */
	readonly weight: number;
	/** Empty for the control, which is what the editors wrote. */
	readonly content: Content;
}

export interface ExperimentAudience {
	readonly locale: Locale | '';
	/** Known: the browser belongs to a person by a verified act. */
	readonly who: 'all' | 'new' | 'known';
	/** Lifecycle stage of the person's lead, or '' for any. */
	readonly stage: string;
	/** Id of a segment that holds for the lead, or ''. */
	readonly segment: string;
}

/** An experiment as data. */
export interface Definition {
	readonly name: string;
	readonly hypothesis: string;
	readonly place: PlaceName;
	/** Path without language of the one page; '' for all pages of the place. */
	readonly path: string;
	readonly metric: Metric;
	/** What must not fall. */
	readonly guardrails: readonly Metric[];
	/** Part of the visitors, in percent. */
	readonly share: number;
	readonly audience: ExperimentAudience;
	/** Experiments of the same layer never meet; '' for one of its own. */
	readonly layer: string;
	/** The smallest change of the rate that matters, in percentage points. */
	readonly leastEffect: number;
	/** Days after which it should be stopped whatever it shows. */
	readonly mostDays: number;
	readonly variants: readonly Variant[];
}

export const VARIANT_KEYS = ['control', 'b', 'c', 'd'] as const;
export const AUDIENCES = ['all', 'new', 'known'] as const;
/** An interval holds at all looks together in all but so many experiments. Shared among the variants. */
export const ALPHA = 0.05;

const LONGEST = { name: 80, hypothesis: 600, words: 300, layer: 40 } as const;

/** What is wrong with a definition, by field, with codes whose words are in the texts; empty when it may run. */
export function checkDefinition(given: Definition, snapshot: Snapshot): readonly FieldError[] {
	const { name, hypothesis, place, path, metric, guardrails, share, audience, layer, leastEffect, mostDays, variants } = given;
	const wrong: (FieldError | false)[] = [
		plain('name', name, LONGEST.name, true),
		plain('hypothesis', hypothesis, LONGEST.hypothesis, true),
		!isPlace(place) && { field: 'place', code: 'choice' },
		isPlace(place) && wrongPath(place, path, snapshot),
		!isMetric(metric) && { field: 'metric', code: 'choice' },
		!(guardrails.every(isMetric) && !guardrails.includes(metric)) && { field: 'guardrails', code: 'guardrail' },
		!(Number.isInteger(share) && share >= 1 && share <= 100) && { field: 'share', code: 'percent' },
		!(audience.locale === '' || LOCALES.includes(audience.locale)) && { field: 'locale', code: 'choice' },
		!AUDIENCES.includes(audience.who) && { field: 'who', code: 'choice' },
		!(audience.stage === '' || isStage(audience.stage)) && { field: 'stage', code: 'choice' },
		audience.who === 'new' && (audience.stage !== '' || audience.segment !== '') && { field: 'who', code: 'new-unknown' },
		plain('layer', layer, LONGEST.layer, false),
		!(leastEffect >= 0.1 && leastEffect <= 50) && { field: 'leastEffect', code: 'effect' },
		!(Number.isInteger(mostDays) && mostDays >= 7 && mostDays <= 180) && { field: 'mostDays', code: 'days' },
		...(isPlace(place) ? wrongVariants(variants, place, audience.locale, snapshot) : []),
	];
	return wrong.filter((one) => one !== false);
}

function plain(field: string, text: string, longest: number, isNeeded: boolean): FieldError | false {
	if (isNeeded && text.trim() === '') return { field, code: 'required' };
	return (text.length > longest || /[\p{Cc}--[\n\r\t]]/v.test(text) || !text.isWellFormed()) && { field, code: 'characters' };
}

function wrongPath(place: PlaceName, path: string, snapshot: Snapshot): FieldError | false {
	const { isOneOnly, path: start } = placeOf(place);
	if (start === '/') return path !== '/' && { field: 'path', code: 'page' };
	if (path === '') return isOneOnly && { field: 'path', code: 'required' };
	if (placeOf(place).written(snapshot, path) === null) return { field: 'path', code: 'page' };
	const slug = path.slice(start.length);
	const items = start === '/p/' ? snapshot.pages : snapshot.whitePapers;
	return !(path.startsWith(start) && items.some((item) => item.slug === slug)) && { field: 'path', code: 'page' };
}

function wrongVariants(variants: readonly Variant[], place: PlaceName, locale: Locale | '', snapshot: Snapshot): readonly (FieldError | false)[] {
	if (variants.length < 2 || variants.length > VARIANT_KEYS.length) return [{ field: 'variants', code: 'count' }];
	const shown = LOCALES.filter((one) => locale === '' || one === locale);
	return variants.flatMap((variant, at) => {
		const field = `variant-${variant.key}`;
		return [
			variant.key !== VARIANT_KEYS[at] && { field, code: 'choice' },
			plain(`${field}-name`, variant.name, LONGEST.name, true),
			!(Number.isInteger(variant.weight) && variant.weight >= 1 && variant.weight <= 100) && { field: `${field}-weight`, code: 'weight' },
			...(at === 0 ? [] : wrongContent(variant, place, shown, snapshot)),
		];
	});
}

/** Each language that is shown needs words that differ from the editors', or this variant would be the control there. */
function wrongContent({ key, content }: Variant, place: PlaceName, shown: readonly Locale[], snapshot: Snapshot): readonly (FieldError | false)[] {
	const { parts, fills } = placeOf(place);
	const known = new Set(ALL_ITEMS.flatMap((list) => snapshot[list].map(({ type, slug }) => `${type}/${slug}`)));
	return shown.flatMap((locale) => {
		const field = `variant-${key}-${Object.keys(parts)[0]}-${locale}`;
		const isEmpty = Object.keys(fills(content, locale)).length === 0;
		return [
			isEmpty && { field, code: 'content' },
			...Object.entries(parts).map(([part, kind]): FieldError | false => {
				const text = content[part]?.[locale].trim() ?? '';
				const name = `variant-${key}-${part}-${locale}`;
				if (text.length > LONGEST.words || !text.isWellFormed()) return { field: name, code: 'characters' };
				if (kind === 'link') return text !== '' && !/^\/(?!\/)[\w\-/?=&#.]*$/.test(text) && { field: name, code: 'link' };
				return kind === 'items' && referencesOf(text).some((item) => !known.has(item)) && { field: name, code: 'items' };
			}),
		];
	});
}

const ALL_ITEMS = ['whitePapers', 'cases', 'articles', 'webinars', 'products'] as const;
