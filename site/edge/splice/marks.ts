/**
 * How a page says where its holes are, between its rendering and the edge: marks that only this process can write, since they carry its
 * secret. They are taken out before anything leaves.
 */
export interface Marks {
	/** Before the content that stands in the hole for everybody. */
	open(name: string): string;
	/** After it. */
	close(name: string): string;
}

const NAME = /^[a-z0-9][a-z0-9.-]{0,63}$/;

/**
 * Marks with this secret; `used` is told when a page makes its first one.
 *
 * @throws Error for a name that is not made of small letters, digits, `-` and `.`: a mistake in the page.
 */
export function createMarks(secret: string, used: () => void): Marks {
	const mark = (sign: '+' | '-', name: string): string => {
		if (!NAME.test(name)) throw new Error(`"${name}" is no name of a hole.`);
		used();
		return `<!--${secret}${sign}${name}-->`;
	};
	return Object.freeze<Marks>({ open: (name) => mark('+', name), close: (name) => mark('-', name) });
}
