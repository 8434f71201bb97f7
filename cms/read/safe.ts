import type { Asset } from '../content.ts';

/** Longest text of one field, in UTF-16 units: a book of 80 pages. More would make a page that nobody reads and a browser hardly shows. */
export const LONGEST_TEXT = 200_000;
/** Longest side of a picture, in pixels; Directus is told the same. */
export const LONGEST_SIDE = 10_000;

const DOTS = /^image\/(?:png|jpeg|webp|avif|gif|tiff)$/;
const DRAWING = /^image\/svg\+xml$/;
const LINK = /^(?:https?:\/\/[^\s/]|mailto:[^\s@]+@[^\s@]+$|tel:[+\d(]|\/(?!\/)|#)/i;
/** Elements and attributes that load or run something. The page's own cleaning takes them out; this finds them for the editor. */
const ACTIVE =
	/<\s*\/?\s*(?:script|iframe|frame|object|embed|style|link|meta|form|input|base|svg|video|audio|img)\b|<[^>]+\son[a-z]+\s*=|\]\(\s*(?:javascript|data|vbscript):/i;
const CODE = /```[\s\S]*?(?:```|$)|`[^`\n]*`/g;

/** Why a file cannot stand where a picture belongs, or null when it can. */
export function pictureFault({ mediaType, width, height }: Asset): 'not-a-picture' | 'too-large' | null {
	if (DRAWING.test(mediaType)) return null;
	// Directus measures what it can read: dots without a size are a damaged file, or another one under the name of a picture.
	if (!DOTS.test(mediaType) || width === null || height === null) return 'not-a-picture';
	return Math.max(width, height) > LONGEST_SIDE ? 'too-large' : null;
}

/** True for an address that a link may lead to: of this site, the web, a mail or a phone number. */
export function isSafeLink(link: string): boolean {
	return LINK.test(link);
}

/** True when a text holds HTML that pages do not take; what is shown as code does not count. */
export function hasActiveHtml(text: string): boolean {
	return ACTIVE.test(text.replaceAll(CODE, ''));
}

/** The text as far as it is shown: up to {@link LONGEST_TEXT}, cut between paragraphs where there are some. */
export function shownText(text: string): string {
	if (text.length <= LONGEST_TEXT) return text;
	const cut = text.lastIndexOf('\n\n', LONGEST_TEXT);
	return (cut > LONGEST_TEXT / 2 ? text.slice(0, cut) : text.slice(0, LONGEST_TEXT)).toWellFormed().replace(/\ufffd$/, '');
}
