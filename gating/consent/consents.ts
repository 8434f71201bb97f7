import type { Handle } from '#kernel/database.ts';

import type { SetCookie } from '../identity/cookies.ts';
import type { AnswerInput, WithdrawInput } from './answer.ts';
import type { GivenConsent } from './give.ts';
import type { ConsentState } from './ledger.ts';

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
