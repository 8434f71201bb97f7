import { z } from 'zod';

/** One value of an event's payload. Described once: the fast check of the beacon and the zod schema of the API come from it. */
export type PropKind =
	| { readonly kind: 'count'; readonly max: number; readonly isOptional: boolean }
	| { readonly kind: 'text'; readonly max: number; readonly isOptional: boolean }
	| { readonly kind: 'choice'; readonly of: readonly string[]; readonly isOptional: boolean };

interface Prop<K extends PropKind> {
	readonly spec: K;
	optional(): Prop<K & { readonly isOptional: true }>;
}

export type PropsSpec = Readonly<Record<string, Prop<PropKind>>>;

type ValueOf<K> = K extends { kind: 'count' } ? number : K extends { kind: 'choice'; of: readonly (infer C)[] } ? C : string;
type SpecOf<P> = P extends Prop<infer K> ? K : never;
type OptionalNames<S extends PropsSpec> = { [N in keyof S]: SpecOf<S[N]> extends { isOptional: true } ? N : never }[keyof S];
export type PropsOf<S extends PropsSpec> = { readonly [N in Exclude<keyof S, OptionalNames<S>>]: ValueOf<SpecOf<S[N]>> } & {
	readonly [N in OptionalNames<S>]?: ValueOf<SpecOf<S[N]>> | undefined;
};

/** A whole number from 0 to `max`. */
export const count = (max: number) => prop({ kind: 'count' as const, max, isOptional: false as boolean });
/** Text of at most `max` UTF-16 units, without U+0000 and lone surrogates, which databases treat differently. */
export const text = (max: number) => prop({ kind: 'text' as const, max, isOptional: false as boolean });
export const choice = <const C extends readonly string[]>(...of: C) => prop({ kind: 'choice' as const, of, isOptional: false as boolean });

function prop<K extends PropKind>(spec: K): Prop<K> {
	return { spec, optional: () => prop({ ...spec, isOptional: true as const }) };
}

/** True for text that both databases store alike. */
export function isStorable(value: string): boolean {
	return !value.includes('\0') && value.isWellFormed();
}

/** Returns a check of payloads: every named value there and right, and nothing else. */
export function propsCheck(spec: PropsSpec): (props: Readonly<Record<string, unknown>>) => boolean {
	const entries = Object.entries(spec).map(([name, { spec: kind }]) => ({ name, kind }));
	const known = new Set(entries.map(({ name }) => name));
	return (props) => {
		for (const name of Object.keys(props)) if (!known.has(name)) return false;
		for (const { name, kind } of entries) {
			const value = props[name];
			if (value === undefined ? !kind.isOptional : !isValue(kind, value)) return false;
		}
		return true;
	};
}

function isValue(kind: PropKind, value: unknown): boolean {
	switch (kind.kind) {
		case 'count':
			return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= kind.max;
		case 'text':
			return typeof value === 'string' && value.length <= kind.max && isStorable(value);
		case 'choice':
			return typeof value === 'string' && kind.of.includes(value);
	}
}

/** The same payload as a zod schema, for the API's description and for the hub's own events. */
export function propsSchema(spec: PropsSpec): z.ZodType<Record<string, string | number>> {
	const shape = Object.entries(spec).map(([name, { spec: kind }]) => [name, kind.isOptional ? valueSchema(kind).optional() : valueSchema(kind)]);
	return z.strictObject(Object.fromEntries(shape) as Record<string, z.ZodType<string | number>>);
}

function valueSchema(kind: PropKind): z.ZodType<string | number> {
	switch (kind.kind) {
		case 'count':
			return z.int().min(0).max(kind.max);
		case 'text':
			return z.string().max(kind.max).refine(isStorable);
		case 'choice':
			return z.enum(kind.of as readonly [string, ...string[]]);
	}
}
