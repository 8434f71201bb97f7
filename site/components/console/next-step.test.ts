import { expect, test } from 'vitest';

import type { LeadView } from '#gating';

import { nextStep } from './next-step.ts';

const AT = new Date('2026-11-01T08:00:00Z');
const PROFILE = {
	name: 'Anna Weber',
	email: 'a@b.example',
	region: 'Stuttgart',
	company: 'B',
	industry: 'packaging',
	jobTitle: 'Head of Engineering',
};
const PERSON = {
	personId: 'p',
	profile: PROFILE,
	said: null,
	lists: [],
	isErased: false,
	locale: 'en',
	timeZone: 'UTC',
	verifiedAt: AT,
	createdAt: AT,
	consents: [],
};
const LINE = { rule: 'r', version: 1, at: AT, eventId: 'e', full: 100, beforeCap: 100, isCapped: false, decay: null };
const line = (subject: string, points: number) => ({ ...LINE, points, what: { code: 'page.view', params: { subject } } });
const ENGAGEMENT = { total: 0, lines: [line('products:a', 300), line('cases:b', 200), line('cases:b', 200)], overCap: [], hasObjected: false };
const RECEIPT = { modelVersion: 1, grade: 'B2' as const, total: 4_000, fit: { total: 0, lines: [] }, engagement: ENGAGEMENT, hasDecay: false };
const QUOTE = {
	id: 's',
	personId: 'p',
	formKey: 'quote',
	subject: 'quote',
	at: AT,
	appliedAt: AT,
	outcome: 'accept',
	reasons: [],
	answers: { message: 'Two drives' },
};

function aLead(over: Partial<LeadView>): LeadView {
	return {
		id: 'l',
		company: 'B',
		mailDomain: 'b.example',
		stage: 'identified',
		workingState: 'open',
		lastActivityAt: AT,
		createdAt: AT,
		persons: [PERSON],
		submissions: [],
		moves: [],
		receipt: RECEIPT,
		colleagues: 0,
		...over,
	};
}

test.each<[string, Partial<LeadView>, unknown]>([
	['an erased person leaves nothing to do', { persons: [{ ...PERSON, isErased: true, profile: null }] }, { code: 'erased' }],
	['quarantine comes before any request', { workingState: 'quarantine', submissions: [QUOTE] }, { code: 'quarantine' }],
	['what sales has stays with sales', { stage: 'sql' }, { code: 'sales' }],
	['a request is answered whatever the score', { submissions: [QUOTE] }, { code: 'request', words: 'Two drives' }],
	[
		'a request that nobody proved waits',
		{ submissions: [{ ...QUOTE, appliedAt: null }], persons: [{ ...PERSON, verifiedAt: null }] },
		{ code: 'unverified' },
	],
	['an MQL is called about what it spent most on', { stage: 'mql' }, { code: 'call', subject: 'cases:b' }],
	[
		'what is missing is named',
		{ persons: [{ ...PERSON, profile: { name: 'A', email: 'a@b.example' } }] },
		{ code: 'missing', fields: ['region', 'company', 'industry', 'jobTitle'] },
	],
	['the rest is nurtured up to the threshold', {}, { code: 'nurture', points: 2_000 }],
])('%s', (_rule, over, step) => expect(nextStep(aLead(over), 6_000)).toEqual(step));

test('whom sales must follow up is told with owner and time, before anything else', () => {
	const clock = { state: 'running', owner: 'sam', dueAt: AT, isOverdue: true, demand: 'quote' };
	expect(nextStep(aLead({ workingState: 'sales', submissions: [QUOTE] }), 6_000, clock)).toEqual({
		...{ code: 'follow-up', owner: 'sam', dueAt: AT, isOverdue: true, demand: 'quote' },
	});
	expect(nextStep(aLead({ workingState: 'sales' }), 6_000, { ...clock, state: 'followed-up' })).toEqual({ code: 'sales' });
});
