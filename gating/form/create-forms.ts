import type { Locale } from '#cms/content.ts';

import { issueChallenge } from './challenge.ts';
import { type CheckDeps, checkForm, type CheckInput, type CheckOutcome, knownProfile } from './check.ts';
import { findForm } from './definition.ts';
import { describeForm } from './describe.ts';
import type { FormView, SubmitInput, SubmitOutcome } from './form.ts';
import { createLimits } from './limits.ts';
import { createProofs, type ProofChallenge } from './proof.ts';
import { submitForm, type SubmitDeps } from './submit.ts';
import { suggestedCompanies } from './suggestion.ts';
import { createWaves } from './waves.ts';
import type { Visitor } from '../identity/visitor.ts';

export interface Forms {
	/** What to ask this visitor now. @throws DomainError not-found */
	describe(key: string, visitor: Visitor, locale: Locale): Promise<FormView>;
	/** A token fetched at first focus; proves some seconds between reading and sending. */
	issueChallenge(): string;
	/** A puzzle for a form, for a browser that was asked to prove its work. @throws DomainError not-found */
	issueProof(key: string): Promise<ProofChallenge>;
	/** Public company names to suggest, for the browser to choose from: what is typed stays there. */
	companies(locale: Locale): Promise<readonly string[]>;
	/** Limits, traps and fields, for forms whose outcome another folder decides. @throws DomainError not-found */
	check(input: CheckInput): Promise<CheckOutcome>;
	/** @throws DomainError not-found (form, subject), conflict (another body under the same key) */
	submit(input: SubmitInput): Promise<SubmitOutcome>;
}

/** Everything that forms share, whoever takes them: what one counts, all of them see. */
export function formDepsOf<T extends Pick<CheckDeps, 'keys' | 'now'>>(deps: T): T & Pick<CheckDeps, 'limits' | 'waves' | 'proofs'> {
	const { keys, now } = deps;
	return { ...deps, limits: createLimits(now), waves: createWaves(now), proofs: createProofs(keys, now) };
}

export function createForms(deps: SubmitDeps): Forms {
	const { db, keys, now, content, proofs } = deps;
	return Object.freeze<Forms>({
		describe: async (key, visitor, locale) => {
			const form = findForm(content(), key);
			return describeForm(content(), form, await knownProfile(db, keys, visitor, {}), visitor.consents, locale);
		},
		issueChallenge: () => issueChallenge(keys, now),
		issueProof: async (key) => proofs.issue(findForm(content(), key).key),
		companies: (locale) => suggestedCompanies(db.read, content(), locale),
		check: (input) => checkForm(deps, input),
		submit: (input) => submitForm(deps, input),
	});
}
