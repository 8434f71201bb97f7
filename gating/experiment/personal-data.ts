import { asc, eq } from 'drizzle-orm';

import type { PersonalDataSource } from '../privacy/source.ts';
import { experimentExposure, visitor } from '../schema.ts';

/** Which variants a person's browsers were shown. Ids and codes: erased, they are numbers of nobody, as events are. */
export function experimentsData(): PersonalDataSource {
	return Object.freeze<PersonalDataSource>({
		name: 'experiments',
		export: async (tx, personId) =>
			tx
				.select({ experiment: experimentExposure.experimentId, variant: experimentExposure.variant, at: experimentExposure.at })
				.from(experimentExposure)
				.innerJoin(visitor, eq(visitor.id, experimentExposure.visitorId))
				.where(eq(visitor.personId, personId))
				.orderBy(asc(experimentExposure.at)),
		erase: () => Promise.resolve(),
	});
}
