import { expect, test } from 'vitest';

import { type Access, decideAccess, type GatePolicy } from './decide.ts';

const gated: GatePolicy = { isPublished: true, opensWith: 'verified-mail' };
const open: GatePolicy = { isPublished: true, opensWith: 'nothing' };

test.each<[string, GatePolicy, boolean, Access]>([
	['open content opens to everybody', open, false, { decision: 'granted' }],
	['gated content asks a stranger for the form', gated, false, { decision: 'form-required' }],
	['gated content opens with a pass', gated, true, { decision: 'granted' }],
	['unpublished content opens to nobody', { ...gated, isPublished: false }, true, { decision: 'denied', reason: 'not-published' }],
	['unpublished open content neither', { ...open, isPublished: false }, false, { decision: 'denied', reason: 'not-published' }],
])('%s', (_rule, policy, isVerified, access) => {
	expect(decideAccess(policy, { isVerified })).toEqual(access);
});
