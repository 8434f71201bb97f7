import { textsFor } from '#kernel/texts/index.ts';
import { PROBLEM_TYPE, problemOf, type Refusal, statusOf } from '#site/api/problem.ts';

import { discardBody } from './body.ts';
import { type AnswerHeaders, type Exchange, localeOf, sendAnswer, startAnswer } from './exchange.ts';

/** Looked up by the pages below; a page of the site would need the site to work. */
export const ERROR_STYLE_PATH = '/_edge/error.css';
const ERROR_STYLE = `:root{color-scheme:light dark;--ink:#1a2226;--paper:#fff;--brand:#0b5563;--line:#1a2226;font:1.0625rem/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans SC",sans-serif}
@media(prefers-color-scheme:dark){:root{--ink:#e8eced;--paper:#101619;--brand:#84cbd6;--line:#8a979c}}
body{box-sizing:border-box;margin:0 auto;max-width:56rem;padding:clamp(2rem,14vh,9rem) clamp(1rem,4vw,4rem);color:var(--ink);background:var(--paper)}
h1{margin:0 0 1rem;padding-top:1rem;border-top:1px solid var(--line);font-size:clamp(1.75rem,1.2rem + 2vw,2.75rem);font-weight:550;line-height:1.15;letter-spacing:-.02em;text-wrap:balance}
:lang(zh) h1{letter-spacing:0;line-height:1.3;font-weight:600}p{margin:0 0 1rem;max-width:41rem}a{display:inline-block;padding:.4rem 0;color:var(--brand);text-underline-offset:.2em}
a:focus-visible{outline:2px solid;outline-offset:3px}small{opacity:.8;font-variant-numeric:tabular-nums}
`;

/** Refuses a request: programs get a problem document, people a small page, both in the request's language. */
export function refuse(exchange: Exchange, refusal: Refusal, headers: AnswerHeaders = {}): void {
	const { body, ...own } = refusalAnswer(exchange, refusal);
	sendAnswer(exchange, statusOf(refusal), { ...own, ...headers }, body);
}

/** Answers 405 with the methods that would do. */
export function refuseMethod(exchange: Exchange, allowed: string): void {
	refuse(exchange, 'method', { allow: allowed });
}

/**
 * Answers 413 and ends the connection, once the sender had a chance to read the answer: a connection that is closed on
 * unread bytes is reset, and the answer is lost with it.
 */
export function refuseTooLarge(exchange: Exchange): void {
	const { body, ...own } = refusalAnswer(exchange, 'too-large');
	startAnswer(exchange, statusOf('too-large'), { ...own, connection: 'close', 'content-length': Buffer.byteLength(body) });
	exchange.res.write(body);
	void discardBody(exchange.req).then(() => exchange.res.end());
}

export function sendErrorStyle(exchange: Exchange): void {
	sendAnswer(exchange, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=3600' }, ERROR_STYLE);
}

function refusalAnswer({ req, path, id }: Exchange, refusal: Refusal): { readonly body: string } & Readonly<Record<string, string>> {
	const locale = localeOf(path, req.headers['accept-language']);
	const common = { 'cache-control': 'no-store', 'content-language': locale };
	if (!path.startsWith('/api/') && req.headers.accept?.includes('text/html')) {
		return { 'content-type': 'text/html; charset=utf-8', ...common, body: errorPage(refusal, locale, id) };
	}
	return { 'content-type': PROBLEM_TYPE, ...common, body: JSON.stringify(problemOf(refusal, { locale, requestId: id })) };
}

function errorPage(refusal: Refusal, locale: 'en' | 'zh-CN', id: string): string {
	const { error } = textsFor(locale);
	const { title, detail } = error[refusal];
	return `<!doctype html>
<html lang="${locale}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="stylesheet" href="${ERROR_STYLE_PATH}">
<h1>${title}</h1>
<p>${detail}</p>
<p><a href="${locale === 'en' ? '/' : '/zh-CN'}">${error.home}</a></p>
<p><small>${error.requestNumber}: ${id}</small></p>
</html>
`;
}
