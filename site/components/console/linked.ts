/** A piece of plain text; `href` is set where it is an address. */
export interface Piece {
	readonly text: string;
	readonly href: string | null;
}

const ADDRESS = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]，。；：！？）]/g;

/** Cuts plain text at its web addresses, so that they can be followed. */
export function linked(text: string): Piece[] {
	const pieces: Piece[] = [];
	let from = 0;
	for (const found of text.matchAll(ADDRESS)) {
		if (found.index > from) pieces.push({ text: text.slice(from, found.index), href: null });
		pieces.push({ text: found[0], href: found[0] });
		from = found.index + found[0].length;
	}
	if (from < text.length) pieces.push({ text: text.slice(from), href: null });
	return pieces;
}
