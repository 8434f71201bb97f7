/** A hole of a page: the pieces that stand there for everybody. */
export interface SplitHole {
	readonly name: string;
	/** Index of its first piece. */
	readonly from: number;
	/** Index after its last piece; holes lie within one another or apart. */
	readonly to: number;
}

/** A page taken apart at its holes: all pieces in a row are the page that everybody gets. */
export interface Split {
	readonly pieces: readonly Buffer[];
	/** In the order they begin; an outer one before those within it. */
	readonly holes: readonly SplitHole[];
}

/**
 * Takes the marks with this secret out of `body` and tells where they were; `holes` is empty for a page without any. A hole that was not
 * closed is none.
 */
export function splitPage(body: Buffer, secret: string): { readonly body: Buffer; readonly split: Split } {
	const start = Buffer.from(`<!--${secret}`);
	const pieces: Buffer[] = [];
	const open: { readonly name: string; readonly from: number }[] = [];
	const holes: SplitHole[] = [];
	let at = 0;
	for (let next = body.indexOf(start); next >= 0; next = body.indexOf(start, at)) {
		const end = body.indexOf('-->', next + start.length);
		if (end < 0) break;
		pieces.push(body.subarray(at, next));
		const name = body.toString('latin1', next + start.length + 1, end);
		if (body[next + start.length] === PLUS) open.push({ name, from: pieces.length });
		else {
			const hole = open.pop();
			if (hole?.name === name) holes.push({ ...hole, to: pieces.length });
		}
		at = end + 3;
	}
	pieces.push(body.subarray(at));
	const split = { pieces, holes: holes.toSorted((a, b) => a.from - b.from || b.to - a.to) };
	const plain = pieces.length === 1 ? body : Buffer.concat(pieces);
	return { body: plain, split: splitAgain(split, plain) };
}

/** The same split of a copy of the page, so that nothing else of the first one is kept. */
export function splitAgain({ pieces, holes }: Split, body: Buffer): Split {
	let at = 0;
	return { holes, pieces: pieces.map(({ length }) => body.subarray(at, (at += length))) };
}

const PLUS = 43;

/** A run of pieces of the page itself, or the name of a hole that is filled. */
export type Stretch = { readonly from: number; readonly to: number } | { readonly name: string };

/** What a page of `count` pieces consists of when the holes that `isFilled` names hold something else. */
export function stretchesOf(count: number, holes: readonly SplitHole[], isFilled: (name: string) => boolean): readonly Stretch[] {
	const stretches: Stretch[] = [];
	let at = 0;
	for (const { name, from, to } of holes) {
		if (from < at || !isFilled(name)) continue;
		if (from > at) stretches.push({ from: at, to: from });
		stretches.push({ name });
		at = to;
	}
	if (at < count) stretches.push({ from: at, to: count });
	return stretches;
}

/**
 * The pieces of the page with `fills` in its holes; a hole without a fill keeps what stands there, with the holes within it. Fills of holes
 * within a filled one are left out, since they have no place.
 */
export function fillSplit<P>(pieces: readonly P[], holes: readonly SplitHole[], fills: ReadonlyMap<string, readonly P[]>): P[] {
	return stretchesOf(pieces.length, holes, (name) => fills.has(name)).flatMap((one) =>
		'name' in one ? fills.get(one.name)! : pieces.slice(one.from, one.to),
	);
}
