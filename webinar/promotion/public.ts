import type { LocalisedText } from '#cms/content.ts';
import type { Reader } from '#gating';

import type { BannerPlace, BannerShown } from './banner.ts';

export type { BannerPlace, BannerShown };

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

/** A banner as staff see it. */
export interface BannerSettings {
	readonly isOn: boolean;
	readonly fromAt: Date;
	/** Null: until the start, wherever that moves. */
	readonly untilAt: Date | null;
	readonly places: readonly BannerPlace[];
	/** '' in a language: the webinar's title. */
	readonly text: LocalisedText;
}

/** Banners that lead from pages of the site to a start of a webinar. */
export interface SiteBanners {
	/** Null where none was ever switched on. */
	of(occurrenceId: string): Promise<BannerSettings | null>;
	/**
	 * Switches it on or changes it; the link that counts its visitors is made with it.
	 *
	 * @throws DomainError not-found; conflict when it is over, called off, or has no start; invalid for times or places that show nothing
	 */
	save(occurrenceId: string, settings: Omit<BannerSettings, 'isOn'>, by: Reader): Promise<void>;
	switchOff(occurrenceId: string, by: Pick<Reader, 'actor' | 'origin'>): Promise<void>;
	/** What may stand on the site at this moment, the nearest start first: a page shows the first that fits it. From memory. */
	current(): readonly BannerShown[];
	/** When {@link current} changes by itself; null for never. */
	changesAt(): Date | null;
	/** Reads what changed elsewhere: seats, starts, other processes. Called every two seconds. */
	refresh(): Promise<void>;
	/** Calls `listener` when pages may show something else. Returns the function that ends it. */
	onChange(listener: () => void): () => void;
}

export interface Promotion {
	/** Orders the invitation for each of these persons who was not invited and is not registered. @throws DomainError not-found, conflict when it is over */
	invite(occurrenceId: string, segmentId: string, personIds: readonly string[], by: Pick<Reader, 'actor' | 'origin'>): Promise<Invited>;
	counts(occurrenceId: string): Promise<InvitationCounts>;
	/** Most registrations first. */
	entrances(occurrenceId: string): Promise<readonly Entrance[]>;
	readonly banners: SiteBanners;
}
