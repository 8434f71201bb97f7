import { eq, sql } from 'drizzle-orm';

import type { Asset, Locale } from '#cms/content.ts';
import { MINUTE_MS } from '#kernel/clock.ts';
import { DomainError } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { readToken, signToken } from '#kernel/signed-token.ts';
import { addresses } from '#kernel/texts/addresses.ts';

import { recordEvent } from '../event/record.ts';
import { livingPerson } from '../identity/person.ts';
import type { Visitor } from '../identity/visitor.ts';
import { grant } from '../schema.ts';
import type { ConfirmDeps } from './confirm.ts';
import { type Access, type AccessFacts, decideAccess, GATED, type GatePolicy } from './decide.ts';
import { type FileRef, gatedFile } from './file.ts';
import { grantById, hasGrant, holdGrant } from './grant.ts';
import { isRevoked, recordOpening } from './rights.ts';

const LINK_MS = 15 * MINUTE_MS;
const SEPARATOR = '~';

export type DownloadRequest =
	/** `url` works for fifteen minutes, in a browser with this person's pass. */
	| { readonly status: 'granted'; readonly url: string }
	| { readonly status: 'form-required' }
	/** Somebody of the staff closed it to this person. */
	| { readonly status: 'revoked' };

export type OpenedDownload =
	/** `asset` goes to `Cms.asset`, or out with the person's name on it; `grantId` names the right by which they have it. */
	| {
			readonly status: 'open';
			readonly asset: Asset;
			readonly filename: string;
			readonly personId: string;
			readonly grantId: string;
			/** Of the file, or of the page it was asked from. */
			readonly locale: Locale;
			/** The paper or product. */
			readonly itemId: string;
			/** Writes the opening down, once for this link however often it is called. */
			note(): Promise<void>;
	  }
	| { readonly status: 'expired' }
	| { readonly status: 'refused' }
	/** A link of somebody who has no pass in this browser: they may prove here that they are that person. */
	| { readonly status: 'proof-required'; readonly subject: string; readonly locale: Locale };

/** What this visitor may see of something gated. `isRegistered` matters for replays and rooms. */
export async function accessTo(
	{ db }: Pick<ConfirmDeps, 'db'>,
	opensWith: GatePolicy['opensWith'],
	{ personId, isVerified }: Visitor,
	subject: string,
	isRegistered = false,
): Promise<Access> {
	const isClosed = isVerified && personId !== null && (await isRevoked(db.read, personId, subject));
	return decideAccess({ isPublished: true, opensWith }, { isVerified, isRevoked: isClosed, isRegistered });
}

/** What a file belongs to, as behaviour names it. */
export const contentOf = ({ subject }: Pick<FileRef, 'subject'>): string => subject.replace(/#.*$/, '');

/**
 * A short-lived address of a gated file. The download is recorded here, on the POST that asks for it, and not when bytes flow:
 * retries and ranges of one download count once.
 *
 * @throws DomainError not-found when the item or its file is not published.
 */
export async function requestDownload(deps: ConfirmDeps, visitor: Visitor, ref: FileRef, locale: Locale): Promise<DownloadRequest> {
	const file = gatedFile(deps.content(), ref, locale);
	if (!file) throw new DomainError('not-found', 'There is no such file to download.');
	const { personId } = visitor;
	const { subject, documentId } = ref;
	const access = await accessTo(deps, GATED, visitor, subject);
	if (access.decision === 'denied') return { status: 'revoked' };
	if (access.decision !== 'granted' || personId === null) return { status: 'form-required' };
	if (file.needsGrant && !(await hasGrant(deps.db.read, personId, subject, deps.now()))) return { status: 'form-required' };
	const { random, now, timeZone } = deps;
	const linkId = newId(now(), random);
	const grantId = await deps.db.write(async (tx) => {
		const at = now();
		const held = await holdGrant(tx, personId, subject, at, random);
		await tx
			.update(grant)
			.set({ downloads: sql`${grant.downloads} + 1` })
			.where(eq(grant.id, held.id));
		const props = file.locale === '' ? {} : { locale: file.locale };
		await recordEvent(
			tx,
			{ id: linkId, type: 'download', at, personId, visitorId: visitor.visitorId, subject: contentOf(ref), props },
			at,
			timeZone(),
		);
		return held.id;
	});
	const token = signToken(deps.keys, 'download', [grantId, linkId, locale, documentId].join(SEPARATOR), new Date(now().getTime() + LINK_MS));
	return { status: 'granted', url: addresses(locale).download(token) };
}

/**
 * Resolves a download address to its file, for a browser with a pass of the person it was made for. Revoking the grant or the pass,
 * erasing the person or unpublishing the file closes it at once.
 */
export async function openDownload(deps: ConfirmDeps, token: string, visitor: Visitor): Promise<OpenedDownload> {
	const { db, keys, now, content } = deps;
	const read = readToken(keys, 'download', token, now());
	if (read.status === 'invalid') return { status: 'refused' };
	const [grantId = '', linkId = '', asked = '', documentId = ''] = read.subject.split(SEPARATOR);
	const locale: Locale = asked === 'zh-CN' ? 'zh-CN' : 'en';
	const row = await grantById(db.read, grantId);
	if (!row || !(await livingPerson(db.read, row.personId))) return { status: 'refused' };
	const { personId, subject } = row;
	const file = gatedFile(content(), { subject, documentId }, locale);
	const isOwn = visitor.isVerified && visitor.personId === personId;
	const isOver = read.status === 'expired' || row.expiresAt <= now();
	const facts: AccessFacts = {
		isVerified: visitor.isVerified,
		isRevoked: await isRevoked(db.read, personId, subject),
		link: isOver ? 'expired' : isOwn ? 'own' : 'of-another',
	};
	const access = decideAccess({ isPublished: file !== null, opensWith: GATED }, facts);
	switch (access.decision) {
		case 'expired':
			return { status: 'expired' };
		case 'proof-required':
		case 'form-required':
			return { status: 'proof-required', subject, locale };
		case 'denied':
			return { status: 'refused' };
		case 'granted':
			break;
	}
	if (!file) return { status: 'refused' };
	const { asset, filename, itemId } = file;
	const note = () => recordOpening(deps, { id: linkId, personId, grantId, subject, documentId, locale: file.locale });
	return { status: 'open', asset, filename, personId, grantId, locale: file.locale || locale, itemId, note };
}
