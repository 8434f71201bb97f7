import { expect, test } from 'vitest';

import { firstTouchOf } from './first-touch.ts';

const site = 'https://halden-drives.example';

test.each([
	['', null, { channel: 'direct' }],
	['', `${site}/library`, { channel: 'direct' }],
	['', 'not an address', { channel: 'direct' }],
	['', 'android-app://com.tencent.mm', { channel: 'direct' }],
	['', 'https://www.google.com/search?q=secret', { channel: 'search', referrer: 'www.google.com' }],
	['', 'https://www.baidu.com/s?wd=x', { channel: 'search', referrer: 'www.baidu.com' }],
	['', 'https://forum.example/thread/7', { channel: 'referral', referrer: 'forum.example' }],
	[
		'?utm_source=newsletter&utm_campaign=spring',
		'https://mail.example/',
		{ channel: 'mail', source: 'newsletter', campaign: 'spring', referrer: 'mail.example' },
	],
	['?utm_source=google&utm_medium=cpc', null, { channel: 'paid-search', source: 'google', medium: 'cpc' }],
	['?utm_source=%00%20&utm_medium=', null, { channel: 'direct' }],
	[`?utm_source=${'x'.repeat(500)}`, null, { channel: 'other', source: 'x'.repeat(100) }],
	['?utm_source=微信', null, { channel: 'wechat', source: '微信' }],
	['?utm_source=LinkedIn&utm_medium=CPC', null, { channel: 'paid-social', source: 'LinkedIn', medium: 'CPC' }],
	['?utm_source=hannover&utm_medium=fair&utm_id=hm26', null, { channel: 'fair', source: 'hannover', medium: 'fair', link: 'hm26' }],
	['', 'https://mp.weixin.qq.com/s/abc', { channel: 'wechat', referrer: 'mp.weixin.qq.com' }],
	['', 'https://www.linkedin.com/feed/', { channel: 'social', referrer: 'www.linkedin.com' }],
])('%s from %s', (query, referrer, expected) => {
	expect(firstTouchOf(new URL(`${site}/${query}`), referrer)).toEqual(expected);
});

test('the company’s rules go before those that ship, in their order', () => {
	const any = { source: '', medium: '', campaign: '', tacticId: null };
	const rules = [
		{ ...any, source: 'trade-journal', medium: 'cpc', channel: 'association' },
		{ ...any, medium: 'cpc', channel: 'media' },
		{ ...any, source: 'google', medium: 'cpc', channel: 'kol' },
		{ ...any, campaign: 'spring', channel: 'fair' },
	];
	const channelOf = (query: string) => firstTouchOf(new URL(`${site}/?${query}`), null, rules).channel;
	expect(channelOf('utm_source=google&utm_medium=cpc')).toBe('media');
	expect(channelOf('utm_source=trade-journal&utm_medium=cpc')).toBe('association');
	expect(channelOf('utm_source=google&utm_medium=display')).toBe('display');
	expect(channelOf('utm_source=google&utm_medium=display&utm_campaign=Spring')).toBe('fair');
});
