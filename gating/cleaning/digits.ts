/** So many in a row are no accident, and no plate that somebody pays for: lucky tails have four. */
export const RUN_DIGITS = 5;

/**
 * The longest row of digits that are equal (`step` 0), rising by one (1) or falling by one (-1).
 *
 * Edges: the national number is read whole, without the country code, so a row may begin in the area code (`555 551…`). Nothing follows 9 and
 * nothing comes before 0: `67890` holds a row of four. Rows of pairs (`112233`) and repeated groups (`12121212`) are none.
 */
export function longestRun(digits: string, step: -1 | 0 | 1): number {
	let longest = digits.length > 0 ? 1 : 0;
	let run = 1;
	for (let index = 1; index < digits.length; index++) {
		run = Number(digits[index]) === Number(digits[index - 1]) + step ? run + 1 : 1;
		longest = Math.max(longest, run);
	}
	return longest;
}
