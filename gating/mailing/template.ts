import {
	fillFields,
	inLocale,
	type Locale,
	type MailBlock,
	type MailField,
	type MailLinkField,
	type MailTemplate,
	type Snapshot,
} from '#cms/content.ts';
import { DomainError } from '#kernel/errors.ts';
import { addresses } from '#kernel/texts/addresses.ts';
import { textsFor } from '#kernel/texts/index.ts';

import type { MailLink } from '../access/mail-layout.ts';
import { fitting } from '../profile/audience.ts';
import type { Profile } from '../profile/profile.ts';
import { escapeHtml, type Inline, type Paragraph, readText } from './inline.ts';
import { type MailParts, mailParts } from './layout.ts';
import { pickFor } from './pick.ts';

export interface MailContext {
	/** The reader's; a template without it is sent in its first language. */
	readonly locale: Locale;
	readonly origin: string;
	readonly content: Snapshot;
	/** How the mail begins. */
	readonly hello: string;
	readonly values: Readonly<Partial<Record<MailField, string>>>;
	readonly links: Readonly<Partial<Record<MailLinkField, string>>>;
	/** Null: nothing may be known of them here. */
	readonly profile: Profile | null;
	readonly now: Date;
	/** In the foot: what they agreed to, and how to end it. */
	readonly foot: readonly MailLink[];
	/** Puts what tells a click into an address of the site; `place` counts the links of the mail from 1. */
	track(url: string, place: number): string;
}

export interface RenderedMail {
	readonly locale: Locale;
	readonly subject: string;
	readonly text: string;
	readonly html: string;
}

/** A block as text and HTML. */
interface Piece {
	readonly text: string;
	readonly html: string;
}

/** Puts a template together for one reader. @throws DomainError invalid for one with faults: it never leaves */
export function renderTemplate(template: MailTemplate, context: MailContext): RenderedMail {
	if (template.faults.length > 0)
		throw new DomainError('invalid', `The mail template "${template.key}" cannot be sent: ${template.faults[0]?.detail}`);
	const locale = template.languages.includes(context.locale) ? context.locale : (template.languages[0] ?? context.locale);
	const { mailing, mail } = textsFor(locale);
	const parts = mailParts(locale);
	const fillIn = (text: string): string => fillFields(text, context.values, { ...mailing.fallbacks, brand: context.content.site.brand });
	const { brand, legalName, address } = context.content.site;
	const blocks = template.blocks.flatMap(blockWriter(locale, context, parts, fillIn));
	const subject = oneLine(fillIn(inLocale(template.subject, locale)));
	const preheader = oneLine(fillIn(inLocale(template.preheader, locale)));
	const company = [legalName, oneLine(inLocale(address, locale))]
		.filter((part, at, all) => part !== '' && !all.some((other, place) => place > at && other.includes(part)))
		.join(' · ');
	const text = [
		context.hello,
		...blocks.map((block) => block.text),
		`${mail.regards}\n${brand}`,
		'--',
		[mailing.why, company, ...context.foot.map(({ label, url }) => `${label}: ${url}`)].join('\n'),
	];
	const html = parts.whole({
		subject,
		preheader,
		brand,
		body: [
			parts.paragraph(escapeHtml(context.hello)),
			...blocks.map((block) => block.html),
			parts.paragraph(`${escapeHtml(mail.regards)}<br>${escapeHtml(brand)}`),
		].join(''),
		foot: [escapeHtml(mailing.why), escapeHtml(company), context.foot.map(({ label, url }) => parts.link(url, escapeHtml(label))).join(' &nbsp; ')],
	});
	return { locale, subject, text: `${text.join('\n\n')}\n`, html };
}

