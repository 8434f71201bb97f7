import { type Accounts, createAccounts } from '../account/create-accounts.ts';
import { accountsData } from '../account/forget.ts';
import type { TagsDeps } from './context.ts';
import { createSegments, type Segments } from './create-segments.ts';
import { createTags, type Tags } from './create-tags.ts';
import { tagsData } from './personal-data.ts';

/** Who people are together: companies, tags and segments. */
export interface Audience {
	readonly accounts: Accounts;
	readonly tags: Tags;
	readonly segments: Segments;
}

/** The parts, and what they keep of persons. */
export function createAudience(deps: TagsDeps) {
	const parts: Audience = { accounts: createAccounts(deps), tags: createTags(deps), segments: createSegments(deps) };
	return { parts, data: [accountsData(deps), tagsData()] };
}
