import type { Gating, Visitor } from '#gating';

import { readCookie } from './cookie.ts';

/** Who sends these cookies. Writes nothing. */
export function identify(
	app: { readonly gating: { readonly visitors: Pick<Gating['visitors'], 'identify'> } },
	cookies: string | undefined,
	userAgent?: string,
): Promise<Visitor> {
	return app.gating.visitors.identify({
		visitor: readCookie(cookies, 'foyer_visitor'),
		pass: readCookie(cookies, 'foyer_pass'),
		consent: readCookie(cookies, 'foyer_consent'),
		ask: readCookie(cookies, 'foyer_ask'),
		userAgent,
	});
}
