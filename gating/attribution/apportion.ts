/** Up to so many, looking for the largest remainder again and again is quicker than sorting. */
const FEW = 40;

/**
 * Splits a whole number by whole weights into whole parts that sum to exactly `total`: everybody gets their quota rounded down, and what is left
 * goes one by one to the largest remainders, to the earlier of equal ones. Weights sum to more than 0.
 *
 * Source: largest remainders (Hamilton), https://en.wikipedia.org/wiki/Largest_remainder_method
 */
export function apportion(weights: readonly number[], total: number): number[] {
	const [sum, most] = [sumOf(weights), mostOf(weights)];
	if (weights.length === 1) return [total];
	return most * total <= Number.MAX_SAFE_INTEGER ? small(weights, total, sum) : large(weights, total, sum);
}

function small(weights: readonly number[], total: number, sum: number): number[] {
	const [parts, remainders] = [new Array<number>(weights.length), new Array<number>(weights.length)];
	for (let at = 0; at < weights.length; at++) {
		const product = (weights[at] ?? 0) * total;
		const remainder = product % sum;
		remainders[at] = remainder;
		parts[at] = (product - remainder) / sum;
	}
	return topUp(parts, remainders, total);
}

function large(weights: readonly number[], total: number, sum: number): number[] {
	const [all, whole] = [BigInt(total), BigInt(sum)];
	const products = weights.map((weight) => BigInt(weight) * all);
	const parts = products.map((product) => Number(product / whole));
	return topUp(
		parts,
		products.map((product) => Number(product % whole)),
		total,
	);
}

function topUp(parts: number[], remainders: number[], total: number): number[] {
	const left = total - sumOf(parts);
	if (parts.length > FEW) {
		const order = remainders.map((_, at) => at).sort((one, other) => (remainders[other] ?? 0) - (remainders[one] ?? 0) || one - other);
		for (const at of order.slice(0, left)) parts[at] = (parts[at] ?? 0) + 1;
		return parts;
	}
	for (let given = 0; given < left; given++) {
		let best = 0;
		for (let at = 1; at < remainders.length; at++) if ((remainders[at] ?? 0) > (remainders[best] ?? 0)) best = at;
		parts[best] = (parts[best] ?? 0) + 1;
		remainders[best] = -1;
	}
	return parts;
}

function sumOf(values: readonly number[]): number {
	let sum = 0;
	for (const value of values) sum += value;
	return sum;
}

function mostOf(values: readonly number[]): number {
	let most = 0;
	for (const value of values) if (value > most) most = value;
	return most;
}
