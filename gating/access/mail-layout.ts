import type { Locale } from '#cms/content.ts';
import { fill, textsFor } from '#kernel/texts/index.ts';

import { givenNameOf } from '../identity/profile.ts';
import { CODE_MINUTES } from './code.ts';

/** A plain mail: paragraphs, one button, a foot. Text and HTML say the same. */
export interface MailContent {
	readonly locale: Locale;
	readonly brand: string;
	readonly hello: string;
	readonly paragraphs: readonly string[];
	/** Below the paragraphs: names and values under a title. */
	readonly facts?: readonly MailFacts[];
	/** A picture that goes with the mail as the attachment of this id. */
	readonly picture?: { readonly cid: string; readonly alt: string; readonly sizePx: number } | undefined;
	/** Digits to type where the mail was asked for. */
	readonly code?: { readonly label: string; readonly digits: string; readonly hint: string };
	readonly button: { readonly label: string; readonly url: string; readonly hint: string } | null;
	/** Below the button: further ways, each group under a label. */
	readonly links?: readonly { readonly label: string; readonly links: readonly MailLink[] }[];
	/** Below the button. */
	readonly notes: readonly string[];
	readonly regards: string;
	readonly foot: readonly string[];
	/** Where the reader sees and changes what they agreed to; null in mails to anybody else. */
	readonly preferences?: MailLink | null;
}

export interface MailLink {
	readonly label: string;
	readonly url: string;
}

export interface MailFacts {
	/** '' for none. */
	readonly title: string;
	readonly rows: readonly (readonly [name: string, value: string])[];
}

/** Colours and faces of the site's paper look; mail programs read neither variables nor style sheets. */
const INK = '#1d2327';
const MUTED = '#5a646b';
const PETROL = '#0b5563';
const LINE = '#d5dade';
const FACES: Readonly<Record<Locale, string>> = {
	en: "Geist, 'Helvetica Neue', Arial, sans-serif",
	'zh-CN': "'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', sans-serif",
};

// Anybody can type anything as a name; a mail of ours carries no address that a stranger chose.
const ADDRESS_LIKE = /[:/@]|www\.|\.[a-z]{2}/i;

/** False for what could be an address. */
export const isPlainName = (name: string): boolean => !ADDRESS_LIKE.test(name);

/** How a mail begins: with the reader's name, unless it could be an address. */
export function helloOf({ name }: { readonly name?: string | null | undefined }, locale: Locale): string {
	const { mail } = textsFor(locale);
	const known = !name || locale === 'en' ? name : givenNameOf({ name });
	return known && isPlainName(known) ? fill(mail.hello, { name: known }) : mail.helloNobody;
}

/** The part of a mail that shows a code; nothing without one. */
export function codePart(locale: Locale, digits: string | null): Pick<MailContent, 'code'> {
	const { mail } = textsFor(locale).access;
	return digits === null ? {} : { code: { label: mail.code, digits, hint: fill(mail.codeHint, { minutes: CODE_MINUTES }) } };
}

export function mailText({
	hello,
	paragraphs,
	facts = [],
	code,
	button,
	links = [],
	notes,
	regards,
	brand,
	foot,
	preferences = null,
}: MailContent): string {
	const parts = [
		hello,
		...paragraphs,
		...facts.map(({ title, rows }) => [...(title ? [title] : []), ...rows.map(([name, value]) => `${name}: ${value}`)].join('\n')),
		...(button ? [`${button.label}\n${button.url}`] : []),
		...(code ? [`${code.label}\n${code.digits}\n${code.hint}`] : []),
		...links.map((group) => [group.label, ...group.links.map(({ label, url }) => `${label}: ${url}`)].join('\n')),
		...notes,
		`${regards}\n${brand}`,
		'--',
		[...foot, ...(preferences ? [`${preferences.label}: ${preferences.url}`] : [])].join('\n'),
	];
	return `${parts.join('\n\n')}\n`;
}

