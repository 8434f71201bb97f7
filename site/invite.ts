import type { AstroGlobal } from 'astro';

import type { Locale, Webinar, WhitePaper } from '#cms/content.ts';
import type { OwnInvitation, Programme } from '#gating';

import { posterOf } from './poster.ts';

type Context = Pick<AstroGlobal, 'locals'>;

/** The published paper or webinar of a programme, or null. */
export function itemOf({ locals }: Context, { subject }: Pick<Programme, 'subject'>): WhitePaper | Webinar | null {
	const { whitePapers, webinars } = locals.app.cms.snapshot();
	const [type, id] = subject.split(':');
	if (type === 'white_papers') return whitePapers.find((item) => item.id === id) ?? null;
	return type === 'webinars' ? (webinars.find((item) => item.id === id) ?? null) : null;
}

/** Draws a person's poster, or finds it; null when that cannot be done at this moment. */
export async function drawPoster(
	{ locals }: Context,
	item: WhitePaper | Webinar,
	{ invitation, givenName }: OwnInvitation,
	{ locale, format }: { readonly locale: Locale; readonly format: 'png' | 'pdf' },
) {
	const { app } = locals;
	const view = item.type === 'webinars' ? await app.webinars.view(item.slug) : null;
	const { status, occurrence } = view ?? { status: null, occurrence: null };
	const starts = occurrence && status !== 'on-demand' && status !== 'ended' ? { at: occurrence.startsAt, timeZone: occurrence.timeZone } : null;
	const link = app.gating.referrals.linkOf(invitation.code, locale);
	return app.press.poster({ ...posterOf({ item, starts, givenName, link }, locale, app.cms.snapshot()), format, personId: invitation.personId });
}
