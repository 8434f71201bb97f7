import type { AstroGlobal } from 'astro';

import type { ConsentState } from '#gating';

import { withReadableConsent } from './consent-cookie.ts';

/** Purposes of the notice: they concern a browser. All others concern a person. */
export const BROWSER_PURPOSES = ['analytics', 'personalisation'] as const;

/** One line of the second part of the page. `at` is null where nothing was answered yet. */
export interface PersonPurpose {
	readonly purpose: string;
	readonly given: boolean;
	readonly at: Date | null;
}

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
		const states = await app.gating.consents.of(visitor.personId);
		const held = personPurposes(states).flatMap((state) => (state.given ? [state.purpose] : []));
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

/**
 * What the person was asked and may change. Profiling is listed always: it holds until they object, without having been asked.
 */
export function personPurposes(states: readonly ConsentState[]): readonly PersonPurpose[] {
	const asked = states.filter((state) => isOfPerson(state.purpose));
	return asked.some((state) => state.purpose === 'profiling') ? asked : [...asked, { purpose: 'profiling', given: true, at: null }];
}

function firstTouch(request: Request): Record<string, string> {
	const referrer = request.headers.get('referer');
	if (!referrer || !URL.canParse(referrer)) return {};
	const { pathname, search } = new URL(referrer);
	return search === '' ? { page: pathname } : { page: pathname, query: search };
}
