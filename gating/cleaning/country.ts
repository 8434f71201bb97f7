import { getCountries } from 'libphonenumber-js/min';

/** Country endings that are sold to anybody and say nothing about a place. */
const SOLD_ENDINGS = new Set('ac ag ai am bz cc co fm gg im in io la ly me nu pw sc sh so st tk to tv vc ws'.split(' '));
/** Endings that are not the country's ISO code. */
const OTHER_ENDINGS: Readonly<Record<string, string>> = { uk: 'GB' };
/** Places whose companies often have numbers and domains of each other. */
const TOGETHER = [new Set(['CN', 'HK', 'MO', 'TW']), new Set(['CH', 'LI']), new Set(['GB', 'GG', 'JE', 'IM'])];
const NAME_LOCALES = ['en', 'zh-CN', 'de', 'fr'];

const codes = new Set<string>(getCountries());
let names: ReadonlyMap<string, string> | null = null;

/** ISO 3166 code of a mail domain's country, or null where the ending names none. */
export function countryOfDomain(domain: string): string | null {
	const ending = domain.slice(domain.lastIndexOf('.') + 1);
	if (SOLD_ENDINGS.has(ending)) return null;
	const code = OTHER_ENDINGS[ending] ?? ending.toUpperCase();
	return codes.has(code) ? code : null;
}

/** ISO 3166 code of a country named in English, Chinese, German or French, also before or after a comma (`Bern, Switzerland`); null otherwise. */
export function countryOfRegion(region: string): string | null {
	names ??= countryNames();
	for (const part of region.split(/[,，、/]/u)) {
		const code = names.get(part.normalize('NFKC').trim().toLowerCase());
		if (code !== undefined) return code;
	}
	return null;
}

/** True when both are known and cannot well belong to one person. */
export function areApart(one: string | null, other: string | null): boolean {
	return one !== null && other !== null && one !== other && !TOGETHER.some((group) => group.has(one) && group.has(other));
}

function countryNames(): ReadonlyMap<string, string> {
	const all = new Map<string, string>();
	for (const locale of NAME_LOCALES) {
		const display = new Intl.DisplayNames([locale], { type: 'region' });
		for (const code of codes) all.set((display.of(code) ?? code).toLowerCase(), code);
	}
	for (const [name, code] of [
		['usa', 'US'],
		['uk', 'GB'],
		['england', 'GB'],
		['prc', 'CN'],
		['p.r. china', 'CN'],
		['大陆', 'CN'],
	] as const)
		all.set(name, code);
	return all;
}
