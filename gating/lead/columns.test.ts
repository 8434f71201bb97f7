import { expect, test } from 'vitest';

import { textsFor } from '#kernel/texts/index.ts';

import { columnsOf, LEAD_COLUMN_KEYS, LEAD_COLUMNS } from './columns.ts';

const keys = (asked: readonly string[], seesPeople = true) => columnsOf(asked, seesPeople).map(({ key }) => key);

test('every column has a key of its own, and words in both languages', () => {
	expect(LEAD_COLUMNS.map(({ key }) => key)).toEqual(LEAD_COLUMN_KEYS);
	for (const locale of ['en', 'zh-CN'] as const) expect(LEAD_COLUMN_KEYS.filter((key) => !textsFor(locale).console.leads.column[key])).toEqual([]);
});

test('columns stand in one order, whatever the order they are asked in; unknown ones are none', () => {
	expect(keys(['email', 'boss', 'name', 'grade', 'email'])).toEqual(['grade', 'name', 'email']);
	expect(keys(['boss'])).toEqual(keys([]));
	expect(keys([])).toEqual(LEAD_COLUMNS.filter(({ isDefault }) => isDefault).map(({ key }) => key));
});

test('who may not see people is given no personal column but the one that opens a lead', () => {
	expect(keys(LEAD_COLUMN_KEYS, false)).toEqual(LEAD_COLUMNS.filter(({ key, isPersonal }) => !isPersonal || key === 'name').map(({ key }) => key));
});
