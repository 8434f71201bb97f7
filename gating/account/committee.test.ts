import { expect, test } from 'vitest';

import { seatOf } from './committee.ts';

test.each([
	['Head of purchasing', 'purchasing', 'purchasing'],
	['Strategic buyer', 'purchasing', 'purchasing'],
	['采购经理', 'purchasing', 'purchasing'],
	['供应链总监', 'purchasing', 'purchasing'],
	['Managing director', 'management', 'economic'],
	['CEO', 'management', 'economic'],
	['CTO, research', 'management', 'economic'],
	['总经理', 'management', 'economic'],
	['副总裁', 'management', 'economic'],
	['Senior design engineer', 'engineering', 'technical'],
	['电气工程师', 'engineering', 'technical'],
	['质量主管', 'quality', 'technical'],
	['Head of IT', 'it', 'technical'],
	['Maintenance technician', 'maintenance', 'user'],
	['设备维修班长', 'maintenance', 'user'],
	['Production planner', 'production', 'user'],
	['车间主任', 'production', 'user'],
	['Student of mechanical engineering', 'engineering', ''],
	['Poet', '', ''],
	['', '', ''],
])('%s is of %s and has the committee role "%s"', (title, jobRole, committeeRole) => {
	expect(seatOf(title)).toEqual({ jobRole, committeeRole });
});
