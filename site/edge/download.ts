import type { Exchange } from './exchange.ts';
import { sendAsset } from './file-answer.ts';
import { sendPrinted } from './kept-answer.ts';
import { contentDisposition } from './media-type.ts';
import type { EdgeParts } from './parts.ts';
import { refuse, refuseMethod } from './refuse.ts';

const BUSY_SECONDS = 20;

/**
 * Gated files at `/d/{token}`: the token is the grant, so nothing on the way may keep a copy. Papers carry their reader's name;
 * a file that cannot be written on is sent as it is, so that nobody who may have it goes without.
 */
export function createDownload({ app, metrics }: EdgeParts): (exchange: Exchange) => Promise<void> {
	return async (exchange) => {
		if (exchange.method !== 'GET' && exchange.method !== 'HEAD') return refuseMethod(exchange, 'GET, HEAD');
		const opened = await app.gating.access.openDownload(decodeURIComponent(exchange.path.slice('/d/'.length)));
		switch (opened.status) {
			case 'refused':
				return refuse(exchange, 'not-found');
			case 'expired':
				return refuse(exchange, 'gone');
			case 'open': {
				const headers = {
					'content-disposition': contentDisposition('attachment', opened.filename),
					'cache-control': 'private, no-store',
					'x-robots-tag': 'noindex',
				};
				const stamped = await app.press.stamped(opened);
				if (stamped.status === 'busy') return refuse(exchange, 'unavailable', { 'retry-after': BUSY_SECONDS });
				metrics.count('downloads');
				if (stamped.status === 'stamped') return sendPrinted(exchange, stamped.printed, headers);
				await sendAsset(exchange, app.cms.asset, opened.asset.id, headers);
			}
		}
	};
}
