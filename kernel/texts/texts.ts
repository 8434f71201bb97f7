import type { en } from './en.ts';

type Shape<T> = T extends string
	? string
	: T extends (...args: infer A) => string
		? (...args: A) => string
		: { readonly [K in keyof T]: Shape<T[K]> };

/** The shape that both languages have, taken from the English texts: a missing Chinese text does not compile. */
export type Texts = Shape<typeof en>;
