import type { AstroGlobal } from 'astro';

import type { BannerPlace, BannerShown } from '#webinar';

import { catalogueOf } from './catalogue.ts';

/** Pages that are read for themselves. What asks its reader for something (papers, landing pages, offers, webinars, quotes) has no banner. */
const CONTENT = /^\/(?:articles\/[^/]+|cases\/[^/]+|series\/[^/]+|industries(?:\/[^/]+)?|products(?:\/(?!compare$)[^/]+){0,2})$/;

/** The kind of place that a page is for banners, by its path without language; null for pages that never have one. */
export function bannerPlaceOf(path: string): BannerPlace | null {
	if (path === '/') return 'home';
	if (path === '/library') return 'library';
	return CONTENT.test(path) ? 'content' : null;
}

/** The banner of this page, the same for everybody: of those that fit, the one whose webinar starts first. */
export function siteBannerOf({ locals, url }: Pick<AstroGlobal, 'locals' | 'url'>): BannerShown | null {
	const { app, locale } = locals;
	const shown = app.webinars.promotion.banners.current();
	if (shown.length === 0 || locals.isPreview === true) return null;
	const path = url.pathname.replace(/(.)\/$/, '$1');
	const place = bannerPlaceOf(locale === 'en' ? path : path.slice(locale.length + 1) || '/');
	if (place === null) return null;
	const { snapshot } = catalogueOf(app.cms.snapshot(), locale);
	const isRead = (id: string): boolean => snapshot.webinars.some((webinar) => webinar.id === id && webinar.languages.includes(locale));
	return shown.find((banner) => banner.places.includes(place) && isRead(banner.webinarId)) ?? null;
}
