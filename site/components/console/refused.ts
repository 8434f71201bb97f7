import { type ErrorCode, isDomainError } from '#kernel/errors.ts';
import type { Texts } from '#kernel/texts/index.ts';

import { wordOf } from './words.ts';

const REFUSALS: ReadonlySet<string> = new Set(['invalid', 'conflict', 'not-found'] satisfies readonly ErrorCode[]);

/** Words of a refusal by the domain, or null when nothing was thrown. Anything but a refusal goes on. */
export async function refusalOf(texts: Texts, act: () => Promise<unknown>): Promise<string | null> {
	try {
		await act();
		return null;
	} catch (error) {
		if (!isDomainError(error) || !REFUSALS.has(error.code)) throw error;
		const errors: Readonly<Record<string, string>> = { ...texts.channel.errors, ...texts.people.errors };
		const named = error.fields[0]?.code ?? (error.code === 'conflict' ? 'conflict' : 'other');
		return wordOf(errors, Object.hasOwn(errors, named) ? named : 'other');
	}
}
