import type { Reader } from '#gating';

/** What came of asking a segment. */
export interface Invited {
	readonly invited: number;
	/** Registered already, or invited before. */
	readonly skipped: number;
}

/** Invitations of an occurrence so far. */
export interface InvitationCounts {
	readonly ordered: number;
	readonly sent: number;
	/** Without consent to mail, registered meanwhile, erased. */
	readonly dropped: number;
}

/** One entrance: how many were invited, registered and came by it. */
export interface Entrance {
	/** Channel code. */
	readonly channel: string;
	readonly invited: number;
	readonly registered: number;
	readonly attended: number;
}

export interface Promotion {
	/** Orders the invitation for each of these persons who was not invited and is not registered. @throws DomainError not-found, conflict when it is over */
	invite(occurrenceId: string, segmentId: string, personIds: readonly string[], by: Pick<Reader, 'actor' | 'origin'>): Promise<Invited>;
	counts(occurrenceId: string): Promise<InvitationCounts>;
	/** Most registrations first. */
	entrances(occurrenceId: string): Promise<readonly Entrance[]>;
}
