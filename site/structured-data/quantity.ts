/** What a value in a specification says: one number, a range, or words. */
export type Quantity =
	| { readonly kind: 'number'; readonly value: number }
	| { readonly kind: 'range'; readonly from: number; readonly to: number }
	| { readonly kind: 'words' };

const NUMBER = String.raw`[−-]?\d+(?:\.\d+)?`;
const ONE = new RegExp(`^(${NUMBER})$`);
const RANGE = new RegExp(String.raw`^(${NUMBER})\s?(?:–|to|至|~|…)\s?(${NUMBER})$`);
const SYMMETRIC = /^±\s?(\d+(?:\.\d+)?)$/;

/** Reads `5.5`, `−20 to 40`, `47–63`, `± 0.3`. Anything with a condition or a list stays words. */
export function quantity(value: string): Quantity {
	const text = value.trim();
	const one = ONE.exec(text);
	if (one) return { kind: 'number', value: numberOf(one[1]!) };
	const range = RANGE.exec(text);
	if (range && numberOf(range[1]!) <= numberOf(range[2]!)) return { kind: 'range', from: numberOf(range[1]!), to: numberOf(range[2]!) };
	const symmetric = SYMMETRIC.exec(text);
	if (symmetric) return { kind: 'range', from: -Number(symmetric[1]), to: Number(symmetric[1]) };
	return { kind: 'words' };
}

function numberOf(text: string): number {
	return Number(text.replace('−', '-'));
}
