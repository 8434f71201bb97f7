import { areApart, countryOfDomain, countryOfRegion } from './country.ts';
import { longestRun, RUN_DIGITS } from './digits.ts';
import { domainOf, isDisposableMail, isFreeMail, isListed, isRoleMail } from './mail.ts';
import type { Phone } from './phone.ts';

/** What the rules look at, after validation. '' and null where nothing was said. */
export interface CleaningInput {
	readonly name: string;
	/** Normalised. */
	readonly email: string;
	readonly company: string;
	readonly jobTitle: string;
	readonly region: string;
	readonly phone: Phone | null;
	/** A phone as it was typed that cannot be one: lists have such; forms ask again. */
	readonly badPhone: string;
	/** From the site's settings. */
	readonly competitorDomains: readonly string[];
	/** Somebody with another mail address has this phone number. */
	readonly isPhoneTaken: boolean;
	/** One of many first requests from one network within minutes. */
	readonly isBurst: boolean;
}

export type CleaningOutcome = 'accept' | 'flag' | 'quarantine';
export type CleaningField = 'name' | 'email' | 'company' | 'phone';

/** A rule has a name that screens, tests and the quarantine share; its words are in `kernel/texts`, section cleaning. */
export interface CleaningRule {
	readonly name: string;
	readonly outcome: Exclude<CleaningOutcome, 'accept'>;
	/** What it may fire on. */
	readonly fields: readonly CleaningField[];
	applies(input: CleaningInput, field: CleaningField): boolean;
}

/** A rule that fired, and on what. */
export interface CleaningHit {
	readonly rule: string;
	readonly field: CleaningField;
	readonly outcome: Exclude<CleaningOutcome, 'accept'>;
}

export interface Findings {
	readonly outcome: CleaningOutcome;
	/** Names of the rules that fired. */
	readonly reasons: readonly string[];
	readonly hits: readonly CleaningHit[];
}

const TEST_WORD =
	/^(?:test(?:er|ing|s|\d*)?|tst|demo|dummy|fake|sample|none|null|na|n\/a|nobody|foo(?:bar)?|bar|baz|lorem|ipsum|unknown|测试\d*|测试(?:公司|用户|数据|单位)|试用|无|没有|不知道|匿名|张三|李四|王五|某某|某公司)$/iu;
const KEYBOARD_RUN = /(?:qwert|asdf|zxcv|hjkl|yuiop|poiuy|lkjh|fdsa|qazwsx|1qaz)/i;
const REPEATED_LETTER = /(\p{L})\1{3}/iu;
/** Six Latin letters without a vowel: no name in any language that is written so. */
const NO_VOWEL = /^[b-df-hj-np-tv-xz]{6,}$/i;

export const CLEANING_RULES: readonly CleaningRule[] = [
	{ name: 'mail-disposable', outcome: 'quarantine', fields: ['email'], applies: ({ email }) => isDisposableMail(email) },
	{ name: 'test-words', outcome: 'quarantine', fields: ['name', 'company', 'email'], applies: (input, field) => isTestWord(partOf(input, field)) },
	{ name: 'name-keyboard-mash', outcome: 'quarantine', fields: ['name'], applies: ({ name }) => isMash(name) },
	{
		name: 'competitor',
		outcome: 'quarantine',
		fields: ['email'],
		applies: ({ email, competitorDomains }) => isListed(new Set(competitorDomains), domainOf(email)),
	},
	{ name: 'phone-repeats-digits', outcome: 'quarantine', fields: ['phone'], applies: ({ phone }) => phone !== null && runs(phone, 0) },
	{
		name: 'phone-counts-up-or-down',
		outcome: 'quarantine',
		fields: ['phone'],
		applies: ({ phone }) => phone !== null && (runs(phone, 1) || runs(phone, -1)),
	},
	{ name: 'burst', outcome: 'quarantine', fields: ['email'], applies: ({ isBurst }) => isBurst },
	{
		name: 'phone-impossible',
		outcome: 'flag',
		fields: ['phone'],
		applies: ({ phone, badPhone }) => badPhone !== '' || (phone !== null && !phone.isValid),
	},
	{ name: 'duplicate', outcome: 'flag', fields: ['phone'], applies: ({ isPhoneTaken }) => isPhoneTaken },
	{ name: 'country-mismatch', outcome: 'flag', fields: ['phone'], applies: isElsewhere },
	{ name: 'mail-role', outcome: 'flag', fields: ['email'], applies: ({ email }) => isRoleMail(email) },
	{ name: 'mail-free', outcome: 'flag', fields: ['email'], applies: ({ email }) => isFreeMail(email) },
];

/**
 * Applies every rule. Nobody is refused by it: the worst rule decides the queue, all that fired are kept as reasons.
 * `allowed` are values that staff released before, as {@link hitKey}.
 */
export function clean(input: CleaningInput, allowed: ReadonlySet<string> = new Set(), rules = CLEANING_RULES): Findings {
	const hits = rules.flatMap(({ name, outcome, fields, applies }) =>
		fields.filter((field) => applies(input, field)).map((field): CleaningHit => ({ rule: name, field, outcome })),
	);
	return findingsOf(hits.filter((hit) => !allowed.has(hitKey(hit))));
}

export const hitKey = ({ rule, field }: Pick<CleaningHit, 'rule' | 'field'>): string => `${rule}/${field}`;

/** The value that a field's rules look at; '' when there is none. */
export function valueOf({ phone, badPhone, ...input }: CleaningInput, field: CleaningField): string {
	return field === 'phone' ? (phone?.e164 ?? badPhone) : input[field];
}

function findingsOf(hits: readonly CleaningHit[]): Findings {
	const outcome = hits.some((hit) => hit.outcome === 'quarantine') ? 'quarantine' : hits.length > 0 ? 'flag' : 'accept';
	return { outcome, reasons: [...new Set(hits.map(({ rule }) => rule))], hits };
}

function partOf(input: CleaningInput, field: CleaningField): string {
	const value = valueOf(input, field);
	return field === 'email' ? value.slice(0, Math.max(0, value.lastIndexOf('@'))) : value;
}

function isTestWord(text: string): boolean {
	const words = text
		.trim()
		.split(/[\s._-]+/u)
		.filter((word) => word !== '');
	return words.length > 0 && words.every((word) => TEST_WORD.test(word));
}

function isMash(name: string): boolean {
	return KEYBOARD_RUN.test(name) || REPEATED_LETTER.test(name) || name.split(/[^\p{L}]+/u).some((word) => NO_VOWEL.test(word));
}

function runs({ nationalNumber }: Phone, step: -1 | 0 | 1): boolean {
	return longestRun(nationalNumber, step) >= RUN_DIGITS;
}

/** The phone is of another country than the company's mail domain or the country that was named. */
function isElsewhere({ phone, email, region }: CleaningInput): boolean {
	if (phone === null) return false;
	const ofMail = email === '' || isFreeMail(email) ? null : countryOfDomain(domainOf(email));
	return areApart(phone.country, countryOfRegion(region)) || (region === '' && areApart(phone.country, ofMail));
}
