/** The words of a Markdown text, without its marks: for places that show text only. */
export function plain(markdown: string): string {
	return markdown
		.replaceAll(/```[\s\S]*?```/g, ' ')
		.replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
		.replaceAll(/<[^>]*>/g, ' ')
		.replaceAll(/^\s*\|?[\s|:-]+\|[\s|:-]*$/gm, ' ')
		.replaceAll(/^\s*(?:#{1,6}|[-*+]|\d+\.|>)\s+/gm, '')
		.replaceAll(/(\*\*|__|`)/g, '')
		.replaceAll(/(?<!\w)[*_](\S(?:.*?\S)?)[*_](?!\w)/g, '$1')
		.replaceAll(/\s*\|\s*/g, ' ')
		.replaceAll(/\s+/g, ' ')
		.trim();
}
