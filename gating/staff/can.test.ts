import { expect, test } from 'vitest';

import { can, STAFF_ACTIONS, STAFF_ROLES } from './can.ts';

/** Columns: admin, marketer, sales, host, analyst. */
const MATRIX: Readonly<Record<(typeof STAFF_ACTIONS)[number], string>> = {
	'leads.list': 'yyy-y',
	'people.read': 'yyy--',
	'leads.receipt': 'yyy-y',
	'leads.work': 'yyy--',
	'leads.sell': 'y-y--',
	'scoring.read': 'yyy-y',
	'scoring.edit': 'yy---',
	'scoring.sign-marketing': 'yy---',
	'scoring.sign-sales': 'y-y--',
	'reports.read': 'yyy-y',
	'webinars.read': 'yyyyy',
	'webinars.host': 'yy-y-',
	'content.read': 'yy-yy',
	'mailbox.read': 'yy---',
	'audit.read': 'y----',
	'channels.read': 'yyy-y',
	'channels.edit': 'yy---',
	'leads.import': 'yy---',
	'audience.edit': 'yy---',
	'people.erase': 'y----',
	'settings.edit': 'y----',
};

test.each(STAFF_ACTIONS)('who may %s', (action) => {
	expect(STAFF_ROLES.map((role) => (can(role, action) ? 'y' : '-')).join('')).toBe(MATRIX[action]);
});

test('an analyst sees no personal data', () => expect(can('analyst', 'people.read')).toBe(false));
