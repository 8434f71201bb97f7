import CHARACTERS from 'opencc-js/dict/TSCharacters';

/**
 * Simplified forms by their traditional ones, one character for one, so that places in a text stay.
 * Source: OpenCC's table of characters, `<traditional> <simplified>` with bars between.
 */
const FORMS: ReadonlyMap<string, string> = new Map(
	CHARACTERS.split('|')
		.map((pair) => pair.split(' ') as [string, string])
		.filter(([traditional, simple]) => traditional.length === 1 && simple.length === 1),
);
const TRADITIONAL = new RegExp(`[${[...FORMS.keys()].join('')}]`, 'g');

/** The text with each traditional Han character as its simplified form; all else as it is, and the length too. */
export function simplified(text: string): string {
	return text.replace(TRADITIONAL, (character) => FORMS.get(character) ?? character);
}
