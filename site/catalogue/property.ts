import type { Span } from './quantity.ts';

/** The specification that a property is read from. */
export interface Source {
	/** In English, or in the only language it has. */
	readonly name: string;
	readonly unit: string;
}

/** A figure that products of a category are chosen by. Arrays are by the product's place on its shelf. */
export interface RangeProperty {
	readonly kind: 'range';
	/** Its name in addresses, the same in both languages. */
	readonly key: string;
	readonly name: string;
	readonly unit: string;
	readonly source: Source;
	/** Above 0 for what editors show as a key figure, more for what stands first there. */
	readonly weight: number;
	/** The least and the largest number among the products. */
	readonly low: number;
	readonly high: number;
	/** Null where a product has no such number. */
	readonly spans: readonly (readonly Span[] | null)[];
}

export interface Option {
	/** In addresses. */
	readonly value: string;
	readonly name: string;
}

/** A word or code that products share: a degree of protection, a fieldbus, an industry. */
export interface ChoiceProperty {
	readonly kind: 'choice';
	readonly key: string;
	readonly name: string;
	/** Null for what is no specification: industry, topic, documents. */
	readonly source: Source | null;
	readonly weight: number;
	readonly options: readonly Option[];
	/** Places of the options that a product has. */
	readonly picks: readonly (readonly number[])[];
}

export type Property = RangeProperty | ChoiceProperty;

/** Parameters of a category's address that are no property of a product. */
export const RESERVED_KEYS: ReadonlySet<string> = new Set(['q', 'p', 'sort', 'view', 'page', 'industry', 'topic', 'documents']);

const UNIT_WORDS: Readonly<Record<string, string>> = {
	'″': 'arcsec',
	'′': 'arcmin',
	'%': 'percent',
	Ω: 'ohm',
	µ: 'u',
	'⁻¹': '-1',
	'²': '2',
	'³': '3',
};

/** The name of a property in addresses: `rated-power`, with its unit where a category measures the name in several. */
export function keyOf(name: string, unit = ''): string {
	const words = unit.replaceAll(/″|′|%|Ω|µ|⁻¹|²|³/gu, (sign) => ` ${UNIT_WORDS[sign] ?? ''}`).replaceAll(' u ', 'u');
	const key = `${name} ${words}`
		.normalize('NFKD')
		.replaceAll(/\p{Mark}/gu, '')
		.toLowerCase()
		.replaceAll(/[^\p{Letter}\p{Number}]+/gu, '-')
		.replaceAll(/^-|-$/g, '')
		.slice(0, 60);
	return RESERVED_KEYS.has(key) ? `${key}-value` : key;
}

/** The words of a value that can be chosen one by one: `EtherCAT, PROFINET`, and codes within words: `Nodes IP67, gateway IP20`. */
export function tokensOf(value: string): readonly string[] {
	const text = value.replaceAll(/\s*(?:\([^)]*\)|（[^）]*）)/gu, '').trim();
	const codes = text.match(/\bIP\d{2}[A-Z]?\b/gu);
	if (codes) return [...new Set<string>(codes)];
	return text
		.split(/[、；，;]\s*|,\s+/u)
		.map((token) => token.trim())
		.filter((token) => token !== '' && !/^[-–—]$/u.test(token));
}
