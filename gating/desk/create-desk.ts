import type { Accounts } from '../account/create-accounts.ts';
import type { Work } from '../lifecycle/create-work.ts';
import type { TagsDeps } from '../tag/context.ts';
import type { Tags } from '../tag/create-tags.ts';
import { createApplyParts } from './apply.ts';
import { type BulkActs, createBulk } from './bulk.ts';
import { createViews, type LeadViews } from './views.ts';

/** Working many leads: saved views of their list, and acts on many at once that can be undone. */
export interface Desk {
	readonly views: LeadViews;
	readonly bulk: BulkActs;
}

export function createDesk(deps: TagsDeps & { readonly work: Work; readonly tags: Tags; readonly accounts: Accounts }): {
	readonly parts: Desk;
	readonly jobs: BulkActs['jobs'];
} {
	const { db, work, tags, accounts } = deps;
	const bulk = createBulk({ ...deps, parts: createApplyParts({ db, work, tags, targets: accounts.targets }) });
	return { parts: { views: createViews(deps), bulk }, jobs: bulk.jobs };
}
