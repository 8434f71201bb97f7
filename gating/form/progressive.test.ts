import { describe, expect, test } from 'vitest';

import type { FormField } from '#cms/content.ts';

import type { Profile } from '../identity/profile.ts';
import { fieldsToAsk } from './progressive.ts';

const text = { en: '', 'zh-CN': '' };
const field = (name: string, kind: FormField['kind'] = 'text', isRequired = false): FormField => ({
	name,
	kind,
	isRequired,
	label: text,
	help: text,
	autocomplete: '',
	options: [],
	rule: null,
});
const base = [field('name', 'text', true), field('email', 'mail', true), field('company', 'company', true), field('jobTitle', 'job-title', true)];
const paper = [...base, field('phone', 'phone'), field('industry', 'select'), field('region')];
const quote = [
	...base,
	field('phone', 'phone', true),
	field('region', 'text', true),
	field('industry', 'select'),
	field('message', 'free-text', true),
];
const first: Profile = { name: 'Ada', email: 'a@b.example', company: 'B', jobTitle: 'Engineer' };

describe('a form asks', () => {
	test.each<[string, readonly FormField[], Profile | null, string[]]>([
		['a stranger: what is required, in the editor’s order', paper, null, ['name', 'email', 'company', 'jobTitle']],
		['a stranger with a request: its message too', quote, null, ['name', 'email', 'company', 'jobTitle', 'phone', 'region', 'message']],
		['after the first contact: two more, region and industry before phone', paper, first, ['industry', 'region']],
		['next: what is still unknown', paper, { ...first, region: 'Zurich', industry: 'packaging' }, ['phone']],
		['somebody fully known: nothing', paper, { ...first, region: 'Zurich', industry: 'packaging', phone: '+41525550161' }, []],
		['for a quote: required before optional', quote, first, ['phone', 'region', 'message']],
		['a known person for a quote: the message only', quote, { ...first, region: 'Zurich', industry: 'x', phone: '+41525550161' }, ['message']],
		['somebody known by mail alone: two at a time', paper, { email: 'a@b.example' }, ['name', 'company']],
		['an empty answer is not known', paper, { ...first, region: '', industry: 'x', phone: '+41525550161' }, ['region']],
	])('%s', (_case, fields, known, asked) => {
		expect(fieldsToAsk(fields, known).map(({ name }) => name)).toEqual(asked);
	});
});
