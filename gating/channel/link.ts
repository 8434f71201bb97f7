import { DomainError } from '#kernel/errors.ts';
import { plainCode, type Random } from '#kernel/id.ts';

/** A source as far as its link is concerned. */
export interface LinkTarget {
	readonly code: string;
	/** Path and query on this site. */
	readonly path: string;
	readonly utmSource: string;
	readonly utmMedium: string;
	readonly utmCampaign: string;
}

const CODE = /^[a-z0-9](?:[a-z0-9-]{1,38}[a-z0-9])$/;
const LONGEST_PATH = 500;
const NOWHERE = 'https://site.invalid';
/** What a link in print may not open: machinery, staff and personal links. */
const CLOSED = /^\/(?:zh-CN\/)?(?:api|console|d|c|i|invite|j|u|r|redeem|preview|media|metrics)(?:\/|$)/i;
const PASSED_ON = ['utm_term', 'utm_content'];
/** A code of seven random letters, for a source that was given none. */
export function newCode(random: Random): string {
	return plainCode(random, 7);
}

/** @throws DomainError invalid unless it is 3 to 40 small letters, digits and inner hyphens. */
export function requireCode(code: string): string {
	if (!CODE.test(code))
		throw new DomainError('invalid', 'A code has 3 to 40 small letters, digits and hyphens.', { fields: [{ field: 'code', code: 'source-code' }] });
	return code;
}

/**
 * The path and query of a target on this site, in one spelling.
 *
 * @throws DomainError invalid for anything that leads away or to no page: other hosts in any spelling, protocols, staff and personal addresses.
 */
export function requirePath(path: string): string {
	const target = localTarget(path);
	if (target === null)
		throw new DomainError('invalid', 'A link opens a page of this site: a path such as /white-papers/….', {
			fields: [{ field: 'path', code: 'source-path' }],
		});
	return target.pathname + target.search;
}

/** Where a source's link leads: its page with the source's tags; terms and contents that the link was opened with are kept. Null for a path that leads away. */
export function landingOf({ code, path, utmSource, utmMedium, utmCampaign }: LinkTarget, opened: URLSearchParams): string | null {
	const target = localTarget(path);
	if (target === null) return null;
	const tags = { utm_source: utmSource, utm_medium: utmMedium, utm_campaign: utmCampaign, utm_id: code };
	for (const [name, value] of Object.entries(tags)) if (value !== '') target.searchParams.set(name, value);
	for (const name of PASSED_ON) {
		const value = opened.get(name);
		if (value && value.length <= 100 && value.isWellFormed()) target.searchParams.set(name, value);
	}
	return target.pathname + target.search;
}

function localTarget(path: string): URL | null {
	// Browsers read backslashes as slashes, and leave out tabs and line ends.
	if (path.length > LONGEST_PATH || !/^\/(?![/\\])/.test(path) || /[\\\p{C}]/u.test(path) || !path.isWellFormed() || !URL.canParse(path, NOWHERE))
		return null;
	const target = new URL(path, NOWHERE);
	if (target.origin !== NOWHERE || target.pathname.startsWith('//') || CLOSED.test(target.pathname) || CLOSED.test(safelyDecoded(target.pathname)))
		return null;
	return target;
}

function safelyDecoded(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}
