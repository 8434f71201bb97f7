import { type AuditEntry, recordAudit } from '#kernel/audit.ts';
import type { Now } from '#kernel/clock.ts';
import type { Database } from '#kernel/database.ts';
import type { Random } from '#kernel/id.ts';
import type { Keys } from '#kernel/keys.ts';

import { auditEntries, type AuditQuery, type AuditRow } from './audit.ts';
import { waitingDeliveries, type WaitingDelivery } from './deliveries.ts';
import { type KeptMail, listMails, type MailPage, openMail } from './mailbox.ts';
import { type Overview, overviewOf } from './overview.ts';

export interface ReportDeps {
	readonly db: Database;
	readonly keys: Keys;
	readonly now: Now;
	readonly random: Random;
	readonly timeZone: () => string;
}

/** Small queries that screens of the console ask beside leads and scores. Rights are checked by who calls. */
export interface Report {
	overview(): Promise<Overview>;
	/** Mails kept instead of sent, newest first. */
	mails(query: { readonly cursor: string | null; readonly limit: number }): Promise<MailPage>;
	mail(id: string): Promise<KeptMail | null>;
	/** What waits in the outbox, soonest first. */
	waiting(limit: number): Promise<readonly WaitingDelivery[]>;
	audit(query: AuditQuery): Promise<{ readonly entries: readonly AuditRow[]; readonly nextCursor: string | null }>;
	/** Notes who read or did what, for screens whose act has no body of its own. */
	note(entry: AuditEntry): Promise<void>;
}

export function createReport({ db, keys, now, random, timeZone }: ReportDeps): Report {
	return Object.freeze<Report>({
		overview: () => overviewOf(db.read, now(), timeZone()),
		mails: (query) => listMails(db.read, keys, query),
		mail: (id) => openMail(db.read, keys, id),
		waiting: (limit) => waitingDeliveries(db.read, limit),
		audit: (query) => auditEntries(db.read, query),
		note: (entry) => db.write((tx) => recordAudit(tx, entry, now(), random)),
	});
}
