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
		{ channel: 'campaign', source: 'newsletter', campaign: 'spring', referrer: 'mail.example' },
	],
	['?utm_source=google&utm_medium=cpc', null, { channel: 'paid', source: 'google', medium: 'cpc' }],
	['?utm_source=%00%20&utm_medium=', null, { channel: 'direct' }],
	[`?utm_source=${'x'.repeat(500)}`, null, { channel: 'campaign', source: 'x'.repeat(100) }],
	['?utm_source=微信', null, { channel: 'campaign', source: '微信' }],
])('%s from %s', (query, referrer, expected) => {
	expect(firstTouchOf(new URL(`${site}/${query}`), referrer)).toEqual(expected);
});
