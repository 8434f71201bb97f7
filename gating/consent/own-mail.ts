import type { Locale, Snapshot } from '#cms/content.ts';
import { MINUTE_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import type { Random } from '#kernel/id.ts';
import { enqueue, type OutboxHandler } from '#kernel/outbox.ts';
import { fill, textsFor } from '#kernel/texts/index.ts';

import { helloOf, mailHtml, type MailContent, mailText } from '../access/mail-layout.ts';
import { contactOf, livingPerson } from '../identity/person.ts';
import { deliverMail, type DeliverDeps } from '../message/deliver.ts';
import { PREFERENCES_DAYS, preferencesLink, PROOF_HOURS, proofLink } from './link.ts';

/** Kind of the outbox rows that mail somebody the way to their own preferences. */
export const OWN_LINK_MAIL = 'gating.own-link-mail';

/** `link`: theirs was lost or is too old. `proof`: they are about to fetch or erase their data. */
export type OwnLinkKind = 'link' | 'proof';

/** Within this time a second wish sends no second mail. */
const SAME_WISH_MS = 5 * MINUTE_MS;

export async function orderOwnLink(
	tx: Handle,
	{ personId, kind, locale }: { readonly personId: string; readonly kind: OwnLinkKind; readonly locale: Locale },
	now: Date,
	random: Random,
): Promise<void> {
	const key = `own-link:${kind}:${personId}:${Math.floor(now.getTime() / SAME_WISH_MS)}`;
	await enqueue(tx, { kind: OWN_LINK_MAIL, key, payload: { template: kind, personId, locale }, personId, dueAt: now }, now, random);
}

/** Mails the link, made at this moment: a proof that waited in the queue is not shorter for it. */
export function ownLinkMailHandler(deps: DeliverDeps & { readonly content: () => Snapshot }): OutboxHandler {
	return async ({ id, payload }) => {
		const { db, keys, origin, content } = deps;
		const personId = String(payload['personId']);
		const locale: Locale = payload['locale'] === 'zh-CN' ? 'zh-CN' : 'en';
		const person = await livingPerson(db.read, personId);
		if (!person) return { dropped: 'erased' };
		const contact = contactOf(keys, person);
		const { mail: common, privacy } = textsFor(locale);
		const isProof = payload['template'] === 'proof';
		const words = isProof ? privacy.proofMail : privacy.linkMail;
		const { brand } = content().site;
		const url = isProof ? proofLink(deps, personId, locale) : preferencesLink(deps, personId, locale);
		return deliverMail(deps, {
			personId,
			purpose: 'necessary',
			locale,
			compose: (preferences) => {
				const mail: MailContent = {
					locale,
					brand,
					hello: helloOf(contact, locale),
					paragraphs: words.paragraphs.map((text) => fill(text, { brand })),
					button: { label: words.button, url, hint: common.linkHint },
					notes: [fill(words.validity, { days: PREFERENCES_DAYS, hours: PROOF_HOURS })],
					regards: common.regards,
					foot: [fill(privacy.mailReason, { site: new URL(origin).host })],
					preferences: isProof ? preferences : null,
				};
				return {
					to: contact.email,
					subject: fill(words.subject, { brand }),
					text: mailText(mail),
					html: mailHtml(mail),
					messageId: `<${id}@${new URL(origin).hostname}>`,
					headers: { 'Auto-Submitted': 'auto-generated' },
				};
			},
		});
	};
}
