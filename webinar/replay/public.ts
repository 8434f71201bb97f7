import type { Asset, Locale } from '#cms/content.ts';
import type { LinkUse, Visitor } from '#gating';

import type { Host } from '../stage/host.ts';
import type { Terms } from './expiry.ts';
import type { Audience, ReplayReport } from './give.ts';
import type { OpenedReplay, PeekedReplay } from './link.ts';
import type { ReplayFile, ReplayOutcome } from './look.ts';
import type { WatchInput, WatchOutcome } from './watching.ts';

/** Recordings afterwards and on demand: until when who may watch, what is shown beside, and what of it they watched. */
export interface Replay {
	/** The replay for this visitor, with everything that was said and asked, at its second. Changes nothing. */
	look(slug: string, visitor: Visitor, locale: Locale): Promise<ReplayOutcome>;
	/** The file, for whoever may watch it now. */
	recording(slug: string, visitor: Visitor): Promise<ReplayFile | 'refused' | 'unknown'>;
	/** Captions as a file of the editor, or as WebVTT made of those typed while it ran. */
	captions(slug: string, visitor: Visitor, locale: Locale): Promise<Asset | string | 'refused' | 'unknown'>;
	/** An own answer to a poll of the original; the first holds. */
	answer(slug: string, visitor: Visitor, poll: string, option: number): Promise<'taken' | 'refused' | 'unknown'>;
	askForTime(slug: string, visitor: Visitor): Promise<'asked' | 'refused' | 'unknown'>;
	/** A beat of a page that plays; the first begins the time the replay is open. */
	watch(input: WatchInput): Promise<WatchOutcome>;
	/** What a mailed link opens. Changes nothing. */
	peekLink(token: string, visitor: Visitor): Promise<PeekedReplay>;
	openLink(token: string, use: LinkUse): Promise<OpenedReplay>;
	/** @throws DomainError invalid */
	setTerms(host: Host, terms: Terms): Promise<void>;
	report(host: Host): Promise<ReplayReport>;
	/** Mails the link to registrants by how they turned out. Returns how many mails were ordered. */
	sendTo(host: Host, audience: Audience): Promise<number>;
	/** The same to chosen people, such as those of a segment; who had no seat only if they agreed to be written to. */
	sendToPeople(host: Host, personIds: readonly string[], segmentId: string): Promise<number>;
	/** Gives somebody more time from now on, and tells them. @throws DomainError not-found */
	extend(host: Host, personId: string, hours?: number): Promise<void>;
}

export type { Terms as ReplayTerms } from './expiry.ts';
export type { Audience as ReplayAudience, ReplayPerson, ReplayReport } from './give.ts';
export type { ReplayLine, ReplayPoll } from './lines.ts';
export type { OpenedReplay } from './link.ts';
export type { ReplayFile, ReplayOutcome, ReplayView } from './look.ts';
