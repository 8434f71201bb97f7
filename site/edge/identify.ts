import type { Gating, Visitor } from '#gating';

import { readCookie } from './cookie.ts';

type Identifies = { readonly gating: { readonly visitors: Pick<Gating['visitors'], 'identify'> } };

/** Who sends these cookies. Writes nothing. */
export function identify(app: Identifies, cookies: string | undefined, userAgent?: string): Promise<Visitor> {
	return app.gating.visitors.identify({
		visitor: readCookie(cookies, 'foyer_visitor'),
		pass: readCookie(cookies, 'foyer_pass'),
		consent: readCookie(cookies, 'foyer_consent'),
		ask: readCookie(cookies, 'foyer_ask'),
		userAgent,
	});
}

/** The same, as far as what is shown hangs on it: without what else the browser says of itself. One object as long as it holds. */
export function identifyShown(app: Identifies, cookies: string | undefined): Promise<Visitor> {
	return app.gating.visitors.identify({
		visitor: readCookie(cookies, 'foyer_visitor'),
		pass: readCookie(cookies, 'foyer_pass'),
		consent: readCookie(cookies, 'foyer_consent'),
	});
}