/** Tables and inline styles: what every mail program shows. All values are escaped. */
export function mailHtml({
	locale,
	brand,
	hello,
	paragraphs,
	facts = [],
	picture,
	code,
	button,
	links = [],
	notes,
	regards,
	foot,
	preferences = null,
}: MailContent): string {
	const lineHeight = locale === 'en' ? '1.55' : '1.75';
	const face = `font-family:${FACES[locale]};font-size:16px;line-height:${lineHeight};color:${INK}`;
	const paragraph = (text: string, style = face) => `<p style="margin:0 0 16px;${style}">${escapeHtml(text)}</p>`;
	const small = `font-family:${FACES[locale]};font-size:13px;line-height:${lineHeight};color:${MUTED}`;
	const action = button
		? `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 24px"><tr><td bgcolor="${PETROL}" style="padding:12px 20px">` +
			`<a href="${escapeHtml(button.url)}" style="${face};color:#ffffff;text-decoration:none">${escapeHtml(button.label)}</a></td></tr></table>` +
			`<p style="margin:0 0 16px;${small}">${escapeHtml(button.hint)}<br><span style="word-break:break-all">${escapeHtml(button.url)}</span></p>`
		: '';
	const shown = picture
		? `<p style="margin:0 0 16px"><img src="cid:${escapeHtml(picture.cid)}" alt="${escapeHtml(picture.alt)}" width="${picture.sizePx}" height="${picture.sizePx}" style="display:block;border:0"></p>`
		: '';
	const further = links
		.map(({ label, links: group }) => {
			const anchors = group.map(({ label: name, url }) => `<a href="${escapeHtml(url)}" style="${small};color:${PETROL}">${escapeHtml(name)}</a>`);
			return `<p style="margin:0 0 16px;${small}">${escapeHtml(label)}<br>${anchors.join(' &nbsp; ')}</p>`;
		})
		.join('');
	const own = preferences
		? `<p style="margin:0 0 16px;${small}"><a href="${escapeHtml(preferences.url)}" style="${small};color:${PETROL}">${escapeHtml(preferences.label)}</a></p>`
		: '';
	const digits = code
		? `<p style="margin:0 0 4px;${face}">${escapeHtml(code.label)}</p>` +
			`<p style="margin:0 0 4px;font-family:Menlo,Consolas,monospace;font-size:28px;line-height:1.4;letter-spacing:4px;color:${INK}">${escapeHtml(code.digits)}</p>` +
			`<p style="margin:0 0 24px;${small}">${escapeHtml(code.hint)}</p>`
		: '';
	return (
		`<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(brand)}</title></head>` +
		`<body style="margin:0;padding:0;background:#ffffff"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="left" style="padding:32px 24px">` +
		`<table role="presentation" width="560" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:560px"><tr>` +
		`<td style="padding:0 0 16px;border-bottom:1px solid ${LINE};font-family:${FACES[locale]};font-size:18px;font-weight:600;color:${PETROL}">${escapeHtml(brand)}</td></tr>` +
		`<tr><td style="padding:24px 0 8px">${paragraph(hello)}${paragraphs.map((text) => paragraph(text)).join('')}${facts.map((fact) => factsHtml(fact, face, small)).join('')}${shown}${action}${further}${digits}${notes.map((text) => paragraph(text)).join('')}` +
		`<p style="margin:0 0 16px;${face}">${escapeHtml(regards)}<br>${escapeHtml(brand)}</p></td></tr>` +
		`<tr><td style="padding:16px 0 0;border-top:1px solid ${LINE}">${foot.map((text) => paragraph(text, small)).join('')}${own}</td></tr></table></td></tr></table></body></html>`
	);
}

function factsHtml({ title, rows }: MailFacts, face: string, small: string): string {
	const cells = ([name, value]: MailFacts['rows'][number]) =>
		`<tr><td valign="top" style="padding:6px 16px 6px 0;border-top:1px solid ${LINE};${small}">${escapeHtml(name)}</td>` +
		`<td valign="top" style="padding:6px 0;border-top:1px solid ${LINE};${face}">${escapeHtml(value).replaceAll('\n', '<br>')}</td></tr>`;
	const head = title ? `<p style="margin:0 0 8px;${face};font-weight:600">${escapeHtml(title)}</p>` : '';
	return `${head}<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 24px">${rows.map(cells).join('')}</table>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeHtml(text: string): string {
	return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
