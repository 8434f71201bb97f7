import { pinyin } from 'pinyin-pro';

/** How a Chinese name is typed without Chinese: its syllables, and their first letters. */
export interface Typed {
	readonly name: string;
	/** Without tones and gaps: `bianpinqi`. */
	readonly syllables: string;
	/** `bpq`. */
	readonly initials: string;
}

const LATIN = /^[a-z][a-z' ]*$/i;
const FEWEST_LETTERS = 2;

/** How each of `names` with Han characters is typed in pinyin; names without are left out. */
export function typedNames(names: Iterable<string>): readonly Typed[] {
	return [...names]
		.filter((name) => /\p{Script=Han}/u.test(name))
		.map((name) => ({ name, syllables: read(name, 'pinyin'), initials: read(name, 'first') }));
}

/** The names that `q` may be the pinyin of, the ones typed in full first; none where it holds anything but Latin letters. */
export function namesTyped(q: string, names: readonly Typed[]): readonly Typed[] {
	const letters = q.trim().toLowerCase();
	if (!LATIN.test(letters)) return [];
	const typed = letters.replace(/[' ]/g, '');
	if (typed.length < FEWEST_LETTERS) return [];
	const isWhole = ({ syllables, initials }: Typed): boolean => syllables === typed || initials === typed;
	const begun = names.filter(({ syllables, initials }) => syllables.startsWith(typed) || initials.startsWith(typed));
	return [...begun.filter(isWhole), ...begun.filter((one) => !isWhole(one))];
}

function read(name: string, pattern: 'pinyin' | 'first'): string {
	const options = { toneType: 'none', pattern, type: 'array', nonZh: 'consecutive', v: true } as const;
	return pinyin(name, options)
		.join('')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]/gu, '');
}
