/** A straight scale from values to positions. */
export interface Scale {
	readonly ticks: readonly number[];
	at(value: number): number;
}

/**
 * A scale over `values` whose ends are round numbers, with about `count` ticks. Starts at zero where no value is below it
 * and the least is under `zeroShare` of the largest.
 */
export function niceScale(values: readonly number[], [from, to]: readonly [number, number], count: number, zeroShare: number): Scale {
	const least = Math.min(...values);
	const most = Math.max(...values);
	const startsAtZero = least >= 0 && least <= most * zeroShare;
	const low = startsAtZero ? 0 : least;
	const high = most > low ? most : low + 1;
	const step = niceStep((high - low) / count);
	const first = Math.floor(low / step + 1e-9) * step;
	const last = Math.ceil(high / step - 1e-9) * step;
	const ticks = Array.from({ length: Math.round((last - first) / step) + 1 }, (_, at) => round(first + at * step));
	return { ticks, at: (value) => from + ((value - first) / (last - first)) * (to - from) };
}

/** The smallest of 1, 2, 2.5, 5 × 10ⁿ that is at least `step`. */
function niceStep(step: number): number {
	const power = 10 ** Math.floor(Math.log10(step));
	const factor = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= step * 0.999) ?? 10;
	return factor * power;
}

function round(value: number): number {
	return Number(value.toPrecision(12));
}
