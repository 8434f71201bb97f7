import type { ByteCache } from './byte-cache.ts';
import type { EdgeApp } from './parts.ts';

/** Seats, hosts and other processes change banners without a word to this one. */
const READ_MS = 2_000;

/** Keeps pages true to the banners of webinars, until the returned function is called. */
export function followBanners({ webinars }: Pick<EdgeApp, 'webinars'>, cache: Pick<ByteCache, 'invalidate'>): () => void {
	const { banners } = webinars.promotion;
	const read = (): void => void banners.refresh();
	const timer = setInterval(read, READ_MS).unref();
	const ends = [webinars.onSchedule(read), banners.onChange(() => cache.invalidate(['site-banner']))];
	read();
	return () => {
		clearInterval(timer);
		for (const end of ends) end();
	};
}
