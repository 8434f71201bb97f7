import { type SharePicture, sharedAt, sharePictureAddress, sharePictureOf } from '#site/share-picture.ts';

import { type Exchange, sendAnswer } from './exchange.ts';
import { sendPrinted } from './kept-answer.ts';
import type { EdgeParts } from './parts.ts';
import { refuse, refuseMethod } from './refuse.ts';

const PATH = /^\/media\/og\/([a-z_]{1,20})\/([A-Za-z0-9-]{1,64})\.([0-9a-f]{12})\.(en|zh-CN)\.png$/;
/** Items of one change whose pictures are drawn before anybody asks; after a change of everything they are drawn when asked for. */
const MOST_AHEAD = 20;

export interface SharePictures {
	handle(exchange: Exchange): Promise<void>;
	/** Draws the pictures of what was just published, one after the other. */
	drawAhead(tags: readonly string[]): Promise<void>;
}

/** Pictures for previews of links at `/media/og/{type}/{id}.{version}.{locale}.png`, of published items only, for ever under that version. */
export function createSharePictures({ app }: EdgeParts): SharePictures {
	const draw = (address: string, picture: SharePicture) => {
		const { picture: asset, ...text } = picture;
		return app.press.sharePicture(address.slice('/media/og/'.length), text, asset);
	};

	return {
		handle: async (exchange) => {
			if (exchange.method !== 'GET' && exchange.method !== 'HEAD') return refuseMethod(exchange, 'GET, HEAD');
			const [, type = '', id = '', , locale] = PATH.exec(exchange.path) ?? [];
			const snapshot = app.cms.snapshot();
			const shared = sharedAt(type, id, snapshot);
			if (shared === undefined || (locale !== 'en' && locale !== 'zh-CN')) return refuse(exchange, 'not-found');
			const address = sharePictureAddress(shared, locale, snapshot);
			// What was shared before the item changed leads to its present picture.
			if (address !== exchange.path) return sendAnswer(exchange, 302, { location: address, 'cache-control': 'no-store' });
			const printed = await draw(address, sharePictureOf(shared, locale, snapshot));
			if (!printed) return refuse(exchange, 'unavailable', { 'retry-after': 30 });
			await sendPrinted(exchange, printed, {
				'cache-control': 'public, max-age=31536000, immutable',
				'cross-origin-resource-policy': 'cross-origin',
			});
		},
		drawAhead: async (tags) => {
			const snapshot = app.cms.snapshot();
			const changed = tags.flatMap((tag) => {
				const [type = '', id] = tag.split(':');
				const shared = id === undefined ? undefined : sharedAt(type, id, snapshot);
				return shared ? [shared] : [];
			});
			if (changed.length > MOST_AHEAD) return;
			for (const shared of changed) {
				const locales = 'languages' in shared ? shared.languages : (['en', 'zh-CN'] as const);
				for (const locale of locales) await draw(sharePictureAddress(shared, locale, snapshot), sharePictureOf(shared, locale, snapshot));
			}
		},
	};
}
