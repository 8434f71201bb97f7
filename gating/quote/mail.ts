import { eq } from 'drizzle-orm';

import { inLocale, type Locale } from '#cms/content.ts';
import { DomainError } from '#kernel/errors.ts';
import type { Mail } from '#kernel/mailer.ts';
import type { OutboxHandler } from '#kernel/outbox.ts';
import { fill, textsFor } from '#kernel/texts/index.ts';

import type { MailDeps } from '../access/confirmation-mail.ts';
import { helloOf, mailHtml, type MailContent, type MailFacts, type MailLink, mailText } from '../access/mail-layout.ts';
import { formatPhone } from '../cleaning/phone.ts';
import { consentsOf } from '../consent/ledger.ts';
import { contactOf, livingPerson } from '../identity/person.ts';
import type { Contact } from '../identity/profile.ts';
import { deliverMail } from '../message/deliver.ts';
import { quoteRequest } from '../offer/schema.ts';
import { demanded } from '../routing/demand.ts';
import { orderQuoteMail } from './confirmed.ts';
import { productLine } from './lines.ts';
import type { QuoteRow, QuoteWords } from './quote.ts';
import { openWords } from './request.ts';

interface Found {
	readonly quote: QuoteRow;
	readonly contact: Contact;
	readonly words: QuoteWords;
}

/** To the person: that we have it, and what they asked for, in their own words. */
export function quoteMailHandler(deps: MailDeps): OutboxHandler {
	return async ({ id, payload }) => {
		const found = await find(deps, payload);
		if (!found) return;
		const { quote, contact, words } = found;
		const locale = quote.locale as Locale;
		const own = textsFor(locale).quote.mail;
		const to = quote.dealer === null ? deps.content().site.brand : dealerName(deps, quote, locale);
		return deliverMail(deps, {
			personId: quote.personId,
			purpose: 'necessary',
			locale,
			compose: (preferences) =>
				compose(deps, {
					id,
					to: contact.email,
					locale,
					subject: own.person.subject,
					hello: helloOf(contact, locale),
					paragraphs: own.person.paragraphs.map((text) => fill(text, { to })),
					facts: [askedFacts(quote, words, locale)],
					button: null,
					foot: own.person.reason,
					preferences,
				}),
		});
	};
}

/** To our sales: one page with who asks, for what, and what they saw. */
export function quoteSalesHandler(deps: MailDeps): OutboxHandler {
	return async ({ id, payload }) => {
		const found = await find(deps, payload);
		if (!found) return;
		const { quote, contact, words } = found;
		const { site } = deps.content();
		const own = textsFor('en').quote.mail.sales;
		const isVerified = quote.verifiedAt !== null;
		const occasion = payload['occasion'];
		const lead = occasion === 'dealer-failed' ? own.dealerFailed : occasion === 'confirmed' ? own.confirmed : isVerified ? own.asked : own.unverified;
		const facts = [whoFacts(contact, 'en'), askedFacts(quote, words, 'en'), contextFacts(deps, quote), ...seenFacts(quote, 'en')];
		const mail = compose(deps, {
			id,
			to: site.contactEmail,
			locale: 'en',
			subject: fill(isVerified ? own.subject : own.subjectUnverified, { company: contact.company ?? contact.email }),
			hello: own.hello,
			paragraphs: [fill(lead, { dealer: quote.dealer ?? '' })],
			facts,
			button: { label: own.button, url: `${deps.origin}/console/offers/quotes/${quote.id}`, hint: own.buttonHint },
			foot: own.reason,
		});
		await deps.mailer.send(mail, quote.personId);
	};
}

/** To the dealer they chose, while their consent to that holds. A dealer who cannot be reached is sales' matter. */
export function quoteDealerHandler(deps: MailDeps): OutboxHandler {
	return async ({ id, payload }) => {
		const found = await find(deps, payload);
		if (!found || found.quote.dealerState !== 'waiting') return;
		const { quote, contact, words } = found;
		const dealer = deps.content().dealers.find((candidate) => candidate.id === quote.dealerId);
		const consents = await consentsOf(deps.db.read, { visitorId: null, personId: quote.personId });
		if (!consents.has('dealers')) return setDealerState(deps, quote.id, 'withheld');
		if (!dealer?.email) return setDealerState(deps, quote.id, 'failed');
		const locale: Locale = dealer.country === 'CN' ? 'zh-CN' : 'en';
		const own = textsFor(locale).quote.mail.dealer;
		const { brand } = deps.content().site;
		const mail = compose(deps, {
			id,
			to: dealer.email,
			locale,
			subject: fill(own.subject, { company: contact.company ?? contact.email }),
			hello: fill(own.hello, { dealer: inLocale(dealer.name, locale) }),
			paragraphs: own.paragraphs.map((text) => fill(text, { brand })),
			facts: [whoFacts(contact, locale), askedFacts(quote, words, locale), ...seenFacts(quote, locale)],
			button: null,
			foot: fill(own.reason, { brand }),
		});
		try {
			await deps.mailer.send(mail, quote.personId);
		} catch (error) {
			if (error instanceof DomainError && error.code === 'invalid') await setDealerState(deps, quote.id, 'failed');
			throw error;
		}
		await setDealerState(deps, quote.id, 'sent');
	};
}

