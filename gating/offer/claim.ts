import type { Snapshot } from '#cms/content.ts';
import { DomainError, type FieldError } from '#kernel/errors.ts';

import type { SlowDown, SubmitInput } from '../form/form.ts';
import { settleRequest, type SubmitDeps } from '../form/submit.ts';
import { checkForm } from '../form/check.ts';
import type { SetCookie } from '../identity/cookies.ts';
import { resolvePerson } from '../identity/resolve.ts';
import { give } from './give.ts';
import { hasEnded, lockOf, subjectOf } from './offer.ts';

/** Forms that an offer is claimed by: its own, or else the one of papers. */
const FORM_KEYS = ['offer-default', 'paper-default'];

export type ClaimInput = Omit<SubmitInput, 'subject' | 'formKey'> & { readonly slug: string };

export type ClaimOutcome =
	/** A verified person: the code is theirs, and on its way by mail. */
	| { readonly status: 'claimed'; readonly claimId: string }
	/** A verified person, and no code was left. */
	| { readonly status: 'waiting' }
	/** A mail with a link is on its way; its button gives the code. */
	| { readonly status: 'confirmation-sent'; readonly setCookies: readonly SetCookie[] }
	| { readonly status: 'ended' }
	| { readonly status: 'invalid'; readonly errors: readonly FieldError[] }
	| SlowDown;

/** The form that offers are claimed by; null while the editors publish none. */
export function offerForm({ forms }: Snapshot): string | null {
	return FORM_KEYS.find((key) => forms.some((form) => form.key === key)) ?? null;
}

/**
 * Takes the form of an offer. A verified person gets a code at once; anybody else by the link in their mail, so that nobody can use
 * up the stock with addresses that are not theirs.
 *
 * @throws DomainError not-found when no such offer, or no form for it, is published.
 */
export async function claimOffer(deps: SubmitDeps, { slug, ...input }: ClaimInput): Promise<ClaimOutcome> {
	const { db, content, now } = deps;
	const offer = content().offers.find((candidate) => candidate.slug === slug);
	const formKey = offerForm(content());
	if (!offer || formKey === null) throw new DomainError('not-found', 'There is no such offer. It may have ended.');
	if (hasEnded(offer, now())) return { status: 'ended' };
	const submitted: SubmitInput = { ...input, formKey, subject: subjectOf(offer.id) };
	const checked = await checkForm(deps, submitted);
	if (checked.status === 'trapped') return { status: 'confirmation-sent', setCookies: [] };
	if (checked.status !== 'valid') return checked;

	return db.write(
		async (tx): Promise<ClaimOutcome> => {
			const person = await resolvePerson(deps, tx, { ...submitted, answers: checked.answers });
			const settled = await settleRequest(deps, tx, submitted, person, true);
			if (settled.status !== 'granted') return { status: 'confirmation-sent', setCookies: settled.setCookies };
			const { visitorId } = input.visitor;
			const given = await give(deps, tx, offer, { personId: person.personId, visitorId, channel: input.channel });
			switch (given.status) {
				case 'claimed':
					return { status: 'claimed', claimId: given.claim.id };
				case 'waiting':
					return { status: 'waiting' };
				case 'ended':
				case 'gone':
					return { status: 'ended' };
			}
		},
		{ locks: lockOf(submitted.subject) ?? submitted.subject },
	);
}
