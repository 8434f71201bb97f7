import { describe, expect, test } from 'vitest';

import { textsFor } from '#kernel/texts/index.ts';
import { both, rowsOf } from '#tests/support/rows.ts';

import type { Row } from '../client.ts';
import { LOCALES, type ProblemCode } from '../content.ts';
import { project } from './project.ts';

const mail = { name: 'email', kind: 'mail', required: true };
const option = (value: string) => ({ value, ...both('label', value) });
const maker = { name: 'maker', kind: 'select', options: [option('halden'), option('other')] };

function read(...fields: readonly Row[]) {
	const { snapshot, problems } = project(rowsOf({ forms: [{ id: 'm', key: 'k', ...both('title', 'T'), fields }] }), new Date(0), 1);
	return { fields: snapshot.forms[0]?.fields ?? [], problems: problems.map(({ code, detail }) => [code, detail]) };
}

describe('a form', () => {
	test.each<[string, readonly Row[], readonly string[], readonly [ProblemCode, string][]]>([
		['that is well', [mail, maker], ['email', 'maker'], []],
		['with a kind that does not exist', [mail, { name: 'a', kind: 'slider' }], ['email'], [['form-field', 'fields: a']]],
		['with a field without kind', [mail, { name: 'a' }], ['email'], [['form-field', 'fields: a']]],
		['with a name that is none', [mail, { name: 'Ihr Name', kind: 'text' }], ['email'], [['form-field', 'fields: Ihr Name']]],
		[
			'whose mail field is a line of text',
			[{ name: 'email', kind: 'text' }],
			[],
			[
				['form-field', 'fields: email'],
				['form-no-mail', 'fields'],
			],
		],
		['without a mail field', [{ name: 'name', kind: 'text' }], ['name'], [['form-no-mail', 'fields']]],
		['with two fields of one name', [mail, maker, { name: 'maker', kind: 'text' }], ['email', 'maker'], [['form-duplicate-field', 'fields: maker']]],
		['with a name that every form uses', [mail, { name: 'consents', kind: 'text' }], ['email'], [['form-reserved-name', 'fields: consents']]],
		[
			'with a name of a phone’s country',
			[mail, { name: 'phone-country', kind: 'text' }],
			['email'],
			[['form-reserved-name', 'fields: phone-country']],
		],
		['with a list of nothing', [mail, { name: 'a', kind: 'multi', options: [] }], ['email'], [['form-no-options', 'fields: a']]],
	])('%s', (_case, fields, names, problems) => {
		const { fields: shown, problems: told } = read(...fields);
		expect([shown.map(({ name }) => name), told]).toEqual([names, problems]);
	});

	const follower = (over: Row) => ({ name: 'type', kind: 'text', rule_effect: 'show', rule_field: 'maker', rule_values: 'other', ...over });
	test.each<[string, Row, object | null]>([
		['on one answer', follower({}), { effect: 'show', field: 'maker', values: ['other'] }],
		['on any answer', follower({ rule_effect: 'require', rule_values: null }), { effect: 'require', field: 'maker', values: [] }],
		['on two, with Chinese commas', follower({ rule_values: 'halden，other、' }), { effect: 'show', field: 'maker', values: ['halden', 'other'] }],
		['without an effect: none', follower({ rule_effect: null }), null],
	])('has a condition %s', (_case, field, rule) => {
		const { fields, problems } = read(mail, maker, field);
		expect([fields.at(-1)?.rule, problems]).toEqual([rule, []]);
	});

	test.each<[string, readonly Row[]]>([
		['a field that is not there', [mail, maker, follower({ rule_field: 'region' })]],
		['no field', [mail, maker, follower({ rule_field: null })]],
		['a field behind it', [mail, follower({}), maker]],
		['itself', [mail, maker, follower({ rule_field: 'type' })]],
		['an answer that cannot be given', [mail, maker, follower({ rule_values: 'kestrel' })]],
		['where the visit came from', [mail, { name: 'maker', kind: 'channel' }, follower({})]],
	])('whose condition names %s is asked without it, and its editor told', (_case, rows) => {
		const { fields, problems } = read(...rows);
		expect(fields.find(({ name }) => name === 'type')?.rule).toBeNull();
		expect(problems.map(([code]) => code)).toEqual(['form-rule']);
	});
});

test('each mistake says in both languages what it does and what to do', () => {
	const codes: ProblemCode[] = ['form-field', 'form-duplicate-field', 'form-reserved-name', 'form-rule', 'form-no-options', 'form-no-mail'];
	for (const locale of LOCALES) {
		for (const code of codes) {
			const { what, todo } = textsFor(locale).preview.problems[code];
			expect(Math.min(what.length, todo.length)).toBeGreaterThan(5);
		}
	}
});
