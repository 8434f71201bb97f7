/** Characters that look the same to a reader: full and half width, case, accents, and what is put between letters to slip through. */
const plain = (text: string): string =>
	text
		.normalize('NFKD')
		.replaceAll(/\p{M}/gu, '')
		.toLowerCase()
		.replaceAll(/\p{Cf}/gu, '');

const joined = (text: string): string => text.replaceAll(/[^\p{L}\p{N}]/gu, '');
const HAN = /\p{Script=Han}/u;

/**
 * The first word of the list that `text` contains, as the list has it; null for none. Words of letters are found as whole words, also
 * spaced out letter by letter; words with Han characters, which have no spaces between them, anywhere.
 */
export function blockedWord(text: string, words: readonly string[]): string | null {
	const whole = plain(text);
	const tight = joined(whole);
	const tokens = whole.split(/[^\p{L}\p{N}]+/u).filter((token) => token !== '');
	const spelled = spelledOut(tokens);
	return (
		words.find((word) => {
			const sought = joined(plain(word));
			if (sought === '') return false;
			if (HAN.test(sought)) return tight.includes(sought);
			const parts = plain(word)
				.split(/[^\p{L}\p{N}]+/u)
				.filter((part) => part !== '');
			return hasRun(tokens, parts) || spelled.includes(sought);
		}) ?? null
	);
}

/** Words made of single letters that follow each other. */
function spelledOut(tokens: readonly string[]): string[] {
	const found: string[] = [];
	let run = '';
	for (const token of [...tokens, '  ']) {
		if ([...token].length === 1) run += token;
		else {
			if (run.length > 1) found.push(run);
			run = '';
		}
	}
	return found;
}

const hasRun = (tokens: readonly string[], parts: readonly string[]): boolean =>
	tokens.some((_, at) => parts.every((part, offset) => tokens[at + offset] === part));

/** A list as an editor types it: one word a line, or between commas; each once. At most 500 words of 60 characters. */
export function readWords(typed: string): string[] {
	const words = typed
		.split(/[\n,，、;；]+/u)
		.map((word) => word.trim().slice(0, 60))
		.filter((word) => joined(plain(word)) !== '');
	return [...new Map(words.map((word) => [joined(plain(word)), word])).values()].slice(0, 500);
}
