import { isDomainError } from '#kernel/errors.ts';
import type { Texts } from '#kernel/texts/index.ts';

import { wordOf } from './words.ts';

/** Words of a refusal by mailings; null when the act was done. Anything but a refusal goes on. */
export async function mailingRefusal(texts: Texts, act: () => Promise<unknown>): Promise<string | null> {
	try {
		await act();
		return null;
	} catch (error) {
		if (!isDomainError(error) || error.code === 'unavailable') throw error;
		const { errors } = texts.mailing;
		const code = error.fields[0]?.code ?? (error.code === 'forbidden' ? 'own' : error.code === 'conflict' ? 'conflict' : 'other');
		return wordOf(errors, Object.hasOwn(errors, code) ? code : 'other');
	}
}

/** What was typed into the form of a mailing. */
export function readMailingForm(data: FormData): Readonly<Record<string, unknown>> {
	const value = (name: string): string => String(data.get(name) ?? '').slice(0, 200);
	const names = ['name', 'segmentId', 'template', 'trial', 'templateB', 'subjectBEn', 'subjectBZh', 'trialShare', 'trialHours', 'rhythm', 'firstAt'];
	return { ...Object.fromEntries(names.map((name) => [name, value(name)])), isLocal: value('clock') === 'person' };
}
