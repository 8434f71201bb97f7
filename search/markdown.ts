const FENCE = /^```(\w*)[^\n]*\n([\s\S]*?)^```\s*$/gm;

/** The words of a Markdown text, without its marks. Of a figure, its title and the names of its axes and series. */
export function plainText(markdown: string): string {
	return markdown
		.replace(FENCE, (_block, language: string, body: string) => (language === 'figure' ? `\n${figureWords(body)}\n` : body))
		.replace(/^[^\S\n]*\|?(?:[^\S\n]*:?-+:?[^\S\n]*\|)+[^\S\n]*(?::?-+:?)?[^\S\n]*$/gm, '')
		.replace(/^\s{0,3}(?:#{1,6}|>|[-*+]|\d+\.)\s+/gm, '')
		.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
		.replace(/[^\S\n]*\|[^\S\n]*/g, ' ')
		.replace(/(\*\*|__|\*|`)(?=\S)([^\n]*?\S)\1/g, '$2')
		.replace(/<\/?[a-z][^>]*>/gi, ' ')
		.replace(/[^\S\n]+/g, ' ')
		.replace(/\s*\n\s*/g, '\n')
		.trim();
}

function figureWords(json: string): string {
	try {
		const words: string[] = [];
		collect(JSON.parse(json), words);
		return words.join(' ');
	} catch {
		return '';
	}
}

const NAMING = new Set(['title', 'label', 'name']);

function collect(value: unknown, words: string[]): void {
	if (typeof value !== 'object' || value === null) return;
	for (const [key, inner] of Object.entries(value)) {
		if (typeof inner === 'string' && NAMING.has(key)) words.push(inner);
		else collect(inner, words);
	}
}
