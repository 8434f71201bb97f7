/** Round values from 0 up to a largest one or just above it, for an axis: at most six, in steps of 1, 2 or 5 times a power of ten. */
export function ticksTo(largest: number): number[] {
	if (!(largest > 0)) return [0, 1];
	const raw = largest / 4;
	const power = 10 ** Math.floor(Math.log10(raw));
	const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= raw) ?? raw;
	return Array.from({ length: Math.ceil(largest / step - 1e-9) + 1 }, (_, at) => Number((at * step).toPrecision(12)));
}

/** Runs of values that follow each other without a gap, as positions: a line is drawn through each. */
export function runsOf(values: readonly (number | null)[]): number[][] {
	const runs: number[][] = [];
	for (const [at, value] of values.entries()) {
		if (value === null) continue;
		const last = runs.at(-1);
		if (last?.at(-1) === at - 1) last.push(at);
		else runs.push([at]);
	}
	return runs;
}
