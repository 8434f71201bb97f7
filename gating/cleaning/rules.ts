import { domainOf, isDisposableMail, isFreeMail, isListed, isRoleMail } from './mail.ts';
import type { Phone } from './phone.ts';

/** What the rules look at, after validation. */
export interface CleaningInput {
	readonly name: string;
	/** Normalised. */
	readonly email: string;
	readonly company: string;
	readonly jobTitle: string;
	readonly phone: Phone | null;
	/** From the site's settings. */
	readonly competitorDomains: readonly string[];
}

export type CleaningOutcome = 'accept' | 'flag' | 'quarantine';

/** A rule has a name that screens, tests and the quarantine share; its words are in `kernel/texts`, section cleaning. */
export interface CleaningRule {
	readonly name: string;
	readonly outcome: Exclude<CleaningOutcome, 'accept'>;
	applies(input: CleaningInput): boolean;
}

const TEST_WORD =
	/^(?:test(?:er|ing|s|\d*)?|tst|demo|dummy|fake|sample|none|null|na|n\/a|nobody|foo(?:bar)?|bar|baz|lorem|ipsum|unknown|测试\d*|试用|无|没有|匿名|张三|李四|某某)$/iu;
const KEYBOARD_RUN = /(?:qwert|asdf|zxcv|hjkl|yuiop|poiuy|lkjh|fdsa|qazwsx|1qaz)/i;
const REPEATED_LETTER = /(\p{L})\1{3}/iu;
const EQUAL_DIGITS = 5;
const SEQUENCE_DIGITS = 5;
/** `…8888` and `…6789` tails are chosen and paid for in China; shorter runs than these are plausible anywhere. */
const LUCKY_TAIL = /(?:([689])\1{4,7}|56789)$/;

export const CLEANING_RULES: readonly CleaningRule[] = [
	{ name: 'mail-disposable', outcome: 'quarantine', applies: ({ email }) => isDisposableMail(email) },
	{
		name: 'test-words',
		outcome: 'quarantine',
		applies: ({ name, email, company }) => [name, company, email.slice(0, email.lastIndexOf('@'))].some(isTestWord),
	},
	{ name: 'name-keyboard-mash', outcome: 'quarantine', applies: ({ name }) => KEYBOARD_RUN.test(name) || REPEATED_LETTER.test(name) },
	{ name: 'competitor', outcome: 'quarantine', applies: ({ email, competitorDomains }) => isListed(new Set(competitorDomains), domainOf(email)) },
	{ name: 'phone-repeats-digits', outcome: 'quarantine', applies: ({ phone }) => phone !== null && repeatsDigits(phone) },
	{ name: 'phone-counts-up-or-down', outcome: 'quarantine', applies: ({ phone }) => phone !== null && countsUpOrDown(phone) },
	{ name: 'phone-impossible', outcome: 'flag', applies: ({ phone }) => phone !== null && !phone.isValid },
	{ name: 'mail-role', outcome: 'flag', applies: ({ email }) => isRoleMail(email) },
	{ name: 'mail-free', outcome: 'flag', applies: ({ email }) => isFreeMail(email) },
];

/** Applies every rule. Nobody is refused by it: the worst rule decides the queue, all that fired are kept as reasons. */
export function clean(input: CleaningInput, rules = CLEANING_RULES): { readonly outcome: CleaningOutcome; readonly reasons: readonly string[] } {
	const fired = rules.filter((rule) => rule.applies(input));
	const outcome = fired.some((rule) => rule.outcome === 'quarantine') ? 'quarantine' : fired.length > 0 ? 'flag' : 'accept';
	return { outcome, reasons: fired.map((rule) => rule.name) };
}

function isTestWord(text: string): boolean {
	const words = text
		.trim()
		.split(/[\s._-]+/u)
		.filter((word) => word !== '');
	return words.length > 0 && words.every((word) => TEST_WORD.test(word));
}

function repeatsDigits(phone: Phone): boolean {
	return new RegExp(`(\\d)\\1{${EQUAL_DIGITS - 1}}`).test(withoutLuckyTail(phone));
}

function countsUpOrDown(phone: Phone): boolean {
	const digits = [...withoutLuckyTail(phone)].map(Number);
	return [1, -1].some((step) => {
		let run = 1;
		return digits.some((digit, index) => {
			run = index > 0 && digit === (digits[index - 1] ?? Number.NaN) + step ? run + 1 : 1;
			return run >= SEQUENCE_DIGITS;
		});
	});
}

/** A valid Chinese mobile number may end in a bought tail; a fake one repeats from its beginning. */
function withoutLuckyTail({ nationalNumber, country, isValid }: Phone): string {
	const isMobile = country === 'CN' && isValid && /^1[3-9]\d{9}$/.test(nationalNumber);
	const tail = isMobile ? LUCKY_TAIL.exec(nationalNumber) : null;
	return tail && tail[0].length <= 5 ? nationalNumber.slice(0, -tail[0].length) : nationalNumber;
}
