import { describe, expect, test } from 'vitest';

import { judgeMail, type MailVerdict } from '../form/mail-rule.ts';
import { isMail, normaliseMail } from './mail.ts';

describe('an address', () => {
	test.each([
		['ada@packline.example', true],
		['ada.keller+news@mail.packline.co.uk', true],
		['王伟@例子.中国', true],
		['ada@packline', false],
		['ada@@packline.example', false],
		['ada packline.example', false],
		['.ada@packline.example', false],
		['ada@-packline.example', false],
		['ada@packline.example\nbcc:x@y.example', false],
		['<script>@x.example', false],
		[`${'a'.repeat(65)}@packline.example`, false],
		['', false],
	])('%s: %s', (mail, expected) => {
		expect(isMail(normaliseMail(mail))).toBe(expected);
	});

	test('has one spelling: full-width signs, case and blanks do not count', () => {
		expect(normaliseMail(' Ada\uFF20Packline.Example ')).toBe('ada@packline.example');
	});
});

describe('the business-mail rule', () => {
	test.each<[Parameters<typeof judgeMail>, MailVerdict]>([
		[['allow', 'a@gmail.com', null], 'accept'],
		[['ask', 'a@packline.example', null], 'accept'],
		[['ask', 'a@gmail.com', null], 'ask'],
		[['ask', 'a@163.com', null], 'ask'],
		[['ask', 'a@vip.qq.com', 'b@vip.qq.com'], 'ask'],
		[['ask', 'a@gmail.com', 'a@gmail.com'], 'accept'],
		[['refuse', 'a@foxmail.com', 'a@foxmail.com'], 'refuse'],
		[['refuse', 'a@packline.example', null], 'accept'],
		[['refuse', 'a@mailinator.com', null], 'accept'],
	])('%j → %s', (args, verdict) => {
		expect(judgeMail(...args)).toBe(verdict);
	});
});
