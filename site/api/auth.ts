import { createHash, timingSafeEqual } from 'node:crypto';

import type { Reader, StaffAction } from '#gating';
import { readCookie } from '#site/edge/cookie.ts';

import type { ApiApp, ApiContext } from './api.ts';

/** True when the `Authorization` header carries the hub's API token. Compared in constant time; false while no token is set. */
export function isApiToken(authorization: string | undefined, apiToken: string | null): boolean {
	if (apiToken === null || authorization === undefined || !authorization.startsWith('Bearer ')) return false;
	return timingSafeEqual(digest(authorization.slice('Bearer '.length).trim()), digest(apiToken));
}

export function holdsToken(app: ApiApp, c: ApiContext): boolean {
	return isApiToken(c.req.header('authorization'), app.config.server.apiToken);
}

/**
 * Who reads leads: the holder of the API token, or a member of staff who may do `action`. A wrong token is refused even
 * beside a good session, so that a mistake is noticed.
 */
export async function requireReader(app: ApiApp, c: ApiContext, action: StaffAction): Promise<Reader | 'not-signed-in' | 'forbidden'> {
	const origin = c.env.network;
	if (c.req.header('authorization') !== undefined)
		return holdsToken(app, c) ? { actor: 'api:FOYER_API_TOKEN', origin, seesPeople: true } : 'not-signed-in';
	const { staff } = app.gating;
	const member = await staff.session(readCookie(c.req.header('cookie'), 'foyer_staff'));
	if (!member) return 'not-signed-in';
	if (!staff.can(member.role, action)) return 'forbidden';
	return { actor: `staff:${member.id}`, origin, seesPeople: staff.can(member.role, 'people.read') };
}

function digest(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}
