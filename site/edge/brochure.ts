import type { Exchange } from './exchange.ts';
import { sendPrinted } from './kept-answer.ts';
import { contentDisposition } from './media-type.ts';
import type { EdgeParts } from './parts.ts';
import { refuse, refuseMethod } from './refuse.ts';

const SECRET = /^\/b\/([A-Za-z0-9_-]{43})(?:\/([^/]{1,80}\.pdf))?$/;

/** Brochures at `/b/{secret}`: who has the address can read the file. `?save` keeps it instead of showing it. */
export function createBrochure({ app }: EdgeParts): (exchange: Exchange) => Promise<void> {
	return async (exchange) => {
		if (exchange.method !== 'GET' && exchange.method !== 'HEAD') return refuseMethod(exchange, 'GET, HEAD');
		const secret = SECRET.exec(exchange.path)?.[1];
		const printed = secret === undefined ? null : await app.press.openBrochure(secret);
		if (!printed) return refuse(exchange, secret === undefined ? 'not-found' : 'gone');
		await sendPrinted(exchange, printed, {
			'content-disposition': contentDisposition(exchange.search === '?save' ? 'attachment' : 'inline', printed.file.filename),
			'cache-control': 'private, no-store',
			'x-robots-tag': 'noindex',
			'referrer-policy': 'no-referrer',
		});
	};
}
