import type { FieldError } from '#kernel/errors.ts';
import type { Texts } from '#kernel/texts/index.ts';

import { wordOf } from './words.ts';

/** Words of a refusal by the domain, or null when nothing was thrown. Anything but a refusal goes on. */
export async function refusalOf(texts: Texts, act: () => Promise<unknown>): Promise<string | null> {
	try {
		await act();
		return null;
	} catch (error) {
		const { code, fields } = error as { readonly code?: string; readonly fields?: readonly FieldError[] };
		if (code !== 'invalid' && code !== 'conflict' && code !== 'not-found') throw error;
		const errors: Readonly<Record<string, string>> = { ...texts.channel.errors, ...texts.people.errors };
		const named = fields?.[0]?.code ?? (code === 'conflict' ? 'conflict' : 'other');
		return wordOf(errors, Object.hasOwn(errors, named) ? named : 'other');
	}
}
