import { type MarkdownOptions, type Rendered, renderMarkdown } from './markdown.ts';

/** UTF-16 units of sources and HTML that are kept. */
const LIMIT = 2_000_000;

const kept = new Map<string, Rendered>();
let size = 0;

/**
 * {@link renderMarkdown}, done once for a text as long as it is among those used last: pages that are not kept as bytes, such as a
 * whole paper, then cost little. `figure` must give the same for the same locale.
 */
export function keptMarkdown(source: string, options: MarkdownOptions): Rendered {
	const key = `${options.locale} ${options.topLevel ?? ''} ${options.idPrefix ?? ''} ${source}`;
	const known = kept.get(key);
	if (known) {
		kept.delete(key);
		kept.set(key, known);
		return known;
	}
	const rendered = renderMarkdown(source, options);
	kept.set(key, rendered);
	size += key.length + rendered.html.length;
	for (const [oldest, { html }] of kept) {
		if (size <= LIMIT) break;
		kept.delete(oldest);
		size -= oldest.length + html.length;
	}
	return rendered;
}
