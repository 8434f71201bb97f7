import { DAY_MS } from '#kernel/clock.ts';
import { recordAudit } from '#kernel/audit.ts';
import type { JobHandler } from '#kernel/job.ts';

import { readCursor, writeCursor } from '../lead/cursor.ts';
import { type Reader, whoOf } from '../lead/reader.ts';
import { PLACE_ALL, placeAll, schedulePlacing } from './backfill.ts';
import { type AccountChange, type AccountsDeps, addAccount, addDomain, assignLead, changeAccount, removeDomain } from './edit.ts';
import { ACCOUNT_STATUSES, SIZES } from './account.ts';
import { COMMITTEE_ROLES } from './committee.ts';
import { ACCOUNT_SORTS, type AccountListParams, type AccountPage, type AccountQuery } from './list.ts';
import { type AccountMerge, mergeAccounts, survivingAccount, undoAccountMerge } from './merge.ts';
import { comeBack, type Post, postsOf, succeed, vacateByHand } from './post.ts';
import { createRanking } from './ranking.ts';
import type { TargetRule } from './schema.ts';
import { type Committee, committeeOf, seat } from './seat.ts';
import { suggestAccounts } from './suggest.ts';
import {
	addTargetList,
	archiveTargetList,
	importTargets,
	putOnList,
	takeOffList,
	type TargetHeat,
	type TargetImport,
	type TargetList,
	targetLists,
	targetListsOf,
} from './target-list.ts';
import { accountOfLead, type AccountView, viewAccount } from './view.ts';

const LISTING = new URL('./list.ts', import.meta.url);
const ENGAGED_DAYS = 30;
const CURSOR = 'accounts';

/** Target lists: by hand, by import, and by a rule over accounts. Who is on one is asked at each look. */
export interface Targets {
	list(): Promise<readonly TargetList[]>;
	/** See {@link heatOf}. */
	heat(listId: string): Promise<TargetHeat>;
	/** Lists in use that an account is on; `isPut`: it can be taken off. */
	of(accountId: string): ReturnType<typeof targetListsOf>;
	/** See {@link addTargetList}. */
	add(input: { readonly name: string; readonly rule: TargetRule }, by: Reader): Promise<string>;
	archive(id: string, isArchived: boolean, by: Reader): Promise<void>;
	/** See {@link putOnList}. */
	put(listId: string, accountIds: readonly string[], by: Reader): Promise<readonly string[]>;
	take(listId: string, accountIds: readonly string[], by: Reader): Promise<void>;
	/** See {@link importTargets}. */
	import(listId: string, text: string, by: Reader): Promise<TargetImport>;
}

/** Companies, and who works there. */
export interface Accounts {
	/** What can be said of an account, and how a list is sorted. */
	readonly choices: {
		readonly statuses: typeof ACCOUNT_STATUSES;
		readonly sizes: typeof SIZES;
		readonly sorts: typeof ACCOUNT_SORTS;
		readonly committeeRoles: typeof COMMITTEE_ROLES;
	};
	/** Names that staff let be offered and that begin like `prefix`; at most `limit`, 20 at most. Nobody's data. */
	suggest(prefix: string, limit: number): Promise<readonly string[]>;
	list(query: AccountQuery): Promise<AccountPage>;
	/** A page of accounts in the order they were made, for systems that read all of them. @throws DomainError invalid for a foreign cursor */
	walk(
		filter: Omit<AccountQuery, 'sort' | 'page'>,
		cursor?: string,
	): Promise<{ readonly items: AccountPage['items']; readonly nextCursor: string | null }>;
	/** A merged account is answered by the one it was merged into. Null when there is none. */
	get(id: string): Promise<AccountView | null>;
	/** See {@link committeeOf}. Who sees people leaves a line in the audit log. */
	committee(id: string, by: Reader): Promise<Committee>;
	/** See {@link seat}. */
	seat(personId: string, role: string | null, by: Reader): Promise<void>;
	/** See {@link postsOf}. */
	posts(id: string): Promise<readonly Post[]>;
	/** Says that the people of a lead left the account, or takes that back. @throws DomainError not-found */
	left(id: string, leadId: string, hasLeft: boolean, by: Reader): Promise<void>;
	/** See {@link succeed}. */
	succeed(postId: string, personId: string, by: Reader): Promise<void>;
	/** Lists of accounts that the company wants. */
	readonly targets: Targets;
	ofLead(leadId: string): ReturnType<typeof accountOfLead>;
	add(input: { readonly name: string; readonly domain: string; readonly country: string }, by: Reader): Promise<string>;
	change(id: string, change: AccountChange, by: Reader): Promise<void>;
	addDomain(id: string, domain: string, by: Reader): Promise<void>;
	removeDomain(id: string, domain: string, by: Reader): Promise<void>;
	/** See {@link assignLead}. */
	assign(leadId: string, accountId: string | null, by: Reader): Promise<void>;
	/** Makes one account of two; `intoId` stays. Returns the journal's id. @throws DomainError not-found, conflict */
	merge(intoId: string, fromId: string, by: Reader): Promise<string>;
	/** Takes a merge back. @throws DomainError not-found, conflict */
	undoMerge(mergeId: string, by: Reader): Promise<AccountMerge>;
	/** Has those placed who came before there were accounts. */
	start(): Promise<void>;
	readonly jobs: Readonly<Record<string, JobHandler>>;
}

