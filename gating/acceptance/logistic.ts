const ROUNDS = 25;
const CLOSE = 1e-9;

/** One case: which features it has (places, none twice), and what came of it. */
export interface Case {
	readonly features: readonly number[];
	readonly isYes: boolean;
}

/** Log-odds: `intercept` plus the weights of the features that a case has. */
export interface Weights {
	readonly intercept: number;
	readonly weights: readonly number[];
}

/**
 * Logistic regression with a penalty of `ridge` / 2 on the square of each weight but the intercept, by Newton's method: the one optimum, the
 * same at every run. Without cases all weights are 0.
 */
export function fitLogistic(cases: readonly Case[], features: number, ridge: number): Weights {
	const size = features + 1; // the last place is the intercept
	let beta = new Float64Array(size);
	for (let round = 0; round < ROUNDS; round++) {
		const gradient = Float64Array.from(beta, (value, at) => (at === features ? 0 : -ridge * value));
		const hessian = Array.from({ length: size }, (_, at) => {
			const row = new Float64Array(size);
			row[at] = at === features ? 1e-6 : ridge;
			return row;
		});
		for (const { features: own, isYes } of cases) {
			const places = [...own, features];
			const chance = sigmoid(places.reduce((sum, at) => sum + beta[at]!, 0));
			const weight = chance * (1 - chance);
			for (const at of places) {
				gradient[at]! += (isYes ? 1 : 0) - chance;
				for (const other of places) hessian[at]![other]! += weight;
			}
		}
		const step = solve(hessian, gradient);
		// A long step is cut, so that it does not overshoot where the curve is flat.
		const longest = Math.max(...step.map(Math.abs));
		const share = Math.min(1, 4 / Math.max(longest, CLOSE));
		beta = beta.map((value, at) => value + share * step[at]!);
		if (longest < CLOSE) break;
	}
	return { intercept: beta[features]!, weights: [...beta.subarray(0, features)] };
}

/** Chance from 0 to 1. */
export function chanceBy({ intercept, weights }: Weights, features: readonly number[]): number {
	return sigmoid(features.reduce((sum, at) => sum + (weights[at] ?? 0), intercept));
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** Solves a symmetric positive definite system by Cholesky's decomposition. */
function solve(matrix: readonly Float64Array[], right: Float64Array): Float64Array {
	const size = right.length;
	const lower = matrix.map((row) => Float64Array.from(row));
	for (let at = 0; at < size; at++) {
		for (let column = 0; column <= at; column++) {
			let sum = lower[at]![column]!;
			for (let k = 0; k < column; k++) sum -= lower[at]![k]! * lower[column]![k]!;
			lower[at]![column] = at === column ? Math.sqrt(Math.max(sum, 1e-12)) : sum / lower[column]![column]!;
		}
	}
	const found = Float64Array.from(right);
	for (let at = 0; at < size; at++) {
		for (let k = 0; k < at; k++) found[at]! -= lower[at]![k]! * found[k]!;
		found[at]! /= lower[at]![at]!;
	}
	for (let at = size - 1; at >= 0; at--) {
		for (let k = at + 1; k < size; k++) found[at]! -= lower[k]![at]! * found[k]!;
		found[at]! /= lower[at]![at]!;
	}
	return found;
}
