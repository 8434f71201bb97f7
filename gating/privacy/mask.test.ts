import { expect, test } from 'vitest';

import { maskMail, maskPhone } from './mask.ts';

test.each([
	['ada.keller@packline.example', 'a•••@packline.example'],
	['王@工厂.example', '王•••@工厂.example'],
	['nonsense', '•••'],
])('%s is shown as %s', (mail, shown) => expect(maskMail(mail)).toBe(shown));

test.each([
	['+4915112345634', '+49 ••• 34'],
	['+8613800138000', '+86 ••• 00'],
	['13800138000', '••• 00'],
])('%s is shown as %s', (phone, shown) => expect(maskPhone(phone)).toBe(shown));
