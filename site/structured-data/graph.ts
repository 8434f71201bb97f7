/** A thing of schema.org. Each kind is typed by schema-dts where it is made; the union of all kinds is slow to compile. */
export interface Node {
	readonly '@type': string;
}

/**
 * The nodes of a page as the text of its JSON-LD block. A `<` of the content is written as an escape, so that no text of an editor
 * can end the block or open a comment.
 * Source: https://www.w3.org/TR/json-ld11/#restrictions-for-contents-of-json-ld-script-elements
 */
export function serialise(nodes: readonly Node[]): string {
	return JSON.stringify({ '@context': 'https://schema.org', '@graph': nodes }).replaceAll('<', String.raw`\u003c`);
}
