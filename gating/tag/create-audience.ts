import { type Accounts, createAccounts } from '../account/create-accounts.ts';
import { accountsData } from '../account/forget.ts';
import { createSearchLog, type SearchLog, type SearchLogDeps } from '../search-log/create-search-log.ts';
import { createSegments, type Segments } from './create-segments.ts';
import { createTags, type Tags } from './create-tags.ts';
import { tagsData } from './personal-data.ts';

/** Who people are together: companies, tags and segments; and what they look for. */
export interface Audience {
	readonly accounts: Accounts;
	readonly tags: Tags;
	readonly segments: Segments;
	readonly searches: SearchLog;
}

/** The parts, and what they keep of persons. */
export function createAudience(deps: Omit<SearchLogDeps, 'segments'>) {
	const segments = createSegments(deps);
	const searches = createSearchLog({ ...deps, segments });
	const parts: Audience = { accounts: createAccounts(deps), tags: createTags(deps), segments, searches };
	return { parts, data: [accountsData(deps), tagsData()] };
}
