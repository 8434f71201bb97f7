import type { AstroGlobal } from 'astro';

import { withReadableConsent } from './consent-cookie.ts';

/** Purposes of the notice: they concern a browser. All others concern a person. */
export const BROWSER_PURPOSES = ['analytics', 'personalisation'] as const;

/** Saves what the preferences page sent. Returns what was done, for the message on the page after the redirect. */
export async function savePreferences({ locals, request }: Pick<AstroGlobal, 'locals' | 'request'>, data: FormData): Promise<'saved' | 'left'> {
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
	if (visitor.isVerified && visitor.personId !== null) {
		const held = (await app.gating.consents.of(visitor.personId))
			.filter((state) => state.given && isOfPerson(state.purpose))
			.map((state) => state.purpose);
		const ended = held.filter((purpose) => !ticked.includes(purpose));
		if (ended.length > 0)
			await app.gating.consents.withdraw({
				personId: visitor.personId,
				visitorId: visitor.visitorId,
				purposes: ended,
				how: 'preferences',
				channel: 'direct',
			});
	}
	return 'saved';
}

/** True for purposes that the second part of the page lists. */
export function isOfPerson(purpose: string): boolean {
	return purpose !== 'necessary' && !(BROWSER_PURPOSES as readonly string[]).includes(purpose);
}

function firstTouch(request: Request): Record<string, string> {
	const referrer = request.headers.get('referer');
	return referrer && URL.canParse(referrer) ? { page: new URL(referrer).pathname } : {};
}
