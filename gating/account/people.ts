import { and, eq, isNotNull } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import type { Keys } from '#kernel/keys.ts';

import { isLiving, openProfile } from '../identity/person.ts';
import { accountMember, person } from '../schema.ts';

export interface AccountPerson {
	readonly personId: string;
	readonly leadId: string;
	/** '' when they gave none. */
	readonly name: string;
	readonly jobTitle: string;
}

const MOST = 500;

/** Everybody who works at an account, whatever their leads were merged with; by name, 500 at most. */
export async function peopleOfAccount(handle: Handle, keys: Keys, accountId: string): Promise<AccountPerson[]> {
	const rows = await handle
		.select({ person })
		.from(accountMember)
		.innerJoin(person, eq(person.id, accountMember.personId))
		.where(and(eq(accountMember.accountId, accountId), isNotNull(person.dataKey)))
		.orderBy(person.createdAt, person.id)
		.limit(MOST);
	const people = rows.flatMap(({ person: one }) => {
		if (!isLiving(one)) return [];
		const { name = '', jobTitle = '' } = openProfile(keys, one);
		return { personId: one.id, leadId: one.leadId, name, jobTitle };
	});
	return people.sort((a, b) => a.name.localeCompare(b.name));
}
