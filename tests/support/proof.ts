import { type Challenge, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';

/** What a browser sends for a puzzle. */
export async function proofFor(challenge: Challenge): Promise<string> {
	return JSON.stringify({ challenge, solution: await solveChallenge({ challenge, deriveKey }) });
}
