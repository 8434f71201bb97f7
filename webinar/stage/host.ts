import type { Reader, Staff } from '#gating';
import type { Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import { type AuditEntry, recordAudit } from '#kernel/audit.ts';

import type { WebinarsDeps } from '../deps.ts';
import { type Occurrence, occurrenceById } from '../programme/occurrence.ts';

declare const capability: unique symbol;

/** Somebody of staff who may run this occurrence. Only {@link createRequireHost} makes one, so that no act can forget to ask. */
export interface Host {
	readonly occurrenceId: string;
	readonly staffId: string;
	/** Shown to the room. */
	readonly name: string;
	/** As the audit log names who acts, and from where. */
	readonly actor: string;
	readonly origin: string;
	readonly [capability]: 'host';
}

export type RequireHost = (staff: Staff, reader: Pick<Reader, 'actor' | 'origin'>, occurrenceId: string) => Promise<Host>;

/** @throws DomainError forbidden, not-found */
export function createRequireHost({ db, gating }: Pick<WebinarsDeps, 'db' | 'gating'>): RequireHost {
	return async (staff, { actor, origin }, occurrenceId) => {
		if (!gating.staff.can(staff.role, 'webinars.host')) throw new DomainError('forbidden', 'This role hosts no webinars.');
		if (!(await occurrenceById(db.read, occurrenceId))) throw new DomainError('not-found', 'There is no such start of a webinar.');
		const host = { occurrenceId, staffId: staff.id, name: staff.name, actor, origin };
		return Object.freeze(host) as Host;
	};
}

/** Puts a host's act on record, in its own body. */
export function noteAct(
	tx: Handle,
	{ occurrenceId, actor, origin }: Host,
	act: { readonly action: string; readonly detail?: AuditEntry['detail'] },
	{ now, random }: Pick<WebinarsDeps, 'now' | 'random'>,
): Promise<void> {
	return recordAudit(tx, { actor, action: act.action, subject: `occurrence:${occurrenceId}`, origin, detail: act.detail ?? {} }, now(), random);
}

/** The occurrence a host runs, as it is in this body. @throws DomainError not-found */
export async function hosted(tx: Handle, { occurrenceId }: Host): Promise<Occurrence> {
	const found = await occurrenceById(tx, occurrenceId);
	if (!found) throw new DomainError('not-found', 'There is no such start of a webinar.');
	return found;
}
