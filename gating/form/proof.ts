import { type Challenge, createChallenge, type Solution, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';

import { MINUTE_MS, type Now } from '#kernel/clock.ts';
import type { Keys } from '#kernel/keys.ts';

const ALGORITHM = 'PBKDF2/SHA-256';
/** Rounds of one try. As native in a browser as anywhere, so that machines gain little. */
const COST = 5_000;
/** One try in 256 fits: a third of a second on a desk, some seconds on a phone. */
const KEY_PREFIX = '00';
const VALID_MS = 10 * MINUTE_MS;
const LONGEST = 4_000;
const MOST_SPENT = 50_000;

/** A puzzle whose solution a browser finds by trying. */
export type ProofChallenge = Challenge;

export interface Proofs {
	issue(formKey: string): Promise<ProofChallenge>;
	/**
	 * True once for each solution: for the form it was issued for, within ten minutes. `request` names what it comes with, so that a
	 * repeat of the same request passes again; '' for one that cannot be repeated.
	 */
	accept(formKey: string, proof: string | null, request: string): Promise<boolean>;
}

/** Puzzles are signed, not kept; spent ones are remembered in memory until they expire, by each process for itself. */
export function createProofs(keys: Keys, now: Now): Proofs {
	const secret = keys.mac('form-proof', 'v1');
	const spent = new Map<string, { readonly until: number; readonly request: string }>();
	const spend = (nonce: string, request: string): boolean => {
		const at = now().getTime();
		// They lie in the order in which they expire.
		for (const [key, { until }] of spent) {
			if (until > at) break;
			spent.delete(key);
		}
		const before = spent.get(nonce);
		if (before) return request !== '' && before.request === request;
		if (spent.size >= MOST_SPENT) return false;
		spent.set(nonce, { until: at + VALID_MS, request });
		return true;
	};

	return Object.freeze<Proofs>({
		issue: (form) =>
			createChallenge({
				algorithm: ALGORITHM,
				cost: COST,
				keyPrefix: KEY_PREFIX,
				deriveKey,
				hmacSignatureSecret: secret,
				data: { form, at: now().getTime() },
			}),
		accept: async (formKey, proof, request) => {
			const read = readProof(proof);
			if (read === null) return false;
			const { challenge, solution } = read;
			const { form, at } = challenge.parameters.data ?? {};
			const age = now().getTime() - Number(at);
			if (form !== formKey || !(age >= 0 && age < VALID_MS)) return false;
			const { verified } = await verifySolution({ challenge, solution, deriveKey, hmacSignatureSecret: secret }).catch(() => ({ verified: false }));
			return verified && spend(challenge.parameters.nonce, request);
		},
	});
}

/** What the browser sent, as far as it has the shape: the signature decides the rest. */
function readProof(proof: string | null): { readonly challenge: Challenge; readonly solution: Solution } | null {
	if (proof === null || proof === '' || proof.length > LONGEST) return null;
	try {
		const read = JSON.parse(proof) as { readonly challenge?: Challenge; readonly solution?: Solution } | null;
		if (typeof read?.challenge?.parameters !== 'object' || typeof read.solution !== 'object') return null;
		if (read.challenge.parameters.algorithm !== ALGORITHM || read.challenge.parameters.cost !== COST) return null;
		return { challenge: read.challenge, solution: read.solution };
	} catch {
		return null;
	}
}
