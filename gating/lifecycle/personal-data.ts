import { eq } from 'drizzle-orm';

import type { Keys } from '#kernel/keys.ts';

import { livingPerson } from '../identity/person.ts';
import type { PersonalDataSource } from '../privacy/source.ts';
import { disposition, interaction, screeningAnswer } from '../schema.ts';
import { answersOfPerson } from '../screening/answer.ts';
import { dispositionsOf } from './dispose.ts';
import { interactionsOf } from './log.ts';

/** What staff noted of a person. Notes, feedback and words go with the key; what was decided and how calls ended stay as numbers of nobody. */
export function workData({ keys }: { readonly keys: Keys }): PersonalDataSource {
	return Object.freeze<PersonalDataSource>({
		name: 'work',
		export: async (tx, personId) => {
			const one = await livingPerson(tx, personId);
			if (!one) return null;
			return {
				interactions: (await interactionsOf(tx, keys, [one], true)).map(({ kind, outcome, note, at }) => ({ kind, outcome, note, at })),
				decisions: (await dispositionsOf(tx, { keys }, [one], true)).map(({ kind, reason, feedback, at }) => ({ kind, reason, feedback, at })),
				answers: await answersOfPerson(tx, keys, one),
			};
		},
		erase: async (tx, personId) => {
			await tx.update(interaction).set({ note: null }).where(eq(interaction.personId, personId));
			await tx.update(disposition).set({ feedback: null }).where(eq(disposition.personId, personId));
			await tx.update(screeningAnswer).set({ words: null }).where(eq(screeningAnswer.personId, personId));
		},
	});
}
