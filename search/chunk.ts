/** Splits what `items` yields into lists of at most `size`, taking no more than it needs at a time. */
export function* chunksOf<T>(items: Iterable<T>, size: number): Generator<T[]> {
	let chunk: T[] = [];
	for (const item of items) {
		chunk.push(item);
		if (chunk.length < size) continue;
		yield chunk;
		chunk = [];
	}
	if (chunk.length > 0) yield chunk;
}
