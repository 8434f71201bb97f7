import { eq } from 'drizzle-orm';

import type { PersonalDataSource } from '../privacy/source.ts';
import { tagMark } from '../schema.ts';

/** Tags that staff and lists put on a person. They go with the person. */
export function tagsData(): PersonalDataSource {
	return Object.freeze<PersonalDataSource>({
		name: 'tags',
		export: async (tx, personId) => {
			const { tag, source, at, expiresAt, removedAt } = tagMark;
			return tx.select({ tag, source, at, expiresAt, removedAt }).from(tagMark).where(eq(tagMark.personId, personId)).orderBy(at);
		},
		erase: async (tx, personId) => void (await tx.delete(tagMark).where(eq(tagMark.personId, personId))),
	});
}
