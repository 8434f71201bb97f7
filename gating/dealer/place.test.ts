import { expect, test } from 'vitest';

import { distanceKm, nearest } from './distance.ts';
import { findPlaces } from './place.ts';

const both = (en: string, zh: string) => ({ en, 'zh-CN': zh });
const none = both('', '');
const dealer = {
	id: 'd1',
	slug: 'obersee',
	name: both('Obersee', ''),
	street: '',
	postcode: '8640',
	city: both('Rapperswil', '拉珀斯维尔'),
	region: none,
	country: 'CH',
	phone: '',
	email: '',
	website: '',
	languages: [],
	latitude: 47.23,
	longitude: 8.82,
	categories: [],
	products: [],
};
const found = (text: string, country: string | null = null) => findPlaces(text, [dealer], country).map(({ country: of, name }) => `${of} ${name.en}`);

test.each<[string, string, string[]]>([
	['an English name', 'Munich', ['DE Munich']],
	['its own name', 'München', ['DE Munich']],
	['an umlaut written out, in capitals', 'MUENCHEN', ['DE Munich']],
	['a Chinese name', '苏州', ['CN Suzhou']],
	['a Chinese name with its suffix', '苏州市', ['CN Suzhou']],
	['a Chinese name of a place abroad', '斯图加特', ['DE Stuttgart']],
	['a name with its country', 'Lyon, France', ['FR Lyon']],
	['a beginning', 'Winterth', ['CH Winterthur']],
	['two cities of one name', 'Taizhou', ['CN Taizhou', 'CN Taizhou']],
	['a postcode of six digits', '215021', ['CN Suzhou']],
	['a longer beginning of a postcode wins', '215300', ['CN Kunshan']],
	['a postcode with the city', '70173 Stuttgart', ['DE Stuttgart']],
	['a postcode with letters before', 'CH-8400', ['CH Winterthur']],
	['a Polish postcode', 'PL-30-001', ['PL Kraków']],
	['a Dutch postcode', '5611 AB', ['NL Eindhoven']],
	['a city where only a dealer is', 'rapperswil', ['CH Rapperswil']],
	['a postcode of a dealer', '8640', ['CH Rapperswil']],
	['nonsense', 'Xyzzy', []],
	['nothing', '  ', []],
	['one letter', 'B', []],
])('%s: %s', (_rule, text, places) => expect(found(text)).toEqual(places));

test('a postcode that several countries have is narrowed by the country', () => {
	expect(found('69001').length).toBeGreaterThan(1);
	expect(found('69001', 'FR')).toEqual(['FR Lyon']);
});

test('distances are those of a map', () => {
	const [paris, london, berlin] = ['Paris', 'London', 'Berlin'].map((name) => findPlaces(name, [])[0]!);
	expect(Math.abs(distanceKm(paris!, london!) - 344)).toBeLessThan(3);
	expect(Math.abs(distanceKm(paris!, berlin!) - 878)).toBeLessThan(5);
	expect(distanceKm(paris!, paris!)).toBe(0);
	expect(distanceKm({ latitude: 0, longitude: 179.5 }, { latitude: 0, longitude: -179.5 })).toBeCloseTo(111.2, 1);
	expect(nearest([berlin!, london!], paris!).map(({ item }) => item.name.en)).toEqual(['London', 'Berlin']);
});
