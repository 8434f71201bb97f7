import type { CodeOutcome } from '#gating';
import { fill } from '#kernel/texts/index.ts';
import type { Texts } from '#kernel/texts/texts.ts';

/** The words for somebody who typed too many codes or addresses. */
export function slowDownWords({ access }: Texts, retryAfterSeconds: number): string {
	return fill(access.pass.errors.slowDown, { minutes: Math.ceil(retryAfterSeconds / 60) });
}

/** The words for a code that opened nothing. */
export function codeProblem(texts: Texts, outcome: Exclude<CodeOutcome, { readonly status: 'confirmed' }>): string {
	const { errors } = texts.access.pass;
	switch (outcome.status) {
		case 'malformed':
			return errors.malformed;
		case 'expired':
			return errors.expired;
		case 'slow-down':
			return slowDownWords(texts, outcome.retryAfterSeconds);
		case 'wrong':
			if (outcome.triesLeft === 0) return errors.spent;
			return outcome.triesLeft === 1 ? errors.wrongOne : fill(errors.wrong, { tries: outcome.triesLeft });
	}
}
