import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type Access, type AccessFacts, decideAccess, type GatePolicy } from './decide.ts';

const open: GatePolicy = { isPublished: true, opensWith: 'nothing' };
const paper: GatePolicy = { isPublished: true, opensWith: 'verified-mail' };
const replay: GatePolicy = { isPublished: true, opensWith: 'registration' };
const gone = (policy: GatePolicy): GatePolicy => ({ ...policy, isPublished: false });

const stranger: AccessFacts = { isVerified: false };
const reader: AccessFacts = { isVerified: true };
const registrant: AccessFacts = { isVerified: true, isRegistered: true };

const granted: Access = { decision: 'granted' };
const form: Access = { decision: 'form-required' };
const denied = (reason: 'not-published' | 'revoked' | 'forged'): Access => ({ decision: 'denied', reason });

describe('who may see what', () => {
	test.each<[string, GatePolicy, AccessFacts, Access]>([
		['open content opens to everybody', open, stranger, granted],
		['also to whom something else was closed', open, { isVerified: true, isRevoked: true }, granted],
		['a paper asks a stranger for the form', paper, stranger, form],
		['a paper opens with a pass', paper, reader, granted],
		['a gated document is as a paper: closed to a stranger', paper, { ...stranger, link: 'none' }, form],
		['a replay asks a stranger to register', replay, stranger, form],
		['a replay asks a reader who did not register to do so', replay, reader, form],
		['a replay opens to who registered', replay, registrant, granted],
		['a registration without a pass opens nothing', replay, { isVerified: false, isRegistered: true }, form],
		['unpublished content opens to nobody', gone(paper), reader, denied('not-published')],
		['unpublished open content neither', gone(open), reader, denied('not-published')],
		['an unpublished replay neither', gone(replay), registrant, denied('not-published')],
		['what staff closed to a person stays closed to their pass', paper, { ...reader, isRevoked: true }, denied('revoked')],
		['and to their registration', replay, { ...registrant, isRevoked: true }, denied('revoked')],
		['an own link opens', paper, { ...reader, link: 'own' }, granted],
		['an own link without the pass does not', paper, { ...stranger, link: 'own' }, form],
		['a link of another is no key for a stranger', paper, { ...stranger, link: 'of-another' }, { decision: 'proof-required' }],
		['nor for another reader', paper, { ...reader, link: 'of-another' }, { decision: 'proof-required' }],
		['an expired link opens nothing, also to its owner', paper, { ...reader, link: 'expired' }, { decision: 'expired' }],
		['a link of a revoked grant opens nothing', paper, { ...reader, link: 'own', isRevoked: true }, denied('revoked')],
		['a forged link is none of ours', paper, { ...reader, link: 'forged' }, denied('forged')],
		['and says nothing of what is published', gone(paper), { ...stranger, link: 'forged' }, denied('forged')],
	])('%s', (_rule, policy, facts, access) => {
		expect(decideAccess(policy, facts)).toEqual(access);
	});

	test('whatever else is so, gated content opens only with a pass, in time, unrevoked, and by no link of another', () => {
		const facts = fc.record({
			isVerified: fc.boolean(),
			isRevoked: fc.boolean(),
			isRegistered: fc.boolean(),
			link: fc.constantFrom('none' as const, 'forged' as const, 'expired' as const, 'own' as const, 'of-another' as const),
		});
		const policy = fc.record({ isPublished: fc.boolean(), opensWith: fc.constantFrom('verified-mail' as const, 'registration' as const) });
		fc.assert(
			fc.property(policy, facts, (gate, who) => {
				const isOpen = decideAccess(gate, who).decision === 'granted';
				const may =
					gate.isPublished &&
					who.isVerified &&
					!who.isRevoked &&
					(who.link === 'none' || who.link === 'own') &&
					(gate.opensWith === 'verified-mail' || who.isRegistered);
				expect(isOpen).toBe(may);
			}),
		);
	});
});
