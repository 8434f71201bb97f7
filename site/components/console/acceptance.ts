import type { Locale } from '#cms/content.ts';
import type { Picked } from '#gating';

/** A share from 0 to 1 in per cent: `35 %`, as the language writes it. */
export function percent(share: number, locale: Locale): string {
	return new Intl.NumberFormat(locale === 'en' ? 'en-GB' : locale, { style: 'percent', maximumFractionDigits: 0 }).format(share);
}

/** A number with so many decimals and a true minus sign. */
export function decimal(value: number, decimals: number): string {
	return value.toFixed(decimals).replace('-', '\u2212');
}

/** Address of the list behind a count. */
export function handOversAt(picked: Picked): string {
	const query = new URLSearchParams(Object.entries(picked).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])));
	return `/console/scoring/precision/leads?${query}`;
}

const OUTCOMES = ['accepted', 'returned', 'disqualified', 'open', 'decided', 'not-accepted', 'won'] as const;

/** What an address of {@link handOversAt} asks for. */
export function pickedFrom(query: URLSearchParams): Picked {
	const text = (name: string) => query.get(name)?.slice(0, 120) || undefined;
	return { rule: text('rule'), outcome: OUTCOMES.find((known) => known === query.get('outcome')), reason: text('reason') };
}
