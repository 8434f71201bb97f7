import { asc, eq } from 'drizzle-orm';

import type { PersonalDataSource } from '../privacy/source.ts';
import { materialOpening, materialShare, ownerNotice } from '../schema.ts';

/** What was shared with a person, and when such a link was opened. An erasure takes all of it. */
export function materialData(): PersonalDataSource {
	return Object.freeze<PersonalDataSource>({
		name: 'material',
		export: async (tx, personId) => ({
			shared: await tx
				.select({ subject: materialShare.subject, at: materialShare.at, revokedAt: materialShare.revokedAt })
				.from(materialShare)
				.where(eq(materialShare.personId, personId))
				.orderBy(asc(materialShare.at)),
			opened: await tx
				.select({ at: materialOpening.at })
				.from(materialOpening)
				.where(eq(materialOpening.personId, personId))
				.orderBy(asc(materialOpening.at)),
		}),
		erase: async (tx, personId) => {
			await tx.delete(materialOpening).where(eq(materialOpening.personId, personId));
			await tx.delete(materialShare).where(eq(materialShare.personId, personId));
			await tx.delete(ownerNotice).where(eq(ownerNotice.personId, personId));
		},
	});
}
