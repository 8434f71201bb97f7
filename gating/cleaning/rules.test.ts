import { describe, expect, test } from 'vitest';

import { en } from '#kernel/texts/en.ts';

import numbers from '../../tests/data/phone-numbers.json' with { type: 'json' };

import { parsePhone } from './phone.ts';
import { clean, CLEANING_RULES, type CleaningInput } from './rules.ts';

const input = (over: Partial<Omit<CleaningInput, 'phone'>> & { phone?: string; country?: string } = {}): CleaningInput => {
	const { phone, country = 'CN', ...rest } = over;
	return {
		name: 'Ada Keller',
		email: 'ada.keller@packline.example',
		company: 'Packline AG',
		jobTitle: 'Engineer',
		region: '',
		badPhone: '',
		isPhoneTaken: false,
		isBurst: false,
		competitorDomains: ['kestrel-motion.example'],
		phone: phone === undefined ? null : parsePhone(phone, country),
		...rest,
	};
};

describe('cleaning', () => {
	const { fake, plausible } = numbers;
	test.each(fake)('a made-up number is put aside: $number ($country, $what)', ({ number, country }) => {
		const { outcome, hits } = clean(input({ phone: number, country }));
		expect(outcome).toBe('quarantine');
		expect(hits.every(({ field }) => field === 'phone')).toBe(true);
	});
	test.each(plausible)('a plausible number passes: $number ($country, $what)', ({ number, country }) => {
		expect(parsePhone(number, country)?.country).toBe(country);
		expect(clean(input({ phone: number, country })).reasons.filter((reason) => reason.startsWith('phone-'))).toEqual([]);
	});
	test('the labelled list has 150 of each', () => {
		expect([fake, plausible].map((list) => new Set(list.map(({ number }) => number)).size)).toEqual([150, 150]);
	});

	test.each<[string, CleaningInput, string, string[]]>([
		['a plausible lead passes', input({ phone: '13810254688' }), 'accept', []],
		['disposable mail', input({ email: 'x@mailinator.com' }), 'quarantine', ['mail-disposable']],
		['disposable mail on a subdomain', input({ email: 'x@eu.mailinator.com' }), 'quarantine', ['mail-disposable']],
		['a competitor', input({ email: 'kim@kestrel-motion.example' }), 'quarantine', ['competitor']],
		['a competitor’s subdomain', input({ email: 'kim@mail.kestrel-motion.example' }), 'quarantine', ['competitor']],
		['a competitor’s name inside another domain is none', input({ email: 'kim@notkestrel-motion.example' }), 'accept', []],
		['test words in the name', input({ name: 'Test Test' }), 'quarantine', ['test-words']],
		['test words in Chinese', input({ name: '测试' }), 'quarantine', ['test-words']],
		['a test word inside a real name is none', input({ name: 'Greta Testarossa' }), 'accept', []],
		['keys at random', input({ name: 'asdfgh' }), 'quarantine', ['name-keyboard-mash']],
		['five equal digits', input({ phone: '13333338214' }), 'quarantine', ['phone-repeats-digits']],
		['all digits equal', input({ phone: '11111111111' }), 'quarantine', ['phone-repeats-digits']],
		['rising digits', input({ phone: '13812345902' }), 'quarantine', ['phone-counts-up-or-down']],
		['falling digits', input({ phone: '+41 44 987 65 43', country: 'CH' }), 'quarantine', ['phone-counts-up-or-down']],
		['a tail of five is put aside, and released once for good', input({ phone: '13910288888' }), 'quarantine', ['phone-repeats-digits']],
		['a rising tail of five too', input({ phone: '13910256789' }), 'quarantine', ['phone-counts-up-or-down']],
		['four equal digits are plausible', input({ phone: '13910268888' }), 'accept', []],
		['four rising digits are plausible', input({ phone: '13910266789' }), 'accept', []],
		['a row may begin in the prefix', input({ phone: '18888881234' }), 'quarantine', ['phone-repeats-digits']],
		['nothing follows nine', input({ phone: '13810467890' }), 'accept', []],
		['what a list holds that is no phone', input({ badPhone: 'call the office' }), 'flag', ['phone-impossible']],
		['a number of somebody else', input({ phone: '13810254688', isPhoneTaken: true }), 'flag', ['duplicate']],
		['one of a wave', input({ isBurst: true }), 'quarantine', ['burst']],
		['a number of another country than the region', input({ phone: '13810254688', region: 'Bern, Switzerland' }), 'flag', ['country-mismatch']],
		['a number of another country than the mail domain', input({ phone: '13810254688', email: 'a.k@packline.de' }), 'flag', ['country-mismatch']],
		['a region that says where they are', input({ phone: '13810254688', email: 'a.k@packline.de', region: '中国' }), 'accept', []],
		['neighbours share companies', input({ phone: '13810254688', email: 'wang@packline.hk' }), 'accept', []],
		['an ending sold to anybody', input({ phone: '13810254688', email: 'wang@packline.io' }), 'accept', []],
		['a name without vowels', input({ name: 'Bcdfgh Klmnprt' }), 'quarantine', ['name-keyboard-mash']],
		['a name with few vowels', input({ name: 'Ondřej Smrž' }), 'accept', []],
		['a test company in Chinese', input({ company: '测试公司' }), 'quarantine', ['test-words']],
		['a number outside its country’s plan', input({ phone: '+1 000 555 1294' }), 'flag', ['phone-impossible']],
		['a role address', input({ email: 'info@packline.example' }), 'flag', ['mail-role']],
		['free mail', input({ email: 'ada.keller@qq.com' }), 'flag', ['mail-free']],
		['all reasons are kept', input({ name: 'qwerty', email: 'info@qq.com' }), 'quarantine', ['name-keyboard-mash', 'mail-role', 'mail-free']],
	])('%s', (_case, given, outcome, reasons) => {
		expect(clean(given)).toMatchObject({ outcome, reasons });
	});

	test('a hit names the field it fired on', () => {
		expect(clean(input({ name: 'Test', company: 'Demo' })).hits).toEqual([
			{ rule: 'test-words', field: 'name', outcome: 'quarantine' },
			{ rule: 'test-words', field: 'company', outcome: 'quarantine' },
		]);
	});

	test('what staff released does not fire again, and other rules still do', () => {
		expect(clean(input({ phone: '13910288888', email: 'x@mailinator.com' }), new Set(['phone-repeats-digits/phone']))).toMatchObject({
			outcome: 'quarantine',
			reasons: ['mail-disposable'],
		});
	});

	test('every rule has its words', () => {
		expect(Object.keys(en.cleaning.reasons).sort()).toEqual(CLEANING_RULES.map(({ name }) => name).sort());
	});
});