function blockWriter(
	locale: Locale,
	context: MailContext,
	parts: MailParts,
	fillIn: (text: string) => string,
): (block: MailBlock) => readonly Piece[] {
	const { content, origin, profile, now, links } = context;
	let place = 0;
	const linkTo = (target: string): string | null => {
		const field = /^\{\{\s*(.*?)\s*\}\}$/.exec(target)?.[1];
		const url = field === undefined ? target : (links[field as MailLinkField] ?? '');
		if (url === '') return null;
		const own = url.startsWith('/') ? origin + inLanguage(url, locale) : url;
		return own.startsWith(`${origin}/`) && field !== 'preferences.url' ? context.track(own, ++place) : own;
	};
	const titled = (title: string, pieces: readonly Piece[]): readonly Piece[] =>
		title === '' || pieces.length === 0 ? pieces : [{ text: title, html: parts.heading(title) }, ...pieces];

	return (block) => {
		if (block.audience.length > 0 && (profile === null || fitting(block.audience, profile) === null)) return [];
		switch (block.kind) {
			case 'text':
				return titled(
					fillIn(inLocale(block.title, locale)),
					readText(inLocale(block.body, locale)).map((paragraph) => writeParagraph(paragraph, parts, { fillIn, linkTo })),
				);
			case 'button': {
				const url = linkTo(block.link);
				const label = oneLine(fillIn(inLocale(block.label, locale)));
				return url === null || label === '' ? [] : [{ text: `${label}\n${url}`, html: parts.button(url, label) }];
			}
			case 'picture': {
				const { picture, link } = block;
				const url = link === '' ? null : linkTo(link);
				const alt = fillIn(inLocale(block.title, locale)) || picture.description;
				const file = /^image\/(?:png|jpeg|gif)$/.test(picture.mediaType) ? encodeURIComponent(picture.filename) : '960.webp';
				const html = parts.picture(`${origin}/media/${picture.id}/${picture.version}/${file}`, alt, url);
				return [{ text: [`[${alt}]`, ...(url === null ? [] : [url])].join('\n'), html }];
			}
			case 'pick': {
				const slot = content.slots.find(({ slug }) => slug === block.slot);
				const items = slot ? pickFor(slot, profile, { content, locale, now: now.getTime() }, block.count) : [];
				const pieces = items.map((item): Piece => {
					const url = linkTo(addresses(locale).item(item)) ?? origin;
					const [title, text] = [inLocale(item.title, locale), inLocale(item.summary, locale)];
					const kind = textsFor(locale).site.type[item.type];
					return { text: `${kind}: ${title}\n${text}\n${url}`, html: parts.piece({ kind, title, text, url }) };
				});
				return titled(fillIn(inLocale(block.title, locale)), pieces);
			}
		}
	};
}

interface Writing {
	fillIn(text: string): string;
	linkTo(target: string): string | null;
}

function writeParagraph({ kind, lines }: Paragraph, parts: MailParts, { fillIn, linkTo }: Writing): Piece {
	const written = lines.map((line) => line.map((part) => writeInline(part, parts, { fillIn, linkTo })));
	const [texts, htmls] = [written.map((line) => line.map(({ text }) => text).join('')), written.map((line) => line.map(({ html }) => html).join(''))];
	return kind === 'list'
		? { text: texts.map((text) => `- ${text}`).join('\n'), html: parts.list(htmls) }
		: { text: texts.join('\n'), html: parts.paragraph(htmls.join('<br>')) };
}

/** Fields are filled in last, into what is text already: no name can become a link or HTML. */
function writeInline(part: Inline, parts: MailParts, { fillIn, linkTo }: Writing): Piece {
	const words = fillIn(part.text);
	const html = escapeHtml(words);
	if (part.kind !== 'link') return { text: words, html: part.kind === 'bold' ? `<strong>${html}</strong>` : html };
	const url = linkTo(part.url);
	return url === null ? { text: words, html } : { text: `${words} (${url})`, html: parts.link(url, html) };
}

/** The same page in the reader's language: editors write its English path. */
function inLanguage(path: string, locale: Locale): string {
	return locale === 'en' || /^\/(?:zh-CN|media|api|r)(?:\/|$)/.test(path) ? path : `/zh-CN${path === '/' ? '' : path}`;
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
