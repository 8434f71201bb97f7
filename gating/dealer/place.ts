import { readFileSync } from 'node:fs';

import type { Dealer, LocalisedText } from '#cms/content.ts';

import { distanceKm, type Point } from './distance.ts';

/** A city that somebody may search near. */
export interface Place extends Point {
	readonly name: LocalisedText;
	/** Two capital letters, ISO 3166-1. */
	readonly country: string;
}

interface Gazetteer extends Place {
	/** Folded spellings. */
	readonly spellings: readonly string[];
	/** Beginnings of its postcodes, digits only. */
	readonly postcodes: readonly string[];
}

/** Digits in a postcode, by country: what is shorter or longer is none of theirs. */
const POSTCODE_DIGITS: Readonly<Record<string, number>> = {
	...{ CN: 6, DE: 5, FR: 5, IT: 5, ES: 5, FI: 5, SE: 5, PL: 5, CZ: 5 },
	...{ CH: 4, AT: 4, NL: 4, BE: 4, DK: 4, NO: 4 },
};
/** Letters before a postcode, as on European envelopes. */
const PREFIXES: Readonly<Record<string, string>> = {
	...{
		d: 'DE',
		de: 'DE',
		f: 'FR',
		fr: 'FR',
		ch: 'CH',
		a: 'AT',
		at: 'AT',
		i: 'IT',
		it: 'IT',
		nl: 'NL',
		pl: 'PL',
		s: 'SE',
		se: 'SE',
		b: 'BE',
		cn: 'CN',
	},
};
const POSTCODE = /^(?:([a-z]{1,2})[-\s]+)?(\d[\d\s-]{2,7}\d)(?:\s*[a-z]{2})?$/;
const MOST_PLACES = 5;
const SAME_CITY_KM = 50;

const gazetteer: readonly Gazetteer[] = readFileSync(new URL('places.txt', import.meta.url), 'utf8')
	.split('\n')
	.filter((line) => line !== '' && !line.startsWith('#'))
	.map(readLine);

/**
 * The places that `text` may mean, likeliest first; empty when it is none we know. Takes a city in English, Chinese or its own
 * language, a postcode, or both. Cities of `dealers` count too. `country` narrows a postcode that several countries have.
 */
export function findPlaces(text: string, dealers: readonly Dealer[], country: string | null = null): readonly Place[] {
	const known = [...dealers.map(placeOfDealer), ...gazetteer];
	const asked = text.normalize('NFKC').trim().toLowerCase();
	const [beforeComma = ''] = asked.split(/[,，;；]/);
	const withoutDigits = asked.replaceAll(/[\d,，-]+/g, ' ').trim();
	const digits = /\d[\d-]*\d/.exec(asked)?.[0] ?? '';
	for (const find of [
		() => byPostcode(asked, known, country),
		() => byName(asked, known),
		() => byName(beforeComma, known),
		() => byName(withoutDigits, known),
		() => byPostcode(digits, known, country),
	]) {
		const found = distinct(find()).slice(0, MOST_PLACES);
		if (found.length > 0) return found;
	}
	return [];
}

function byName(asked: string, known: readonly Gazetteer[]): readonly Gazetteer[] {
	const folded = fold(asked);
	if (folded === '') return [];
	const exact = known.filter(({ spellings }) => spellings.includes(folded));
	if (exact.length > 0) return exact;
	const isLongEnough = [...folded].length >= (/\p{Script=Han}/u.test(folded) ? 2 : 3);
	return isLongEnough ? known.filter(({ spellings }) => spellings.some((spelling) => spelling.startsWith(folded))) : [];
}

/** The longest known beginning of the postcode in each country that has postcodes of this length. */
function byPostcode(asked: string, known: readonly Gazetteer[], country: string | null): readonly Gazetteer[] {
	const [, prefix, code] = POSTCODE.exec(asked) ?? [];
	if (code === undefined) return [];
	const digits = code.replaceAll(/\D/g, '');
	const only = (prefix === undefined ? null : PREFIXES[prefix]) ?? country;
	const best = new Map<string, { readonly place: Gazetteer; readonly length: number }>();
	for (const place of known) {
		if ((only !== null && place.country !== only) || POSTCODE_DIGITS[place.country] !== digits.length) continue;
		const length = Math.max(0, ...place.postcodes.filter((start) => digits.startsWith(start)).map((start) => start.length));
		if (length > (best.get(place.country)?.length ?? 0)) best.set(place.country, { place, length });
	}
	return [...best.values()].sort((a, b) => b.length - a.length).map(({ place }) => place);
}

/** One spelling for case, accents, umlauts written out, spaces, and the suffix of Chinese cities. */
function fold(name: string): string {
	const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll('ł', 'l').replaceAll('ø', 'o').replaceAll('ß', 'ss');
	const letters = plain.replaceAll(/[^\p{L}\p{N}]/gu, '').replaceAll(/([aou])e/g, '$1');
	return [...letters].length > 2 && letters.endsWith('市') ? letters.slice(0, -1) : letters;
}

function readLine(line: string): Gazetteer {
	const [country = '', en = '', zh = '', latitude = '', longitude = '', others = '', codes = ''] = line.split('|');
	return {
		country,
		name: { en, 'zh-CN': zh },
		latitude: Number(latitude),
		longitude: Number(longitude),
		spellings: [en, zh, ...others.split(',')].map(fold).filter((spelling) => spelling !== ''),
		postcodes: codes.split(',').filter((code) => code !== ''),
	};
}

function placeOfDealer({ city, country, latitude, longitude, postcode }: Dealer): Gazetteer {
	const spellings = [city.en, city['zh-CN']].map(fold).filter((spelling) => spelling !== '');
	return { name: city, country, latitude, longitude, spellings, postcodes: [postcode.replaceAll(/\D/g, '')].filter((code) => code !== '') };
}

/** A dealer's city and the same city of the table are one place; two cities of one name in a country are two. */
function distinct(places: readonly Gazetteer[]): readonly Gazetteer[] {
	const isSame = (a: Gazetteer, b: Gazetteer) =>
		a.country === b.country && a.spellings.some((spelling) => b.spellings.includes(spelling)) && distanceKm(a, b) < SAME_CITY_KM;
	return places.filter((place, index) => !places.slice(0, index).some((before) => isSame(before, place)));
}
