/** A repeatable source of chance. */
export interface Dice {
	/** A whole number from 0 up to `below`. */
	roll(below: number): number;
	/** True with this probability. */
	chance(probability: number): boolean;
	pick<T>(all: readonly T[]): T;
	/** One of `[value, weight]`, as likely as its weight is of all. */
	weighted<T>(all: readonly (readonly [T, number])[]): T;
	/** From `least` to `most`, both included; small values are likelier. */
	few(least: number, most: number): number;
	bytes(size: number): Buffer;
}

/** Dice of a seed: the same numbers in the same order on every machine. Source: G. Marsaglia, Xorshift RNGs (2003), the triple 13, 17, 5. */
export function diceOf(seed: number): Dice {
	let state = Math.imul(seed + 1, 0x9e3779b1) | 1;
	const next = (): number => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>> 0) / 2 ** 32;
	};
	const roll = (below: number): number => Math.floor(next() * below);
	return {
		roll,
		chance: (probability) => next() < probability,
		pick: (all) => all[roll(all.length)]!,
		weighted: (all) => {
			let left = next() * all.reduce((sum, [, weight]) => sum + weight, 0);
			for (const [value, weight] of all) if ((left -= weight) < 0) return value;
			return all.at(-1)![0];
		},
		few: (least, most) => least + Math.floor((most - least + 1) * next() ** 2),
		bytes: (size) => Buffer.from(Array.from({ length: size }, () => roll(256))),
	};
}
