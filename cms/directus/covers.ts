import type { Row } from '../client.ts';

/** True when every value that is wanted is there; what else is there is not looked at. */
export function covers(have: unknown, wanted: unknown): boolean {
	if (wanted === null || wanted === undefined) return have === null || have === undefined;
	if (Array.isArray(wanted)) return Array.isArray(have) && have.length === wanted.length && wanted.every((value, at) => covers(have[at], value));
	if (typeof wanted === 'object') {
		return typeof have === 'object' && have !== null && Object.entries(wanted).every(([key, value]) => covers((have as Row)[key], value));
	}
	return have === wanted;
}
