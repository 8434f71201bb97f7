import fc from 'fast-check';
import { expect, test } from 'vitest';

import { queryTerms, termsOf } from './lookup.ts';
import type { Profile } from './profile.ts';

const finds = (query: string, profile: Profile): boolean => {
	const known = new Set(termsOf(profile).map(({ kind, value }) => `${kind}:${value}`));
	const wanted = queryTerms(query);
	return wanted.length > 0 && wanted.every(({ kind, value }) => known.has(`${kind}:${value}`));
};
const ada: Profile = { name: 'Ada Müller-Keller', email: 'ada@packline.example', phone: '+41525550161' };

test.each<[string, Profile, boolean]>([
	['ada@packline.example', ada, true],
	['ADA@packline.example', ada, true],
	['@packline.example', ada, true],
	['+41525550161', ada, true],
	['mul', ada, true],
	['muller kell', ada, true],
	['ler', ada, false],
	['a', ada, false],
	['ada smith', ada, false],
	['招商', { name: '李招商公司' }, true],
	['招商 公司', { name: '李招商公司' }, true],
	['招商 公司', { name: '李招商' }, false],
	['商招', { name: '李招商' }, false],
	['', ada, false],
])('%s', (query, profile, found) => {
	expect(finds(query, profile)).toBe(found);
});

test('every beginning of two letters or more of every word finds the name', () => {
	const word = fc.stringMatching(/^[a-z]{2,12}$/);
	fc.assert(
		fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), fc.nat(), fc.nat(), (words, which, length) => {
			const chosen = words[which % words.length] ?? '';
			expect(finds(chosen.slice(0, 2 + (length % (chosen.length - 1))), { name: words.join(' ') })).toBe(true);
		}),
	);
});
