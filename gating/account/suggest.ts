import { and, asc, eq, isNull } from 'drizzle-orm';

import { beginsWith, type Handle } from '#kernel/database.ts';

import { isStorable } from '../event/props.ts';
import { account } from '../schema.ts';
import { foldName } from './name.ts';

const SHORTEST = 2;
const MOST = 20;

/** Names of accounts that staff let be offered and that begin like `prefix`, whatever its case, accents and width; none below two characters. */
export async function suggestAccounts(handle: Handle, prefix: string, limit: number): Promise<readonly string[]> {
	const start = foldName(prefix);
	if ([...start].length < SHORTEST || !isStorable(start)) return [];
	const rows = await handle
		.selectDistinct({ name: account.name, folded: account.nameFolded })
		.from(account)
		.where(and(eq(account.maySuggest, true), isNull(account.mergedInto), beginsWith(account.nameFolded, start)))
		.orderBy(asc(account.nameFolded))
		.limit(Math.min(Math.max(Math.trunc(limit) || 1, 1), MOST));
	return rows.map(({ name }) => name);
}
