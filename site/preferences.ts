import type { AstroGlobal } from 'astro';

import { withReadableConsent } from './consent-cookie.ts';
import { workOwnPage } from './own-page.ts';

/** Purposes of the notice: they concern a browser. All others concern a person. */
export const BROWSER_PURPOSES = ['analytics', 'personalisation'] as const;

/** Saves what the preferences page sent. Returns what was done, for the message on the page after the redirect. */
export async function savePreferences(
	{ locals, request }: Pick<AstroGlobal, 'locals' | 'request'>,
	data: FormData,
): Promise<'saved' | 'left' | 'asked' | 'unfollowed'> {
	const { app, visitor, visitorCookies, locale } = locals;
	const ticked = data.getAll('purposes').map(String);
	if (data.get('action') === 'sign-out') {
		const { setCookies } = await app.gating.visitors.signOut(visitorCookies);
		locals.setCookies(withReadableConsent(setCookies));
		return 'left';
	}
	if (data.get('action') === 'browser') {
		const { setCookies } = await app.gating.consents.answer({
			purposes: ticked,
			locale,
			channel: 'direct',
			visitor,
			firstTouch: firstTouch(request),
		});
		locals.setCookies(withReadableConsent(setCookies));
		return 'saved';
	}
	if (!visitor.isVerified || visitor.personId === null) return 'saved';
	const owner = { personId: visitor.personId, isProved: false, visitorId: visitor.visitorId, how: 'preferences' } as const;
	const done = await workOwnPage({ locals }, owner, data);
	return done === 'asked' || done === 'unfollowed' ? done : 'saved';
}

/** True for what the second part of the page lists: what concerns the person, in whatever browser. */
export function isOfPerson({ purpose }: { readonly purpose: string }): boolean {
	return !(BROWSER_PURPOSES as readonly string[]).includes(purpose);
}

/** True when the browser itself says that it wants to be neither measured nor known (Global Privacy Control, Do Not Track). */
export function refusesBySignal(headers: { get(name: string): string | null }): boolean {
	return headers.get('sec-gpc') === '1' || headers.get('dnt') === '1';
}

function firstTouch(request: Request): Record<string, string> {
	const referrer = request.headers.get('referer');
	if (!referrer || !URL.canParse(referrer)) return {};
	const { pathname, search } = new URL(referrer);
	return search === '' ? { page: pathname } : { page: pathname, query: search };
}
