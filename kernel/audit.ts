import { desc, eq } from 'drizzle-orm';

import type { Handle } from './database.ts';
import { newId, type Random } from './id.ts';
import { audit } from './schema.ts';

/** Who did or read what, on whom, from where. Codes and ids only. */
export interface AuditEntry {
	/** `staff:<id>`, `person:<id>`, `api:<token name>` or `system`. */
	readonly actor: string;
	/** `<noun>.<verb>`, such as `lead.read`. */
	readonly action: string;
	/** `<kind>:<id>`. */
	readonly subject: string;
	/** Network prefix the request came from, or ''. */
	readonly origin: string;
	readonly detail: Readonly<Record<string, unknown>>;
}

/** Appends to the audit log in the body of the change or read it tells of. */
export async function recordAudit(tx: Handle, entry: AuditEntry, now: Date, random: Random): Promise<void> {
	await tx.insert(audit).values({ id: newId(now, random), at: now, ...entry });
}

/** The newest entries, of one subject or of all. */
export async function listAudit(read: Handle, { subject, limit }: { readonly subject?: string; readonly limit: number }) {
	return read
		.select()
		.from(audit)
		.where(subject === undefined ? undefined : eq(audit.subject, subject))
		.orderBy(desc(audit.at), desc(audit.id))
		.limit(limit);
}
