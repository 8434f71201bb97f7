const STEPS = 60;
const TINY = 1e-30;

/** Quantile of the beta distribution with parameters `a` and `b`, both above 0, by halving. */
export function betaQuantile(share: number, a: number, b: number): number {
	let [low, high] = [0, 1];
	for (let step = 0; step < STEPS; step++) {
		const middle = (low + high) / 2;
		if (incompleteBeta(middle, a, b) < share) low = middle;
		else high = middle;
	}
	return (low + high) / 2;
}

/** Regularised incomplete beta function, by its continued fraction. Source: NIST DLMF 8.17.22, https://dlmf.nist.gov/8.17#v */
function incompleteBeta(x: number, a: number, b: number): number {
	if (x <= 0) return 0;
	if (x >= 1) return 1;
	// The fraction converges quickly on this side; the other follows by symmetry.
	if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
	const front = Math.exp(a * Math.log(x) + b * Math.log(1 - x) - logBeta(a, b)) / a;
	let [c, d] = [1, 1 / notZero(1 - ((a + b) * x) / (a + 1))];
	let fraction = d;
	for (let m = 1; m <= 300; m++) {
		const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
		d = 1 / notZero(1 + even * d);
		c = notZero(1 + even / c);
		fraction *= d * c;
		const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
		d = 1 / notZero(1 + odd * d);
		c = notZero(1 + odd / c);
		fraction *= d * c;
		if (Math.abs(d * c - 1) < 1e-12) break;
	}
	return front * fraction;
}

const notZero = (value: number): number => (Math.abs(value) < TINY ? TINY : value);

function logBeta(a: number, b: number): number {
	return logGamma(a) + logGamma(b) - logGamma(a + b);
}

/** Stirling's series, after moving the argument up to where it is exact enough. Source: NIST DLMF 5.11.1, https://dlmf.nist.gov/5.11 */
function logGamma(x: number): number {
	let [z, shift] = [x, 0];
	for (; z < 10; z++) shift -= Math.log(z);
	const inverse = 1 / (z * z);
	const series = (1 / z) * (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1_260 - inverse / 1_680)));
	return shift + (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series;
}
