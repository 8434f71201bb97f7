import type { Exchange } from './exchange.ts';
import { sendAsset } from './file-answer.ts';
import { contentDisposition } from './media-type.ts';
import type { EdgeParts } from './parts.ts';
import { refuse, refuseMethod } from './refuse.ts';

/** Gated files at `/d/{token}`: the token is the grant, so nothing on the way may keep a copy. */
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
				metrics.count('downloads');
				await sendAsset(exchange, app.cms.asset, opened.asset.id, {
					'content-disposition': contentDisposition('attachment', opened.filename),
					'cache-control': 'private, no-store',
					'x-robots-tag': 'noindex',
				});
			}
		}
	};
}
