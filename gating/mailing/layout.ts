import type { Locale } from '#cms/content.ts';

import { escapeHtml } from './inline.ts';

/** Colours of the site's paper look, and of its dark one for mail programs that ask. */
const INK = '#1d2327';
const MUTED = '#5a646b';
const PETROL = '#0b5563';
const LINE = '#d5dade';
const FACES: Readonly<Record<Locale, string>> = {
	en: "Geist, 'Helvetica Neue', Arial, sans-serif",
	'zh-CN': "'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', sans-serif",
};
/** Keeps mail programs from showing the first words of the mail behind the preheader. */
const FILLER = '&#8199;&#65279;&#847; '.repeat(60);

/** Parts of a mail as HTML that mail programs show: tables, and every style on its element. */
export interface MailParts {
	paragraph(html: string): string;
	heading(text: string): string;
	list(items: readonly string[]): string;
	link(url: string, text: string): string;
	button(url: string, label: string): string;
	picture(src: string, alt: string, url: string | null): string;
	/** A piece with its kind, title and one sentence. */
	piece(piece: { readonly kind: string; readonly title: string; readonly text: string; readonly url: string }): string;
	whole(mail: {
		readonly subject: string;
		readonly preheader: string;
		readonly brand: string;
		readonly body: string;
		readonly foot: readonly string[];
	}): string;
}

export function mailParts(locale: Locale): MailParts {
	const lineHeight = locale === 'en' ? '1.55' : '1.75';
	const face = `font-family:${FACES[locale]};line-height:${lineHeight}`;
	const body = `${face};font-size:16px;color:${INK}`;
	const small = `${face};font-size:13px;color:${MUTED}`;
	const link: MailParts['link'] = (url, text) =>
		`<a class="a" href="${escapeHtml(url)}" style="color:${PETROL};text-decoration:underline">${text}</a>`;
	return {
		link,
		paragraph: (html) => `<p class="t" style="margin:0 0 16px;${body}">${html}</p>`,
		heading: (text) => `<h2 class="t" style="margin:24px 0 8px;${face};font-size:18px;font-weight:600;color:${INK}">${escapeHtml(text)}</h2>`,
		list: (items) =>
			`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 16px">` +
			items
				.map(
					(item) =>
						`<tr><td class="t" valign="top" width="18" style="padding:0 0 6px;${body}">&ndash;</td>` +
						`<td class="t" valign="top" style="padding:0 0 6px;${body}">${item}</td></tr>`,
				)
				.join('') +
			`</table>`,
		button: (url, label) =>
			`<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 24px"><tr>` +
			`<td class="b" bgcolor="${PETROL}" style="padding:12px 22px;background-color:${PETROL}">` +
			`<a class="bt" href="${escapeHtml(url)}" style="${face};font-size:16px;font-weight:600;color:#ffffff;text-decoration:none">${escapeHtml(label)}</a>` +
			`</td></tr></table>`,
		picture: (src, alt, url) => {
			const image =
				`<img src="${escapeHtml(src)}" alt="${escapeHtml(alt)}" width="552" ` +
				`style="display:block;width:100%;max-width:552px;height:auto;border:0;${small}">`;
			return `<p style="margin:8px 0 24px">${url === null ? image : `<a href="${escapeHtml(url)}">${image}</a>`}</p>`;
		},
		piece: ({ kind, title, text, url }) =>
			`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>` +
			`<td class="l" style="padding:14px 0;border-top:1px solid ${LINE}">` +
			`<p class="m" style="margin:0 0 2px;${small}">${escapeHtml(kind)}</p>` +
			`<p style="margin:0 0 4px;${face};font-size:16px;font-weight:600">${link(url, escapeHtml(title))}</p>` +
			`<p class="m" style="margin:0;${face};font-size:14px;color:${MUTED}">${escapeHtml(text)}</p></td></tr></table>`,
		whole: ({ subject, preheader, brand, body: content, foot }) =>
			`<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
			`<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">` +
			`<title>${escapeHtml(subject)}</title><style>${DARK}</style></head>` +
			`<body class="bg" style="margin:0;padding:0;background-color:#ffffff">` +
			`<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">${escapeHtml(preheader)}${preheader === '' ? '' : FILLER}</div>` +
			`<table class="bg" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center" style="padding:24px 0">` +
			`<table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:600px">` +
			`<tr><td class="a l" align="left" style="padding:0 24px 16px;border-bottom:1px solid ${LINE};${face};font-size:18px;font-weight:600;color:${PETROL}">${escapeHtml(brand)}</td></tr>` +
			`<tr><td align="left" style="padding:24px 24px 8px">${content}</td></tr>` +
			`<tr><td class="l" align="left" style="padding:16px 24px 0;border-top:1px solid ${LINE}">` +
			foot.map((line) => `<p class="m" style="margin:0 0 8px;${small}">${line}</p>`).join('') +
			`</td></tr></table></td></tr></table></body></html>`,
	};
}

const DARK =
	'@media (prefers-color-scheme:dark){.bg{background-color:#14191c!important}.t{color:#e6eaec!important}.m{color:#a3adb3!important}' +
	'.a{color:#7cc4d1!important}.l{border-color:#333c42!important}.b{background-color:#7cc4d1!important}.bt{color:#0c1a1d!important}}';
