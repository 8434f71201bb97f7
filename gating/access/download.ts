import { and, eq, isNull, sql } from 'drizzle-orm';

import type { Asset, Locale, Snapshot } from '#cms/content.ts';
import { MINUTE_MS } from '#kernel/clock.ts';
import { DomainError } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { addresses } from '#kernel/texts/addresses.ts';
import { readToken, signToken } from '#kernel/signed-token.ts';

import { recordEvent } from '../event/record.ts';
import { livingPerson } from '../identity/person.ts';
import type { Visitor } from '../identity/visitor.ts';
import { grant } from '../schema.ts';
import type { ConfirmDeps } from './confirm.ts';
import { decideAccess, GATED } from './decide.ts';
import { holdGrant } from './grant.ts';

const LINK_MS = 15 * MINUTE_MS;
const SEPARATOR = '~';

export type DownloadRequest =
	/** `url` works for fifteen minutes. */
	{ readonly status: 'granted'; readonly url: string } | { readonly status: 'form-required' };

export type OpenedDownload =
	/** `asset` goes to `Cms.asset`, or out with the person's name on it; `grantId` names the right by which they have it. */
	| {
			readonly status: 'open';
			readonly asset: Asset;
			readonly filename: string;
			readonly personId: string;
			readonly grantId: string;
			readonly locale: Locale;
			/** The paper. */
			readonly itemId: string;
	  }
	| { readonly status: 'expired' }
	| { readonly status: 'refused' };

/**
 * A short-lived address of a paper's original. The download is recorded here, on the POST that asks for it, and not when
 * bytes flow: retries and ranges of one download count once.
 *
 * @throws DomainError not-found when the paper or its file is not published.
 */
export async function requestDownload(deps: ConfirmDeps, visitor: Visitor, paperId: string, locale: Locale): Promise<DownloadRequest> {
	const file = fileOf(deps.content(), paperId, locale);
	if (!file) throw new DomainError('not-found', 'This paper has no file to download.');
	const personId = visitor.personId;
	if (decideAccess(GATED, visitor).decision !== 'granted' || personId === null) return { status: 'form-required' };
	const { random, now, timeZone } = deps;
	const subject = `white_papers:${paperId}`;
	const grantId = await deps.db.write(async (tx) => {
		const at = now();
		const held = await holdGrant(tx, personId, subject, at, random);
		await tx
			.update(grant)
			.set({ downloads: sql`${grant.downloads} + 1` })
			.where(eq(grant.id, held.id));
		await recordEvent(
			tx,
			{ id: newId(at, random), type: 'download', at, personId, visitorId: visitor.visitorId, subject, props: { locale: file.locale } },
			at,
			timeZone(),
		);
		return held.id;
	});
	const token = signToken(deps.keys, 'download', `${grantId}${SEPARATOR}${file.locale}`, new Date(now().getTime() + LINK_MS));
	return { status: 'granted', url: addresses(locale).download(token) };
}

/** Resolves a download address to its file. Revoking the grant, erasing the person or unpublishing the paper closes it at once. */
export async function openDownload({ db, keys, now, content }: ConfirmDeps, token: string): Promise<OpenedDownload> {
	const read = readToken(keys, 'download', token, now());
	if (read.status === 'invalid') return { status: 'refused' };
	if (read.status === 'expired') return { status: 'expired' };
	const [grantId = '', locale = 'en'] = read.subject.split(SEPARATOR);
	const [row] = await db.read
		.select()
		.from(grant)
		.where(and(eq(grant.id, grantId), isNull(grant.revokedAt)));
	if (!row || !(await livingPerson(db.read, row.personId))) return { status: 'refused' };
	const paperId = row.subject.slice('white_papers:'.length);
	const file = fileOf(content(), paperId, locale as Locale);
	if (!file) return { status: 'refused' };
	return { status: 'open', asset: file.asset, filename: file.filename, personId: row.personId, grantId, locale: file.locale, itemId: paperId };
}

/** The original in `locale`, or in the language it exists in. */
function fileOf(
	{ whitePapers }: Snapshot,
	paperId: string,
	locale: Locale,
): { readonly asset: Asset; readonly locale: Locale; readonly filename: string } | null {
	const paper = whitePapers.find((candidate) => candidate.id === paperId);
	if (!paper) return null;
	const found = inOrder(locale).find((candidate) => paper.pdf[candidate] !== null);
	const asset = found ? paper.pdf[found] : null;
	return found && asset ? { asset, locale: found, filename: `${paper.slug}${found === 'en' ? '' : '.zh'}.pdf` } : null;
}

function inOrder(locale: Locale): readonly Locale[] {
	return locale === 'en' ? ['en', 'zh-CN'] : ['zh-CN', 'en'];
}
