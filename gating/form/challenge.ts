import { MINUTE_MS, SECOND_MS, type Now } from '#kernel/clock.ts';
import type { Keys } from '#kernel/keys.ts';
import { readToken, signToken } from '#kernel/signed-token.ts';

const SHORTEST_MS = 2 * SECOND_MS;
const LONGEST_MS = 240 * MINUTE_MS;

/** A token of this moment, for a browser that puts its cursor into a form. */
export function issueChallenge(keys: Keys, now: Now): string {
	const at = now();
	return signToken(keys, 'challenge', String(at.getTime()), new Date(at.getTime() + LONGEST_MS));
}

/** True when the token is ours and some seconds old: a person was reading and typing. */
export function isAnsweredChallenge(keys: Keys, token: string | null, now: Date): boolean {
	const issuedAt = issuedAtOf(keys, token, now);
	return issuedAt !== null && now.getTime() - issuedAt >= SHORTEST_MS;
}

/** True when the token is ours, however young. */
export function isOwnChallenge(keys: Keys, token: string | null, now: Date): boolean {
	return issuedAtOf(keys, token, now) !== null;
}

function issuedAtOf(keys: Keys, token: string | null, now: Date): number | null {
	if (token === null) return null;
	const read = readToken(keys, 'challenge', token, now);
	return read.status === 'valid' ? Number(read.subject) : null;
}
