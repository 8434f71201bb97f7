import { describe, expect, test } from 'vitest';

import { aSite, paperForm } from '#tests/support/gate.ts';

import { fieldsToAsk } from './progressive.ts';
import { validate } from './validate.ts';

const good = { name: 'Ada Keller', email: 'ada@packline.example', company: 'Packline AG', jobTitle: 'Engineer' };
const check = (answers: Record<string, string>, mailRule: 'allow' | 'ask' | 'refuse' = 'allow') =>
	validate(aSite(), { ...paperForm, mailRule }, fieldsToAsk(paperForm.fields, null), answers, { locale: 'en' });

describe('answers', () => {
	test('come out tidy, without fields that the form does not have', () => {
		expect(check({ ...good, name: '  Ada \t Keller ', email: 'ADA@Packline.example', phone: '052 555 01 61', __proto__x: '1', other: 'x' })).toEqual({
			status: 'valid',
			answers: { ...good, name: 'Ada Keller', phone: '+41525550161' },
		});
	});

	test('keep markup as the text it is', () => {
		expect(check({ ...good, company: '<script>alert(1)</script>' })).toMatchObject({ answers: { company: '<script>alert(1)</script>' } });
	});

	test.each<[string, Record<string, string>, { field: string; code: string }[]]>([
		[
			'missing',
			{ name: ' ', email: '', company: 'x', jobTitle: 'y' },
			[
				{ field: 'name', code: 'required' },
				{ field: 'email', code: 'required' },
			],
		],
		['too long', { ...good, name: 'a'.repeat(121) }, [{ field: 'name', code: 'too-long' }]],
		['with U+0000', { ...good, name: 'a\u0000b' }, [{ field: 'name', code: 'characters' }]],
		['with half a surrogate pair', { ...good, company: 'a\ud800' }, [{ field: 'company', code: 'characters' }]],
		['no mail address', { ...good, email: 'ada at packline' }, [{ field: 'email', code: 'mail-syntax' }]],
		['no phone number', { ...good, phone: 'call me' }, [{ field: 'phone', code: 'phone' }]],
		['no such choice', { ...good, industry: 'piracy' }, [{ field: 'industry', code: 'choice' }]],
	])('%s: an error beside the field', (_case, answers, errors) => {
		expect(check(answers)).toEqual({ status: 'invalid', errors });
	});

	test('a free-mail address is asked about once', () => {
		expect(check({ ...good, email: 'ada@gmail.com' }, 'ask')).toEqual({ status: 'invalid', errors: [{ field: 'email', code: 'mail-free-ask' }] });
		expect(check({ ...good, email: 'ada@gmail.com', freeMail: 'ada@gmail.com' }, 'ask')).toMatchObject({ status: 'valid' });
	});
});
