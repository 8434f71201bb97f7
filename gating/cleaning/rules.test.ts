import { describe, expect, test } from 'vitest';

import { en } from '#kernel/texts/en.ts';

import { parsePhone } from './phone.ts';
import { clean, CLEANING_RULES, type CleaningInput } from './rules.ts';

const input = (over: Partial<Omit<CleaningInput, 'phone'>> & { phone?: string; country?: string } = {}): CleaningInput => {
	const { phone, country = 'CN', ...rest } = over;
	return {
		name: 'Ada Keller',
		email: 'ada.keller@packline.example',
		company: 'Packline AG',
		jobTitle: 'Engineer',
		competitorDomains: ['kestrel-motion.example'],
		phone: phone === undefined ? null : parsePhone(phone, country),
		...rest,
	};
};

describe('cleaning', () => {
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
		['a bought lucky tail is plausible', input({ phone: '13910288888' }), 'accept', []],
		['a bought rising tail is plausible', input({ phone: '13910256789' }), 'accept', []],
		['four equal digits are plausible', input({ phone: '13910268888' }), 'accept', []],
		['a number outside its country’s plan', input({ phone: '+1 000 555 1294' }), 'flag', ['phone-impossible']],
		['a role address', input({ email: 'info@packline.example' }), 'flag', ['mail-role']],
		['free mail', input({ email: 'ada.keller@qq.com' }), 'flag', ['mail-free']],
		['all reasons are kept', input({ name: 'qwerty', email: 'info@qq.com' }), 'quarantine', ['name-keyboard-mash', 'mail-role', 'mail-free']],
	])('%s', (_case, given, outcome, reasons) => {
		expect(clean(given)).toEqual({ outcome, reasons });
	});

	test('every rule has its words', () => {
		expect(Object.keys(en.cleaning.reasons).sort()).toEqual(CLEANING_RULES.map(({ name }) => name).sort());
	});
});
