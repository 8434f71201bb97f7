import { and, asc, gt, isNotNull, or } from 'drizzle-orm';

import { schedule, type JobHandler } from '#kernel/job.ts';

import { openProfile, isLiving, writeLookups } from '../identity/person.ts';
import { person } from '../schema.ts';
import type { AccountsDeps } from './edit.ts';
import { placePeople } from './place.ts';

export const PLACE_ALL = 'accounts.place';
/** Raised when what is derived of people changes: everybody is then derived anew, once. */
const EDITION = 2;
const PEOPLE_A_BODY = 50;

/** Has everybody on record placed, once per edition. */
export async function schedulePlacing({ db, now }: AccountsDeps): Promise<void> {
	await db.write((tx) => schedule(tx, { key: `${PLACE_ALL}:${EDITION}`, kind: PLACE_ALL, params: {}, dueAt: now() }, now()));
}

/** Derives account and look-ups of everybody verified or imported, in small bodies; goes on where a run before it ended. */
export function placeAll({ db, keys, now, random }: AccountsDeps): JobHandler {
	return async ({ cursor, progress }) => {
		let after = cursor ?? '';
		const total = await db.read.$count(person, isNotNull(person.dataKey));
		for (let done = 0; ;) {
			const [size, last] = await db.write(async (tx) => {
				const rows = await tx
					.select()
					.from(person)
					.where(and(gt(person.id, after), isNotNull(person.dataKey), or(isNotNull(person.verifiedAt), isNotNull(person.imported))))
					.orderBy(asc(person.id))
					.limit(PEOPLE_A_BODY);
				const people = rows.filter(isLiving).map((row) => ({ personId: row.id, profile: openProfile(keys, row) }));
				for (const { personId, profile } of people) await writeLookups(tx, keys, personId, profile);
				await placePeople(tx, people, now(), random);
				return [rows.length, rows.at(-1)?.id] as const;
			});
			done += size;
			if (last === undefined || size < PEOPLE_A_BODY) return;
			after = last;
			if (!(await progress(done, total, after))) return;
			await new Promise((resolve) => setImmediate(resolve));
		}
	};
}
