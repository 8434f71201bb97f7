import type { Locale, Snapshot } from '#cms/content.ts';

import { isMail, normaliseMail } from '../cleaning/mail.ts';
import type { Limits } from '../form/limits.ts';
import type { SetCookie } from '../identity/cookies.ts';
import { personByMail } from '../identity/person.ts';
import { mailLock } from '../identity/resolve.ts';
import type { Visitor } from '../identity/visitor.ts';
import { rememberAsk } from './ask.ts';
import type { ConfirmDeps } from './confirm.ts';
import { offerGrant } from './grant.ts';

/** What a sign-in opens when it names no content. */
export const PASS_SUBJECT = 'pass';

export interface AskInput {
	readonly email: string;
	/** What they were about to open, as `white_papers:<id>`; `pass` for nothing in particular. Unknown ones count as that. */
	readonly subject: string;
	readonly locale: Locale;
	readonly visitor: Visitor;
	/** Network prefix, for limits; null for a caller that has limits of its own. */
	readonly network: string | null;
	/** What a field that people do not see holds. */
	readonly honeypot: string;
}

export type AskOutcome =
	/** If anybody has this address, a mail is on its way; the answer is the same if nobody does. */
	| { readonly status: 'asked'; readonly setCookies: readonly SetCookie[] }
	| { readonly status: 'invalid' }
	| { readonly status: 'slow-down'; readonly retryAfterSeconds: number };

/** Sends code and link to somebody we know already, so that another browser of theirs gets a pass. Tells nobody whom we know. */
export async function askForCode(deps: ConfirmDeps & { readonly limits: Limits }, input: AskInput): Promise<AskOutcome> {
	const { db, keys, now, random, limits, content } = deps;
	const within = input.network === null ? null : limits.network(input.network, false);
	if (within?.status === 'slow-down') return within;
	const email = normaliseMail(input.email);
	if (!isMail(email)) return { status: 'invalid' };
	const perMail = limits.mail(keys.blindIndex('mail-limit', email));
	if (perMail.status === 'slow-down') return perMail;
	const { visitor, locale } = input;
	const subject = isContent(content(), input.subject) ? input.subject : PASS_SUBJECT;
	const setCookies = await db.write(
		async (tx) => {
			const row = input.honeypot === '' ? await personByMail(tx, keys, email) : null;
			if (!row) return rememberAsk(tx, { visitor, grantId: null, submissionId: null }, now(), random);
			const offer = { personId: row.id, subject, locale, visitor, submission: null, isMailed: true };
			return (await offerGrant(tx, offer, now(), random)).setCookies;
		},
		{ locks: mailLock(keys, email) },
	);
	return { status: 'asked', setCookies };
}

/** What a pass opens: nothing is given out for asking, as offers are. */
function isContent({ whitePapers, products, webinars }: Snapshot, subject: string): boolean {
	return [...whitePapers, ...products, ...webinars].some(({ type, id }) => subject === `${type}:${id}`);
}