async function find({ db, keys }: MailDeps, payload: Readonly<Record<string, unknown>>): Promise<Found | null> {
	const [quote] = await db.read
		.select()
		.from(quoteRequest)
		.where(eq(quoteRequest.id, String(payload['quoteId'])));
	const person = quote ? await livingPerson(db.read, quote.personId) : null;
	return quote && person ? { quote, contact: contactOf(keys, person), words: openWords(keys, person.dataKey, quote) } : null;
}

/** Whoever waits for an answer has one owner: without the dealer, sales is told. */
async function setDealerState(deps: MailDeps, quoteId: string, dealerState: 'sent' | 'withheld' | 'failed'): Promise<void> {
	const { db, now, random } = deps;
	await db.write(async (tx) => {
		const [quote] = await tx.select({ personId: quoteRequest.personId }).from(quoteRequest).where(eq(quoteRequest.id, quoteId));
		await tx.update(quoteRequest).set({ dealerState }).where(eq(quoteRequest.id, quoteId));
		if (dealerState !== 'sent' && quote) await demanded(tx, deps, { personId: quote.personId, demand: 'quote', origin: `quote:${quoteId}` });
		if (dealerState !== 'sent') await orderQuoteMail(tx, 'sales', { quoteId, occasion: 'dealer-failed' }, now(), random);
	});
}

function whoFacts({ name, company, jobTitle, email, phone, region }: Contact, locale: Locale): MailFacts {
	const words = textsFor(locale).quote.summary;
	const rows = [
		[words.name, name],
		[words.company, company],
		[words.jobTitle, jobTitle],
		[words.email, email],
		[words.phone, phone && formatPhone(phone)],
		[words.region, region],
	] as const;
	return { title: words.who, rows: rows.flatMap(([label, value]) => (value ? [[label, value] as const] : [])) };
}

function askedFacts({ products }: QuoteRow, { configurations, message }: QuoteWords, locale: Locale): MailFacts {
	const words = textsFor(locale).quote.summary;
	const lines = products.map((product, at) => [
		fill(words.position, { number: at + 1 }),
		[productLine(product, locale), configurations[product.slug]].filter(Boolean).join('\n'),
	]);
	return { title: words.asked, rows: [...(lines as [string, string][]), ...(message ? [[words.message, message] as const] : [])] };
}

function contextFacts({ content, origin }: MailDeps, quote: QuoteRow): MailFacts {
	const words = textsFor('en').quote.summary;
	return {
		title: words.context,
		rows: [
			[words.answers, quote.dealer ?? content().site.brand],
			[words.language, words.languages[quote.locale as Locale]],
			[words.page, `${origin}${quote.page}`],
			[words.at, quote.at.toISOString().replace('T', ' ').slice(0, 16) + ' UTC'],
			...(quote.outcome === 'accept' ? [] : [[words.cleaning, words.outcome[quote.outcome as 'flag' | 'quarantine']] as const]),
		],
	};
}

/** What stood on the page at that moment: prices and specifications. */
function seenFacts({ products }: QuoteRow, locale: Locale): readonly MailFacts[] {
	const words = textsFor(locale).quote.summary;
	return products.map(({ partNumber, specifications, priceNote, updatedAt }) => ({
		title: fill(words.seen, { partNumber, date: updatedAt.slice(0, 10) }),
		rows: [
			...(inLocale(priceNote, locale) ? [[words.price, inLocale(priceNote, locale)] as const] : []),
			...specifications.map(({ name, value, unit }) => [inLocale(name, locale), [inLocale(value, locale), unit].filter(Boolean).join(' ')] as const),
		],
	}));
}

function dealerName({ content }: MailDeps, { dealerId, dealer }: QuoteRow, locale: Locale): string {
	const found = content().dealers.find(({ id }) => id === dealerId);
	return found ? inLocale(found.name, locale) : (dealer ?? '');
}

interface Parts {
	readonly id: string;
	readonly to: string;
	readonly locale: Locale;
	readonly subject: string;
	readonly hello: string;
	readonly paragraphs: readonly string[];
	readonly facts: readonly MailFacts[];
	readonly button: MailContent['button'];
	readonly foot: string;
	/** Only in mails to the person themselves. */
	readonly preferences?: MailLink;
}

function compose({ content, origin }: MailDeps, { id, to, subject, foot, ...parts }: Parts): Mail {
	const { brand } = content().site;
	const mail: MailContent = {
		...parts,
		brand,
		notes: [],
		regards: textsFor(parts.locale).mail.regards,
		foot: [fill(foot, { site: new URL(origin).host })],
	};
	return {
		to,
		subject,
		text: mailText(mail),
		html: mailHtml(mail),
		messageId: `<${id}@${new URL(origin).hostname}>`,
		headers: { 'Auto-Submitted': 'auto-generated' },
	};
}
