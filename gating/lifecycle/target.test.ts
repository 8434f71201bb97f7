import { expect, test } from 'vitest';

import { DEFAULT_TARGET, outsideOf, type TargetDefinition, type TargetFacts } from './target.ts';

const target: TargetDefinition = {
	industries: ['packaging', 'robotics'],
	sizes: ['250-999', '1000-4999'],
	countries: ['CH', 'CN'],
	regions: ['Zürich', '苏州'],
	jobRoles: ['engineering', 'maintenance'],
};
const fitting: TargetFacts = { industry: 'packaging', size: '250-999', country: 'CN', region: '江苏苏州', jobTitle: 'Design engineer' };

test.each<[keyof TargetDefinition, Partial<TargetFacts>]>([
	['industries', { industry: 'textile' }],
	['sizes', { size: '1-9' }],
	['countries', { country: 'BR' }],
	['regions', { region: 'Porto Alegre' }],
	['jobRoles', { jobTitle: 'Purchasing clerk' }],
])('who lies outside %s is told apart', (part, facts) => {
	expect(outsideOf(target, { ...fitting, ...facts })).toEqual([part]);
	expect(outsideOf({ ...target, [part]: [] }, { ...fitting, ...facts })).toEqual([]);
});

test('who fits lies outside of nothing', () => expect(outsideOf(target, fitting)).toEqual([]));
test('what is not known lies outside of nothing', () =>
	expect(outsideOf(target, { industry: null, size: '', country: '', region: null, jobTitle: null })).toEqual([]));
test('a job title that says nothing about the work lies outside of nothing', () =>
	expect(outsideOf(target, { ...fitting, jobTitle: 'Wizard' })).toEqual([]));
test('the shipped definition asks nothing', () => expect(outsideOf(DEFAULT_TARGET, { ...fitting, country: 'BR' })).toEqual([]));
