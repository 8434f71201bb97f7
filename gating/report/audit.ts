import { and, desc, eq, lt } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import { audit } from '#kernel/schema.ts';

export type AuditRow = typeof audit.$inferSelect;

export interface AuditQuery {
	/** `<kind>:<id>`; null is everything. */
	readonly subject: string | null;
	/** `staff:<id>`, `person:<id>`, `api:<token name>`; left out or null is anybody. */
	readonly actor?: string | null;
	readonly cursor: string | null;
	readonly limit: number;
}

/** Entries of the audit log, newest first. */
export async function auditEntries(
	handle: Handle,
	{ subject, actor = null, cursor, limit }: AuditQuery,
): Promise<{ readonly entries: readonly AuditRow[]; readonly nextCursor: string | null }> {
	const of = subject === null ? undefined : eq(audit.subject, subject);
	const rows = await handle
		.select()
		.from(audit)
		.where(and(of, actor === null ? undefined : eq(audit.actor, actor), cursor === null ? undefined : lt(audit.id, cursor)))
		.orderBy(desc(audit.id))
		.limit(limit + 1);
	const entries = rows.slice(0, limit);
	return { entries, nextCursor: rows.length > limit ? (entries.at(-1)?.id ?? null) : null };
}
