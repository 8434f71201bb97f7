/** A word or mark that is not broken, with its style. `isSpace`: the gap before the next one. */
export interface Piece {
	readonly text: string;
	readonly isBold: boolean;
	readonly isSpace: boolean;
	/** May stand at the beginning of a line; closing marks may not. */
	readonly mayStart: boolean;
}

const PIECES = /\s+|[\p{Script=Han}]|[\u3000-\u303f\uff00-\uffef“”‘’…—]|[^\s\p{Script=Han}\u3000-\u303f\uff00-\uffef“”‘’…—]+/gu;
const CLOSING = /^[，。、；：？！）】》」』”’…—％,.;:?!)%°′″]/u;
const OPENING = /[（【《「『“‘(]$/u;

/** Cuts a text where a line may end: at spaces, and between Chinese characters but not before closing or after opening marks. */
export function piecesOf(text: string, isBold: boolean): Piece[] {
	return (text.match(PIECES) ?? []).map((part) => ({
		text: /^\s+$/.test(part) ? ' ' : part,
		isBold,
		isSpace: /^\s+$/.test(part),
		mayStart: !CLOSING.test(part),
	}));
}

export type Line = readonly Piece[];

/** Sets pieces into lines of at most `width`, each as full as it can be. A piece that is too wide has a line of its own. */
export function breakLines(pieces: readonly Piece[], width: number, measure: (piece: Piece) => number): Line[] {
	const lines: Piece[][] = [];
	let line: Piece[] = [];
	let used = 0;
	const close = (): void => {
		while (line.at(-1)?.isSpace) line.pop();
		if (line.length > 0) lines.push(line);
		line = [];
		used = 0;
	};
	for (const group of glued(pieces)) {
		const needed = group.reduce((sum, piece) => sum + measure(piece), 0);
		const isGap = group[0]?.isSpace === true;
		if (line.length > 0 && !isGap && used + needed > width) close();
		if (line.length === 0 && isGap) continue;
		line.push(...group);
		used += needed;
	}
	close();
	return lines;
}

/** Pieces that must stay together: what follows an opening mark, and what precedes a closing one. */
function glued(pieces: readonly Piece[]): Piece[][] {
	const groups: Piece[][] = [];
	for (const piece of pieces) {
		const last = groups.at(-1);
		const previous = last?.at(-1);
		const sticks =
			previous !== undefined &&
			!previous.isSpace &&
			!piece.isSpace &&
			(!piece.mayStart || OPENING.test(previous.text) || (previous.isBold !== piece.isBold && isLatin(previous) && isLatin(piece)));
		if (last && sticks) last.push(piece);
		else groups.push([piece]);
	}
	return groups;
}

const isLatin = (piece: Piece): boolean => /^[\w(]/.test(piece.text);
