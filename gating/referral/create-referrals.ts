import { DomainError } from '#kernel/errors.ts';
import type { Random } from '#kernel/id.ts';
import type { OutboxHandler } from '#kernel/outbox.ts';
import { addresses } from '#kernel/texts/addresses.ts';

import type { Locale } from '#cms/content.ts';

import type { Visitor } from '../identity/visitor.ts';
import type { Reader } from '../lead/reader.ts';
import type { MailDeps } from '../access/confirmation-mail.ts';
import type { PersonalDataSource } from '../privacy/source.ts';
import { type Invitation, makeInvitation, type OpenedInvitation, openInvitation } from './invitation.ts';
import { referralHandlers } from './mail.ts';
import { ownInvitation, type OwnInvitation } from './own.ts';
import { referralsData } from './personal-data.ts';
import {
	addProgramme,
	changeProgramme,
	listProgrammes,
	type NewProgramme,
	type Programme,
	programmeByCode,
	type ProgrammeChange,
	programmeOf,
	type ProgrammeRow,
	runningFor,
} from './programme.ts';
import { type ReferralResults, resultsOf, reviewInvitation } from './results.ts';
import { settleRewards } from './settle.ts';

/** What invitations are made with; `origin` is that of links on posters, without a trailing slash. */
export type ReferralDeps = MailDeps & { readonly random: Random };

/** Invitations of people who were here to people who were not: programmes, personal links, what counts, who leads, what is given. */
export interface Referrals {
	/** Newest first. */
	programmes(): Promise<readonly Programme[]>;
	programme(code: string): Promise<Programme | null>;
	/** The one that runs for a paper or webinar, or null. */
	runningFor(subject: string): Promise<Programme | null>;
	/** @throws DomainError invalid */
	add(input: NewProgramme, by: Reader): Promise<Programme>;
	/** @throws DomainError not-found, invalid */
	change(code: string, change: ProgrammeChange, by: Reader): Promise<Programme>;
	/** See {@link openInvitation}. */
	open(code: string, locale: Locale): Promise<OpenedInvitation>;
	/** The whole address of an invitation. */
	linkOf(code: string, locale: Locale): string;
	/** See {@link makeInvitation}. */
	invite(code: string, visitor: Visitor, isNamed: boolean): Promise<Invitation>;
	/** What the visitor has in a programme; null before they made an invitation. @throws DomainError not-found, forbidden */
	own(code: string, visitor: Visitor): Promise<OwnInvitation | null>;
	/** Who invited whom, and what counts. Names only for readers who may see them. @throws DomainError not-found */
	results(code: string, reader: Reader): Promise<ReferralResults>;
	/** Decides on somebody who came, then gives or withdraws what follows. @throws DomainError not-found, conflict */
	review(
		code: string,
		review: { readonly invitationId: string; readonly personId: string; readonly decision: 'accept' | 'refuse' },
		by: Reader,
	): Promise<void>;
	/** Gives what was earned and withdraws what no longer is. Returns how many rewards changed. */
	settle(): Promise<number>;
	readonly handlers: Readonly<Record<string, OutboxHandler>>;
	readonly personalData: PersonalDataSource;
}

export function createReferrals(deps: ReferralDeps): Referrals {
	const { db, now, origin } = deps;
	const required = async (code: string): Promise<ProgrammeRow> => {
		const row = await programmeByCode(db.read, code);
		if (!row) throw new DomainError('not-found', 'There is no such programme.');
		return row;
	};
	const shown = (row: ProgrammeRow | null): Programme | null => row && programmeOf(row, now());

	return Object.freeze<Referrals>({
		programmes: async () => (await listProgrammes(db.read)).map((row) => programmeOf(row, now())),
		programme: async (code) => shown(await programmeByCode(db.read, code)),
		runningFor: async (subject) => shown(await runningFor(db.read, subject, now())),
		add: (input, by) => addProgramme(deps, input, by),
		change: (code, change, by) => changeProgramme(deps, code, change, by),
		open: (code, locale) => openInvitation(deps, code, locale),
		linkOf: (code, locale) => `${origin}${addresses(locale).invitation(code)}`,
		invite: (code, visitor, isNamed) => makeInvitation(deps, code, visitor, isNamed),
		own: async (code, visitor) => ownInvitation(deps, await required(code), visitor),
		results: async (code, reader) => resultsOf(deps, await required(code), reader),
		review: async (code, review, by) => {
			await reviewInvitation(deps, await required(code), review, by);
			await settleRewards(deps);
		},
		settle: () => settleRewards(deps),
		handlers: referralHandlers(deps),
		personalData: referralsData(deps),
	});
}
