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
		[['refuse', 'a@foxmail.com', 'a@foxmail.com'], 'refuse-free'],
		[['refuse', 'a@packline.example', null], 'accept'],
		[['refuse', 'a@mailinator.com', null], 'refuse-disposable'],
		[['refuse', 'a@sub.mailinator.com', null], 'refuse-disposable'],
		[['ask', 'a@mailinator.com', null], 'accept'],
		[['allow', 'a@mailinator.com', null], 'accept'],
	])('%j → %s', (args, verdict) => {
		expect(judgeMail(...args)).toBe(verdict);
	});
});

describe('free mail of Chinese providers', () => {
	const providers = ['qq.com', '163.com', '126.com', 'yeah.net', 'foxmail.com', 'sina.com', 'sina.cn', 'sina.com.cn', 'sohu.com', 'aliyun.com'];
	const telecoms = ['139.com', '189.cn', 'wo.cn', '21cn.com', 'tom.com', '188.com', '263.net', 'eyou.com'];
	const paid = ['vip.qq.com', 'vip.163.com', 'vip.126.com', 'vip.sina.com', 'vip.sina.cn', 'vip.sohu.com', 'vip.tom.com', 'vip.188.com'];
	test.each([...providers, ...telecoms, ...paid])('%s is asked about, taken where all are, and refused where none is', (domain) => {
		const mail = `li.wei@${domain}`;
		expect((['allow', 'ask', 'refuse'] as const).map((rule) => judgeMail(rule, mail, null))).toEqual(['accept', 'ask', 'refuse-free']);
	});

	test.each(['vip.packline.example', 'qq.packline.cn', 'mail.163.com.packline.cn', 'notqq.com'])('%s is a company', (domain) => {
		expect(judgeMail('refuse', `li.wei@${domain}`, null)).toBe('accept');
	});
});
