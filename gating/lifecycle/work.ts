import { and, asc, desc, eq, inArray, isNull, ne } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import type { Profile } from '../identity/profile.ts';
import { account, accountMember, disposition, screeningAnswer } from '../schema.ts';
import { type Tick, TICKS } from './recognise.ts';
import type { TargetFacts } from './target.ts';

/** What staff have found out and decided, as far as recognition asks. */
export interface Work {
	readonly ticks: Readonly<Record<Tick, boolean>>;
	readonly isMarked: boolean;
	/** When sales gave the lead up last; null: never. What was found out before counts no more. */
	readonly givenUpAt: Date | null;
	/** Ids of what made it count, for the log of moves. */
	readonly evidence: Readonly<Record<string, unknown>>;
}

/** Kinds of dispositions after which what was found out before counts no more. */
const GIVES_UP: readonly string[] = ['returned', 'lost'];

/** Of these persons together. */
export async function workOf(handle: Handle, personIds: readonly string[]): Promise<Work> {
	const decided = await handle
		.select({ id: disposition.id, kind: disposition.kind, at: disposition.at })
		.from(disposition)
		.where(and(inArray(disposition.personId, [...personIds]), isNull(disposition.undoneAt)))
		.orderBy(asc(disposition.at), asc(disposition.id));
	const lastGivenUp = decided.findLastIndex(({ kind }) => GIVES_UP.includes(kind));
	const givenUpAt = decided[lastGivenUp]?.at ?? null;
	const mark = decided.slice(lastGivenUp + 1).findLast(({ kind }) => kind === 'marked');
	const found = await ticksOf(handle, personIds, givenUpAt);
	return {
		ticks: { need: found.has('need'), budget: found.has('budget'), ability: found.has('ability') },
		isMarked: mark !== undefined,
		givenUpAt,
		evidence: { ...(mark && { disposition: mark.id }), ...(found.size > 0 && { answers: TICKS.flatMap((tick) => found.get(tick) ?? []) }) },
	};
}

/** The credible answer behind each tick: of each question the newest answer counts, whatever it is worth. */
async function ticksOf(handle: Handle, personIds: readonly string[], since: Date | null): Promise<Map<string, string>> {
	const { id, question, tick, at, verdict } = screeningAnswer;
	const rows = await handle
		.select({ id, question, tick, at, verdict })
		.from(screeningAnswer)
		.where(and(inArray(screeningAnswer.personId, [...personIds]), ne(tick, '')))
		.orderBy(desc(at), desc(id));
	const newest = new Map<string, (typeof rows)[number]>();
	for (const row of rows) if (!newest.has(row.question)) newest.set(row.question, row);
	const found = new Map<string, string>();
	for (const row of newest.values()) if (row.verdict === 'credible' && (since === null || row.at > since)) found.set(row.tick, row.id);
	return found;
}

/** What the target definition asks about: the person's own word before the account's. */
export async function targetFactsOf(handle: Handle, personIds: readonly string[], profile: Profile): Promise<TargetFacts> {
	const [place] = await handle
		.select({ industry: account.industry, size: account.size, country: account.country })
		.from(accountMember)
		.innerJoin(account, eq(account.id, accountMember.accountId))
		.where(inArray(accountMember.personId, [...personIds]))
		.orderBy(asc(accountMember.personId))
		.limit(1);
	return {
		industry: profile.industry ?? place?.industry ?? null,
		size: place?.size ?? null,
		country: place?.country ?? null,
		region: profile.region ?? null,
		jobTitle: profile.jobTitle ?? null,
	};
}
