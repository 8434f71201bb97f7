import { createHash, timingSafeEqual } from 'node:crypto';

/** True when the `Authorization` header carries the hub's API token. Compared in constant time; false while no token is set. */
export function isApiToken(authorization: string | undefined, apiToken: string | null): boolean {
	if (apiToken === null || authorization === undefined || !authorization.startsWith('Bearer ')) return false;
	return timingSafeEqual(digest(authorization.slice('Bearer '.length).trim()), digest(apiToken));
}

function digest(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}
