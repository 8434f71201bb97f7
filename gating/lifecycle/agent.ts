import { DomainError } from '#kernel/errors.ts';

import type { Reader } from '../lead/reader.ts';
import { can } from '../staff/can.ts';
import type { Staff } from '../staff/create-staff.ts';
import type { CauseKind } from './moves.ts';

/** Who works a lead. */
export interface Agent extends Reader {
	/** Null for systems. */
	readonly staffId: string | null;
	/** May decide for sales: accept, return, win and lose. */
	readonly sells: boolean;
	/** Works only leads of their own and leads that nobody has. */
	readonly ownOnly: boolean;
}

export function agentOf(staff: Staff, reader: Reader): Agent {
	return { ...reader, staffId: staff.id, sells: can(staff.role, 'leads.sell'), ownOnly: staff.role === 'sales' };
}

/** A CRM or another system with a token; `sells` is a right of the token. */
export function systemAgent(reader: Reader, sells: boolean): Agent {
	return { ...reader, staffId: null, sells, ownOnly: false };
}

/** As what an agent moves leads, where a person would do so as `kind`. */
export const causeKindOf = ({ staffId }: Agent, kind: CauseKind): CauseKind => (staffId === null ? 'api' : kind);

/** Whether somebody else works a lead, so that it is not for this agent. */
export function isOthers({ ownOnly, staffId }: Agent, owner: string | null): boolean {
	return ownOnly && owner !== null && owner !== staffId;
}

/** @throws DomainError forbidden for a lead that somebody else works */
export function requireOwn(agent: Agent, owner: string | null): void {
	if (isOthers(agent, owner)) throw new DomainError('forbidden', 'Somebody else works this lead.');
}
