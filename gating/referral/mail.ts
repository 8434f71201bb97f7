import { eq } from 'drizzle-orm';

import { inLocale } from '#cms/content.ts';
import type { OutboxHandler } from '#kernel/outbox.ts';
import { addresses } from '#kernel/texts/addresses.ts';
import { fill, textsFor } from '#kernel/texts/index.ts';

import type { MailDeps } from '../access/confirmation-mail.ts';
import { helloOf, mailHtml, type MailContent, mailText } from '../access/mail-layout.ts';
import { contactOf, livingPerson } from '../identity/person.ts';
import { openCode } from '../offer/give.ts';
import { offerClaim } from '../offer/schema.ts';
import { referralProgramme, referralReward } from '../schema.ts';
import { programmeOf } from './programme.ts';
import { REFERRAL_MAIL } from './settle.ts';

/** Mails that a reward was given or taken back. What is no longer true is not sent. */
export function referralHandlers(deps: MailDeps): Readonly<Record<string, OutboxHandler>> {
	const { db, keys, mailer, origin, content } = deps;
	const tell: OutboxHandler = async ({ id, payload }) => {
		const [reward] = await db.read
			.select()
			.from(referralReward)
			.where(eq(referralReward.id, String(payload['rewardId'])));
		const [row] = reward ? await db.read.select().from(referralProgramme).where(eq(referralProgramme.id, reward.programmeId)) : [];
		const person = reward ? await livingPerson(db.read, reward.personId) : null;
		if (!reward || !row || !person || reward.changes !== payload['change']) return;
		const [claim] = reward.claimId === null ? [] : await db.read.select().from(offerClaim).where(eq(offerClaim.id, reward.claimId));
		const { email, name, locale } = contactOf(keys, person);
		const code = claim ? openCode(keys, person.dataKey, claim) : null;
		const { mail: common, referral } = textsFor(locale);
		const programme = programmeOf(row, reward.givenAt);
		const own = reward.withdrawnAt === null ? referral.mail.given : referral.mail.withdrawn;
		const { site } = content();
		const values = {
			title: inLocale(programme.title, locale),
			reward: inLocale(programme.reward, locale),
			counted: programme.every * reward.number,
			email: site.contactEmail,
		};
		const mail: MailContent = {
			locale,
			brand: site.brand,
			hello: helloOf({ name }, locale),
			paragraphs: own.paragraphs.map((text) => fill(text, values)),
			facts: code === null || reward.withdrawnAt !== null ? [] : [{ title: '', rows: [[referral.mail.given.code, code]] }],
			button: { label: referral.mail.button, url: `${origin}${addresses(locale).invite(programme.code)}`, hint: common.linkHint },
			notes: [],
			regards: common.regards,
			foot: [fill(referral.mail.reason, { site: new URL(origin).host })],
		};
		await mailer.send(
			{
				to: email,
				subject: fill(own.subject, values),
				text: mailText(mail),
				html: mailHtml(mail),
				messageId: `<${id}@${new URL(origin).hostname}>`,
				headers: { 'Auto-Submitted': 'auto-generated' },
			},
			person.id,
		);
	};
	return { [REFERRAL_MAIL]: tell };
}
