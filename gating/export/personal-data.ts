import { and, eq, isNotNull } from 'drizzle-orm';

import type { PersonalDataSource } from '../privacy/source.ts';
import { exportFile } from '../schema.ts';

/** Files with names in them lose their key when anybody is erased: nobody can tell who stands in which, and each is made again in a moment. */
export function exportData(): PersonalDataSource {
	return Object.freeze<PersonalDataSource>({
		name: 'exports',
		export: async () => [],
		erase: async (tx) => {
			await tx
				.update(exportFile)
				.set({ dataKey: null, query: null })
				.where(and(eq(exportFile.hasPeople, true), eq(exportFile.state, 'done'), isNotNull(exportFile.dataKey)));
		},
	});
}