export function createAccounts(deps: AccountsDeps): Accounts {
	const { db, keys, now, random } = deps;
	const engagedSince = () => now().getTime() - ENGAGED_DAYS * DAY_MS;
	const ranking = createRanking(deps, engagedSince);

	return Object.freeze<Accounts>({
		choices: { statuses: ACCOUNT_STATUSES, sizes: SIZES, sorts: ACCOUNT_SORTS, committeeRoles: COMMITTEE_ROLES },
		suggest: (prefix, limit) => suggestAccounts(db.read, prefix, limit),
		list: async (query) => {
			const { sort = 'total' } = query;
			const ranked = sort === 'name' ? undefined : await ranking(sort);
			const params = { ...query, engagedSince: engagedSince(), ...(ranked && { ranked }) };
			return db.analyse<AccountListParams, AccountPage>({ module: LISTING, name: 'listAccounts', params });
		},
		walk: async (filter, cursor) => {
			const after = cursor === undefined ? '' : readCursor(CURSOR, 'string', cursor).id;
			const params = { ...filter, after, page: 1, engagedSince: engagedSince() };
			const { items, pages } = await db.analyse<AccountListParams, AccountPage>({ module: LISTING, name: 'listAccounts', params });
			const last = items.at(-1);
			return { items, nextCursor: pages > 1 && last ? writeCursor(CURSOR, { value: '', id: last.id }) : null };
		},
		get: async (asked) => {
			const id = await survivingAccount(db.read, asked);
			return id === null ? null : viewAccount(db.read, id, engagedSince());
		},
		committee: async (id, by) => {
			const committee = await committeeOf(db.read, keys, id, by.seesPeople);
			const detail = { leads: [...new Set(committee.members.map(({ leadId }) => leadId))] };
			if (by.seesPeople && detail.leads.length > 0)
				await db.write((tx) => recordAudit(tx, { ...whoOf(by), action: 'account.people', subject: `account:${id}`, detail }, now(), random));
			return committee;
		},
		seat: (personId, role, by) => seat(deps, personId, role, by),
		posts: (id) => postsOf(db.read, id),
		left: (id, leadId, hasLeft, by) => (hasLeft ? vacateByHand : comeBack)(deps, id, leadId, by),
		succeed: (postId, personId, by) => succeed(deps, postId, personId, by),
		targets: {
			list: () => targetLists(db.read),
			heat: (listId) =>
				db.analyse<{ listId: string; engagedSince: number }, TargetHeat>({
					module: LISTING,
					name: 'heatOfList',
					params: { listId, engagedSince: engagedSince() },
				}),
			of: (accountId) => targetListsOf(db.read, accountId),
			add: (input, by) => addTargetList(deps, input, by),
			archive: (id, isArchived, by) => archiveTargetList(deps, id, isArchived, by),
			put: (listId, ids, by) => putOnList(deps, listId, ids, by),
			take: (listId, ids, by) => takeOffList(deps, listId, ids, by),
			import: (listId, text, by) => importTargets(deps, listId, text, by),
		},
		ofLead: (leadId) => accountOfLead(db.read, leadId),
		add: (input, by) => addAccount(deps, input, by),
		change: (id, change, by) => changeAccount(deps, id, change, by),
		addDomain: (id, domain, by) => addDomain(deps, id, domain, by),
		removeDomain: (id, domain, by) => removeDomain(deps, id, domain, by),
		assign: (leadId, accountId, by) => assignLead(deps, leadId, accountId, by),
		merge: (intoId, fromId, by) =>
			db.write(async (tx) => {
				const id = await mergeAccounts(tx, { fromId, intoId, cause: by.actor }, now(), random);
				await recordAudit(
					tx,
					{ ...whoOf(by), action: 'account.merge', subject: `account:${intoId}`, detail: { mergeId: id, fromId } },
					now(),
					random,
				);
				return id;
			}),
		undoMerge: (mergeId, by) =>
			db.write(async (tx) => {
				const row = await undoAccountMerge(tx, mergeId, by.actor, now());
				await recordAudit(tx, { ...whoOf(by), action: 'account.merge-undo', subject: `account:${row.intoId}`, detail: { mergeId } }, now(), random);
				return row;
			}),
		start: () => schedulePlacing(deps),
		jobs: { [PLACE_ALL]: placeAll(deps) },
	});
}
