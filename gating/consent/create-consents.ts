import type { Handle } from '#kernel/database.ts';

import type { SetCookie } from '../identity/cookies.ts';
import { answerNotice, type AnswerInput, withdrawConsent, type WithdrawInput } from './answer.ts';
import { giveConsent, type GivenConsent } from './give.ts';
import { type ConsentState, consentStates } from './ledger.ts';

/** What visitors and persons agree to. */
export interface Consents {
	/** The visitor's answer to the notice. A browser gets an identity only if a purpose needs one. */
	answer(input: AnswerInput): Promise<{ readonly setCookies: readonly SetCookie[] }>;
	/** Everything a person was asked, newest answer per purpose. */
	of(personId: string): Promise<readonly ConsentState[]>;
	/** Withdrawal or objection; acts at once. */
	withdraw(input: WithdrawInput): Promise<void>;
	/** Agreement to words of another folder, within its body. Returns their hash. */
	give(tx: Handle, given: GivenConsent): Promise<string>;
}

type ConsentsDeps = Parameters<typeof answerNotice>[0] & Parameters<typeof withdrawConsent>[0] & Parameters<typeof giveConsent>[0];

export function createConsents(deps: ConsentsDeps): Consents {
	const { db } = deps;
	return {
		answer: (input) => answerNotice(deps, input),
		of: (personId) => consentStates(db.read, personId),
		withdraw: (input) => withdrawConsent(deps, input),
		give: (tx, given) => giveConsent(deps, tx, given),
	};
}
