/** The little markup of mail templates: paragraphs, lists, `**bold**` and `[words](link)`; everything else is text. */
export type Inline =
	{ readonly kind: 'text' | 'bold'; readonly text: string } | { readonly kind: 'link'; readonly text: string; readonly url: string };
export type Paragraph = { readonly kind: 'paragraph' | 'list'; readonly lines: readonly (readonly Inline[])[] };

const MARK = /\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^)\s]+)\)/g;
const SAFE = /^(?:https?:\/\/[^\s/]|mailto:[^\s@]+@|\/(?!\/))/i;
const ITEM = /^- +/;

/** Reads a text; a link that leads nowhere a reader may be sent is its words alone. */
export function readText(text: string): readonly Paragraph[] {
	return text
		.split(/\n{2,}/)
		.filter((part) => part.trim() !== '')
		.map((part) => {
			const lines = part.split('\n').filter((line) => line.trim() !== '');
			const isList = lines.every((line) => ITEM.test(line));
			return { kind: isList ? 'list' : 'paragraph', lines: lines.map((line) => readLine(isList ? line.replace(ITEM, '') : line)) };
		});
}

function readLine(line: string): readonly Inline[] {
	const parts: Inline[] = [];
	let from = 0;
	for (const match of line.matchAll(MARK)) {
		if (match.index > from) parts.push({ kind: 'text', text: line.slice(from, match.index) });
		const [whole, bold, words = '', url = ''] = match;
		if (bold !== undefined) parts.push({ kind: 'bold', text: bold });
		else parts.push(SAFE.test(url) ? { kind: 'link', text: words, url } : { kind: 'text', text: words });
		from = match.index + whole.length;
	}
	return from < line.length ? [...parts, { kind: 'text', text: line.slice(from) }] : parts;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escapeHtml(text: string): string {
	return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
