import { and, desc, eq, gte, isNull, or } from 'drizzle-orm';

import type { Snapshot } from '#cms/content.ts';
import { DAY_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import type { Keys } from '#kernel/keys.ts';

import { hasObjected } from '../consent/ledger.ts';
import { countryOf } from '../identity/lookup.ts';
import { livingPerson, openProfile } from '../identity/person.ts';
import { isStage } from '../lifecycle/stage.ts';
import { account, accountMember, event, lead, slotImpression } from '../schema.ts';
import { personasOf } from './persona.ts';
import { type Learnt, learn, nothingLearnt, noteShown, type Profile, type Shown } from './profile.ts';
import { termsIn } from './terms.ts';

/** Behaviour older than this tells nothing any more. */
const LEARNT_DAYS = 120;
const MOST_ACTS = 500;
const SHOWN_DAYS = 31;

/** Whose profile: the browser, and its person where a pass proves that they sit there. */
export interface ProfileOf {
	readonly visitorId: string | null;
	readonly personId: string | null;
}

/** What a person says of themselves and what is known of their company. */
export type Declared = Pick<Profile, 'roles' | 'industry' | 'country' | 'account' | 'lifecycle' | 'segments'>;

export interface Loaded {
	readonly declared: Declared;
	readonly learnt: Learnt;
	readonly shown: Map<string, readonly Shown[]>;
}

export interface LoadDeps {
	readonly keys: Keys;
	readonly snapshot: Snapshot;
	readonly now: Date;
	/** Names of segments that hold for a lead. */
	readonly segmentsOf: (leadId: string) => Promise<readonly string[]>;
}

export const NOTHING_DECLARED: Declared = Object.freeze({ roles: [], industry: null, country: null, account: null, lifecycle: null, segments: [] });

/** Reads everything a profile is made of; null for a person who objected to being profiled, or is gone. */
export async function load(handle: Handle, deps: LoadDeps, of: ProfileOf): Promise<Loaded | null> {
	const declared = of.personId === null ? NOTHING_DECLARED : await declaredBy(handle, deps, of.personId);
	if (!declared) return null;
	return { declared, learnt: await learntOf(handle, deps, of), shown: await shownTo(handle, deps.now, of) };
}

async function declaredBy(handle: Handle, { keys, snapshot, segmentsOf }: LoadDeps, personId: string): Promise<Declared | null> {
	const person = await livingPerson(handle, personId);
	if (!person || (await hasObjected(handle, personId, 'profiling'))) return null;
	const said = openProfile(keys, person);
	const [standing] = await handle.select({ stage: lead.stage }).from(lead).where(eq(lead.id, person.leadId));
	const [works] = await handle
		.select({ industry: account.industry, size: account.size })
		.from(accountMember)
		.innerJoin(account, eq(account.id, accountMember.accountId))
		.where(and(eq(accountMember.personId, personId), isNull(accountMember.leftAt)));
	return {
		roles: personasOf(said.jobTitle ?? '', snapshot.terms),
		industry: snapshot.terms.find(({ kind, slug }) => kind === 'industry' && slug === said.industry)?.slug ?? null,
		country: countryOf(said),
		account: works ?? null,
		lifecycle: standing && isStage(standing.stage) ? standing.stage : null,
		segments: await segmentsOf(person.leadId),
	};
}

async function learntOf(handle: Handle, { snapshot, now }: LoadDeps, { visitorId, personId }: ProfileOf): Promise<Learnt> {
	const own =
		visitorId === null
			? undefined
			: and(eq(event.visitorId, visitorId), personId === null ? undefined : or(isNull(event.personId), eq(event.personId, personId)));
	const rows = await handle
		.select({ type: event.type, subject: event.subject, at: event.at, props: event.props })
		.from(event)
		.where(and(or(own, personId === null ? undefined : eq(event.personId, personId)), gte(event.at, new Date(now.getTime() - LEARNT_DAYS * DAY_MS))))
		.orderBy(desc(event.at))
		.limit(MOST_ACTS);
	const learnt = nothingLearnt(now.getTime());
	const termsOf = termsIn(snapshot);
	for (const row of rows.reverse()) learn(learnt, { ...row, at: row.at.getTime() }, termsOf);
	return learnt;
}

async function shownTo(handle: Handle, now: Date, { visitorId }: ProfileOf): Promise<Map<string, readonly Shown[]>> {
	const shown = new Map<string, readonly Shown[]>();
	if (visitorId === null) return shown;
	const rows = await handle
		.select()
		.from(slotImpression)
		.where(and(eq(slotImpression.visitorId, visitorId), gte(slotImpression.firstAt, new Date(now.getTime() - SHOWN_DAYS * DAY_MS))))
		.orderBy(slotImpression.firstAt);
	for (const { slot, subject, firstAt, count } of rows) noteShown(shown, `${slot} ${subject}`, dayOf(firstAt.getTime()), count);
	return shown;
}

/** Whole days since 1970, for caps: a day of the clock is near enough. */
export const dayOf = (ms: number): number => Math.floor(ms / DAY_MS);
