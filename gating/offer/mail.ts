import { eq } from 'drizzle-orm';

import { inLocale, type Locale } from '#cms/content.ts';
import type { Mail } from '#kernel/mailer.ts';
import type { OutboxHandler } from '#kernel/outbox.ts';
import { addresses } from '#kernel/texts/addresses.ts';
import { fill, textsFor } from '#kernel/texts/index.ts';

import type { MailDeps } from '../access/confirmation-mail.ts';
import { helloOf, mailHtml, type MailContent, type MailLink, mailText } from '../access/mail-layout.ts';
import { formatPhone } from '../cleaning/phone.ts';
import { contactOf, livingPerson } from '../identity/person.ts';
import { deliverMail } from '../message/deliver.ts';
import { openCode } from './give.ts';
import { type ClaimRow, dealersOf } from './offer.ts';
import { offerClaim } from './schema.ts';

const INTL: Readonly<Record<Locale, string>> = { en: 'en-GB', 'zh-CN': 'zh-CN' };
/** Dealers named in a mail; the others are on the page. */
const MOST_DEALERS = 12;

/** Mails a code with the dealers who redeem it, or that there is none for now. What is no longer true is not sent. */
export function offerMailHandler(deps: MailDeps): OutboxHandler {
	return async ({ id, payload }) => {
		const { db, keys } = deps;
		const [claim] = await db.read
			.select()
			.from(offerClaim)
			.where(eq(offerClaim.id, String(payload['claimId'])));
		const person = claim ? await livingPerson(db.read, claim.personId) : null;
		if (!claim || !person || claim.state !== payload['state']) return;
		const { email, name, locale } = contactOf(keys, person);
		const code = openCode(keys, person.dataKey, claim);
		return deliverMail(deps, {
			personId: person.id,
			purpose: 'necessary',
			locale,
			compose: (preferences) => offerMail(deps, { id, to: email, name: name ?? null, locale, claim, code, preferences }),
		});
	};
}

interface OfferMailParts {
	/** Of the outbox row: the same on every try. */
	readonly id: string;
	readonly to: string;
	readonly name: string | null;
	readonly locale: Locale;
	readonly claim: ClaimRow;
	/** Null: none was left. */
	readonly code: string | null;
	readonly preferences: MailLink;
}

function offerMail({ content, origin, timeZone }: MailDeps, { id, to, name, locale, claim, code, preferences }: OfferMailParts): Mail {
	const { offer: words, dealer: dealerWords, mail: common } = textsFor(locale);
	const own = code === null ? words.mail.waiting : words.mail.code;
	const { dealers, site } = content();
	const title = inLocale(claim.offer.title, locale);
	const until = new Intl.DateTimeFormat(INTL[locale], { day: 'numeric', month: 'long', year: 'numeric', timeZone: timeZone() }).format(
		claim.expiresAt,
	);
	const values = { title, until, brand: site.brand, email: site.contactEmail };
	const places = dealersOf(claim.offer, dealers).slice(0, MOST_DEALERS);
	const mail: MailContent = {
		locale,
		brand: site.brand,
		hello: helloOf({ name }, locale),
		paragraphs: own.paragraphs.map((text) => fill(text, values)),
		facts:
			code === null
				? []
				: [
						{ title: '', rows: [[words.mail.codeLabel, code] as const, [words.mail.untilLabel, until] as const] },
						{
							title: words.mail.dealers,
							rows: places.map((dealer) => [inLocale(dealer.name, locale), dealerLines(dealer, locale, dealerWords)] as const),
						},
					].filter(({ rows }) => rows.length > 0),
		button: { label: words.mail.button, url: `${origin}${addresses(locale).offer(claim.offer.slug)}`, hint: common.linkHint },
		notes: [],
		regards: common.regards,
		foot: [fill(words.mail.reason, { site: new URL(origin).host })],
		preferences,
	};
	return {
		to,
		subject: fill(own.subject, values),
		text: mailText(mail),
		html: mailHtml(mail),
		messageId: `<${id}@${new URL(origin).hostname}>`,
		headers: { 'Auto-Submitted': 'auto-generated' },
	};
}

function dealerLines(
	{ street, postcode, city, region, country, phone, email }: ReturnType<typeof dealersOf>[number],
	locale: Locale,
	words: { readonly address: string; readonly addressShort: string },
): string {
	const countryName = new Intl.DisplayNames([INTL[locale]], { type: 'region' }).of(country) ?? country;
	const values = { street, postcode, city: inLocale(city, locale), region: inLocale(region, locale), country: countryName };
	return [fill(street ? words.address : words.addressShort, values), phone && formatPhone(phone), email].filter(Boolean).join('\n');
}
