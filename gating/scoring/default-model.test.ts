import { expect, test } from 'vitest';

import { textsFor } from '#kernel/texts/index.ts';
import { ACCOUNT_STATUSES } from '../account/account.ts';
import { EVENT_TYPES } from '../event/catalog.ts';
import { RETURN_RULE } from '../lifecycle/ledger.ts';
import { DEFAULT_MODEL } from './default-model.ts';
import { ROLES, SENIORITIES } from './job-title.ts';
import { ATTRIBUTES, CAP_PERIODS, DECAY_KINDS, MAIL_KINDS } from './model.ts';

const names = [...DEFAULT_MODEL.fit, ...DEFAULT_MODEL.engagement, ...DEFAULT_MODEL.situations].map(({ name }) => name);

test.each(['en', 'zh-CN'] as const)('every code has its words in %s, and no words are left over', (locale) => {
	const { event, rules, value, attribute, decay, capPer, situation } = textsFor(locale).scoring;
	expect(Object.keys(rules).sort()).toEqual([...names, RETURN_RULE.rule].sort());
	expect(Object.keys(event).sort()).toEqual([...EVENT_TYPES, RETURN_RULE.rule].sort());
	expect(Object.keys(value)).toEqual([...ROLES, ...SENIORITIES, ...MAIL_KINDS, 'known', 'unknown', ...ACCOUNT_STATUSES, 'unsubscribed']);
	expect(Object.keys(attribute)).toEqual([...ATTRIBUTES]);
	expect(Object.keys(decay)).toEqual([...DECAY_KINDS]);
	expect(Object.keys(capPer)).toEqual([...CAP_PERIODS]);
	expect(Object.keys(situation)).toEqual(['inactive', 'surge']);
});

test('no single rule of behaviour makes an MQL of somebody of whom nothing else is known, but for asking for a price', () => {
	for (const { name, cap } of DEFAULT_MODEL.engagement)
		expect([name, (cap ?? Infinity) >= DEFAULT_MODEL.mql.from]).toEqual([name, ['quote-asked', 'webinar-quote'].includes(name)]);
});
