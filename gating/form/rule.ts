import type { FieldRule, FormField } from '#cms/content.ts';

import type { Answers } from './form.ts';

/** What a field's rule makes of it, given the answers so far. */
export interface Standing {
	/** False: it does not belong to the form now, and what was typed into it is left out. */
	readonly belongs: boolean;
	readonly isRequired: boolean;
}

/** `answers` are those of this form over what is known of the person. A field without a rule stands as its editor wrote it. */
export function standingOf({ rule, isRequired }: Pick<FormField, 'rule' | 'isRequired'>, answers: Answers): Standing {
	if (rule === null) return { belongs: true, isRequired };
	const fits = holds(rule, answers);
	return rule.effect === 'show' ? { belongs: fits, isRequired: fits && isRequired } : { belongs: true, isRequired: fits };
}

/** True when the other answer fits; one of several chosen is enough. */
export function holds({ field, values }: FieldRule, answers: Answers): boolean {
	const answer = Object.hasOwn(answers, field) ? (answers[field] ?? '').trim() : '';
	if (answer === '' || values.length === 0) return answer !== '';
	const chosen = [answer, ...answer.split(',').map((value) => value.trim())].map(fold);
	return values.some((value) => chosen.includes(fold(value)));
}

const fold = (text: string): string => text.normalize('NFKC').toLowerCase();
