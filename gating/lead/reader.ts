import { can } from '../staff/can.ts';
import type { Staff } from '../staff/create-staff.ts';

/** Who reads leads, for the audit log, and whether names, mails and answers are shown to them. */
export interface Reader {
	/** `staff:<id>` or `api:<token name>`. */
	readonly actor: string;
	/** Network prefix of the request, or ''. */
	readonly origin: string;
	readonly seesPeople: boolean;
}

export function readerOf(staff: Staff, origin: string): Reader {
	return { actor: `staff:${staff.id}`, origin, seesPeople: can(staff.role, 'people.read') };
}

/** The reader as the audit log names who acts, and from where. */
export const whoOf = ({ actor, origin }: Pick<Reader, 'actor' | 'origin'>) => ({ actor, origin });
