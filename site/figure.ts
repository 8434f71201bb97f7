import type { Locale } from '#cms/content.ts';
import type { Texts } from '#kernel/texts/texts.ts';

/** A figure of an editor's text as HTML with its title, drawing, source and data; null when it cannot be read. */
export function drawFigure(_source: string, _locale: Locale, _texts: Texts): string | null {
	return null;
}
