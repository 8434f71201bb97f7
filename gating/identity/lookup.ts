import type { Keys } from '#kernel/keys.ts';

import { countryOfRegion } from '../cleaning/country.ts';
import { domainOf, mailboxOf, normaliseMail } from '../cleaning/mail.ts';
import { parsePhone } from '../cleaning/phone.ts';
import { readJobTitle } from '../scoring/job-title.ts';
import type { Profile } from './profile.ts';

/** A blind index to look somebody up by: what is stored is the keyed hash of `value`. */
export interface Term {
	/** `mailbox`: the address without what people add to it to have several. */
	readonly kind: 'mail' | 'mailbox' | 'domain' | 'phone' | 'word' | 'prefix' | 'bigram' | 'country' | 'industry' | 'role' | 'seniority';
	readonly value: string;
}

const MAX_PREFIX = 12;
const MAX_WORDS = 8;
const HAN_RUN = /\p{Script=Han}+/gu;
const NOT_IN_WORDS = /[^\p{L}\p{N}]+/u;

/** Everything a person can be found by: mail, its domain, phone, words of the name, their beginnings, pairs of Han characters, and traits. */
export function termsOf(profile: Profile): Term[] {
	return unique([
		...(profile.email ? [term('mail', profile.email), term('mailbox', mailboxOf(profile.email)), term('domain', domainOf(profile.email))] : []),
		...(profile.phone ? [term('phone', profile.phone)] : []),
		...wordsOf(profile.name ?? '').flatMap((word) => [term('word', word), ...prefixesOf(word)]),
		...bigramsOf(profile.name ?? ''),
		...traitsOf(profile),
	]);
}

/** ISO 3166 code of where somebody says they are, else of their phone; null when neither tells. */
export function countryOf({ region = '', phone = '' }: Pick<Profile, 'region' | 'phone'>): string | null {
	return countryOfRegion(region) ?? (phone === '' ? null : (parsePhone(phone, 'US')?.country ?? null));
}

/**
 * What a search box's text must all match: an address by itself or its domain, digits as a phone in E.164, words by their
 * beginning, Chinese names by pairs of characters. Empty when nothing in it can be looked up.
 */
export function queryTerms(text: string): Term[] {
	return unique(text.trim().split(/\s+/).flatMap(termsOfToken));
}

/** Characters kept of a keyed hash: 132 bits are enough to tell people apart, and the table is the largest there is. */
const HASH_LENGTH = 22;

/** What segments ask of people without opening them: country, industry, job roles and seniority. */
function traitsOf(profile: Profile): Term[] {
	const country = countryOf(profile);
	const { roles, seniority } = readJobTitle(profile.jobTitle ?? '');
	return [
		...(country === null ? [] : [term('country', country)]),
		...(profile.industry ? [term('industry', profile.industry)] : []),
		...roles.map((role) => term('role', role)),
		...(seniority === null ? [] : [term('seniority', seniority)]),
	];
}

/** The stored form of a term. */
export function lookupHash(keys: Keys, { kind, value }: Term): string {
	return keys.blindIndex(kind, value).slice(0, HASH_LENGTH);
}

function termsOfToken(token: string): Term[] {
	if (token.startsWith('@')) return [term('domain', token.slice(1).toLowerCase())];
	if (token.includes('@')) return [term('mail', normaliseMail(token))];
	if (/^\+\d{6,15}$/.test(token)) return [term('phone', token)];
	return [
		...wordsOf(token)
			.filter((word) => !isHan(word))
			.map((word) => (word.length < 2 || word.length > MAX_PREFIX ? term('word', word) : term('prefix', word))),
		...hanTerms(token),
	];
}

/** One Han character is a word by itself when it is the whole name; two and more are pairs. */
function hanTerms(token: string): Term[] {
	return (token.match(HAN_RUN) ?? []).flatMap((run) => ([...run].length === 1 ? [term('word', run)] : bigramsOf(run)));
}

function wordsOf(name: string): string[] {
	const folded = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().normalize('NFC');
	return folded
		.split(NOT_IN_WORDS)
		.filter((word) => word !== '')
		.slice(0, MAX_WORDS);
}

function prefixesOf(word: string): Term[] {
	if (isHan(word)) return [];
	const letters = [...word].slice(0, MAX_PREFIX);
	return letters.slice(1).map((_letter, index) => term('prefix', letters.slice(0, index + 2).join('')));
}

function bigramsOf(name: string): Term[] {
	return (name.normalize('NFKC').match(HAN_RUN) ?? []).flatMap((run) => {
		const letters = [...run];
		return letters.slice(1).map((letter, index) => term('bigram', `${letters[index] ?? ''}${letter}`));
	});
}

const isHan = (word: string): boolean => /^\p{Script=Han}/u.test(word);
const term = (kind: Term['kind'], value: string): Term => ({ kind, value });

function unique(terms: readonly Term[]): Term[] {
	return [...new Map(terms.map((entry) => [`${entry.kind}\n${entry.value}`, entry])).values()];
}
