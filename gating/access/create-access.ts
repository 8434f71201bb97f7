import type { Locale } from '#cms/content.ts';
import type { Handle } from '#kernel/database.ts';

import type { SubmitDeps } from '../form/submit.ts';
import type { Visitor } from '../identity/visitor.ts';
import { askForCode, type AskInput, type AskOutcome } from './ask-for-code.ts';
import { grantIdsOf } from './ask.ts';
import { type Checked, checkLink, type LinkUse } from './check.ts';
import { type ConfirmDeps, confirmGrant, type ConfirmOutcome, type PeekedConfirmation, peekConfirmation } from './confirm.ts';
import type { Heard } from '../profile/create-profiles.ts';
import type { Access, GatePolicy } from './decide.ts';
import { accessTo, type DownloadRequest, openDownload, contentOf, type OpenedDownload, requestDownload } from './download.ts';
import { type CodeInput, type CodeOutcome, enterCode } from './enter-code.ts';
import type { FileRef } from './file.ts';
import { grantById, type GrantOffer, holdGrant, liveCode, type Offered, offerGrant } from './grant.ts';
import { createAccessLimits } from './limits.ts';
import { type By, passesOf, type PassView, revokePasses } from './pass.ts';
import type { WhenProved } from './prove.ts';
import { grantsOf, type GrantView, type Opening, openingsOf, setRevoked } from './rights.ts';

export interface Accesses {
	/** May this visitor see the published `subject`? `isRegistered` matters where a registration opens it. */
	of(opensWith: GatePolicy['opensWith'], visitor: Visitor, subject: string, isRegistered?: boolean): Promise<Access>;
	/** What a confirmation link is for, and what its button will ask here. Changes nothing. */
	peekConfirmation(token: string, visitor: Visitor): Promise<PeekedConfirmation>;
	confirm(token: string, use: LinkUse): Promise<ConfirmOutcome>;
	/** Mails code and link to somebody known; says the same to everybody. */
	ask(input: AskInput): Promise<AskOutcome>;
	/** Takes the six digits of a mail. */
	enterCode(input: CodeInput): Promise<CodeOutcome>;
	/** Inside a body of the caller: a mail of another folder gets a code, and its browser is known again. */
	offer(tx: Handle, offer: Omit<GrantOffer, 'isMailed'>): Promise<Offered>;
	/** Inside a body of the caller: gives a person `subject`; again changes nothing. */
	give(tx: Handle, personId: string, subject: string): Promise<void>;
	/** The code for a mail that is sent now; null when it has none any more. */
	codeFor(grantId: string): Promise<string | null>;
	/** Whether a link to `subject` that was mailed to this person may be used here. */
	checkLink(link: { readonly link: string; readonly personId: string; readonly subject: string }, use: LinkUse): Promise<Checked>;
	requestDownload(visitor: Visitor, file: FileRef, locale: Locale): Promise<DownloadRequest>;
	openDownload(token: string, visitor: Visitor): Promise<OpenedDownload>;
	/** Browsers that hold a pass of this person, newest first. */
	passes(personId: string): Promise<readonly PassView[]>;
	/** Acts at the next request of that browser. Returns whether there was such a pass. */
	revokePass(personId: string, passId: string, by: By): Promise<boolean>;
	/** Returns how many ended. */
	revokeAllPasses(personId: string, by: By): Promise<number>;
	/** Everything a person may open or asked to, newest first. */
	grants(personId: string): Promise<readonly GrantView[]>;
	/** Closes its links at once, and its subject to the person. @throws DomainError not-found */
	revokeGrant(grantId: string, by: By): Promise<void>;
	/** Opens again what `revokeGrant` closed. @throws DomainError not-found */
	restoreGrant(grantId: string, by: By): Promise<void>;
	/** Gated files that a person opened, newest first. */
	openings(personId: string): Promise<readonly Opening[]>;
}

export type AccessDeps = Omit<ConfirmDeps, 'checks' | 'whenProved'> & SubmitDeps & { readonly whenProved?: readonly WhenProved[] };

/** `heard` is told when a gated file was loaded. */
export function createAccess(given: AccessDeps, heard: (act: Heard) => void): Accesses {
	const deps = { ...given, whenProved: given.whenProved ?? [], checks: createAccessLimits(given.now) };
	const { db, keys, now, random } = deps;
	return Object.freeze<Accesses>({
		of: (opensWith, visitor, subject, isRegistered) => accessTo(deps, opensWith, visitor, subject, isRegistered),
		peekConfirmation: (token, visitor) => peekConfirmation(deps, token, visitor),
		confirm: (token, use) => confirmGrant(deps, token, use),
		ask: (input) => askForCode(deps, input),
		enterCode: (input) => enterCode(deps, input),
		offer: (tx, offer) => offerGrant(tx, { ...offer, isMailed: false }, now(), random),
		give: async (tx, personId, subject) => void (await holdGrant(tx, personId, subject, now(), random)),
		codeFor: async (grantId) => {
			const row = await grantById(db.read, grantId);
			return row && liveCode(keys, row, now());
		},
		checkLink: async ({ link, personId, subject }, use) =>
			checkLink(deps, { link, personId, grantIds: await grantIdsOf(db.read, personId, subject) }, use),
		requestDownload: async (visitor, file, locale) => {
			const request = await requestDownload(deps, visitor, file, locale);
			const { personId, visitorId } = visitor;
			if (request.status === 'granted' && personId !== null) heard({ type: 'download', subject: contentOf(file), personId, visitorId });
			return request;
		},
		openDownload: (token, visitor) => openDownload(deps, token, visitor),
		passes: (personId) => passesOf(deps, personId),
		revokePass: async (personId, passId, by) => (await revokePasses(deps, personId, passId, by)) > 0,
		revokeAllPasses: (personId, by) => revokePasses(deps, personId, null, by),
		grants: (personId) => grantsOf(deps, personId),
		revokeGrant: (grantId, by) => setRevoked(deps, grantId, true, by),
		restoreGrant: (grantId, by) => setRevoked(deps, grantId, false, by),
		openings: (personId) => openingsOf(db.read, personId),
	});
}
