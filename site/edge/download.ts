import { addresses } from '#kernel/texts/addresses.ts';

import { type Exchange, sendAnswer } from './exchange.ts';
import { sendAsset } from './file-answer.ts';
import { identify } from './identify.ts';
import { sendPrinted } from './kept-answer.ts';
import { contentDisposition } from './media-type.ts';
import type { EdgeParts } from './parts.ts';
import { refuse, refuseMethod } from './refuse.ts';

const BUSY_SECONDS = 20;

/**
 * Gated files at `/d/{token}`, for the browser that holds a pass of the person the link was made for: anybody else is asked to prove
 * to be them. Nothing on the way may keep a copy. Papers carry their reader's name;
 * a file that cannot be written on is sent as it is, so that nobody who may have it goes without.
 */
export function createDownload({ app, metrics }: EdgeParts): (exchange: Exchange) => Promise<void> {
	return async (exchange) => {
		if (exchange.method !== 'GET' && exchange.method !== 'HEAD') return refuseMethod(exchange, 'GET, HEAD');
		const visitor = await identify(app, exchange.req.headers.cookie);
		const opened = await app.gating.access.openDownload(tokenOf(exchange.path), visitor);
		switch (opened.status) {
			case 'refused':
				return refuse(exchange, 'not-found');
			case 'expired':
				return refuse(exchange, 'gone');
			case 'proof-required':
				return sendAnswer(exchange, 303, { location: proofAddress(opened), 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex' }, '');
			case 'open': {
				const headers = {
					'content-disposition': contentDisposition('attachment', opened.filename),
					'cache-control': 'private, no-store',
					'x-robots-tag': 'noindex',
				};
				const stamped = await app.press.stamped(opened);
				if (stamped.status === 'busy') return refuse(exchange, 'unavailable', { 'retry-after': BUSY_SECONDS });
				metrics.count('downloads');
				if (exchange.method === 'GET') await opened.note();
				if (stamped.status === 'stamped') return sendPrinted(exchange, stamped.printed, headers);
				await sendAsset(exchange, app.cms.asset, opened.asset.id, headers);
			}
		}
	};
}

/** Where somebody shows that the link is theirs, and is led to what it was for. */
function proofAddress({ subject, locale }: { readonly subject: string; readonly locale: 'en' | 'zh-CN' }): string {
	return `${addresses(locale).pass}?from=link&for=${encodeURIComponent(subject)}`;
}

/** What cannot be decoded is no token of ours. */
function tokenOf(path: string): string {
	try {
		return decodeURIComponent(path.slice('/d/'.length));
	} catch {
		return '';
	}
}
