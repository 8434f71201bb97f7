import { expect, test } from 'vitest';

import { readJobTitle } from './job-title.ts';

test.each([
	['Design Engineer', ['engineering'], null],
	['Senior Automation Engineer', ['engineering'], 'senior'],
	['Head of Maintenance', ['maintenance'], 'head'],
	['Purchasing Manager', ['purchasing'], 'head'],
	['CEO', ['management'], 'executive'],
	['Managing Director', ['management'], 'executive'],
	['Plant manager', ['production'], 'head'],
	['IT specialist', ['it'], null],
	['Item planner', [], null],
	['Internal auditor', [], null],
	['PhD student', [], 'student'],
	['Leiter Instandhaltung', ['maintenance'], 'head'],
	['设备主管', ['maintenance'], 'head'],
	['高级电气工程师', ['engineering'], 'senior'],
	['采购经理', ['purchasing'], 'head'],
	['总经理', ['management'], 'executive'],
	['实习生', [], 'student'],
	['', [], null],
	['🙂', [], null],
])('%s', (title, roles, seniority) => {
	expect(readJobTitle(title)).toEqual({ roles, seniority });
});
