import { and, asc, eq, gte, inArray, lte, max } from 'drizzle-orm';

import { DAY_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import type { Keys } from '#kernel/keys.ts';

import type { AccountSize, AccountStatus } from '../account/account.ts';
import { workplaceOf } from '../account/place.ts';
import { domainOf, isDisposableMail, isFreeMail, isRoleMail } from '../cleaning/mail.ts';
import { isLiving, profileOf } from '../identity/person.ts';
import type { Profile } from '../identity/profile.ts';
import { type LedgerEntry, ledgerOf } from '../lifecycle/ledger.ts';
import { account, accountMember, consent, event, lead, person } from '../schema.ts';
import type { Attributes } from './attributes.ts';
import type { ScoredEvent } from './history.ts';
import type { MailKind, ScoringModel } from './model.ts';
import type { Colleague } from './situation.ts';

/** Everything a lead is judged by. */
export interface Evidence {
	readonly lead: typeof lead.$inferSelect;
	readonly personIds: readonly string[];
	/** Of all persons together: the person known longest speaks first. */
	readonly profile: Profile;
	readonly attributes: Attributes;
	readonly events: readonly ScoredEvent[];
	readonly objectors: ReadonlySet<string>;
	/** What staff decided about engagement. */
	readonly ledger: readonly LedgerEntry[];
	readonly accountId: string | null;
	/** Only gathered for models that ask for a surge. */
	readonly colleagues: readonly Colleague[];
}

export interface GatherOptions {
	/** Nothing later counts. */
	readonly at: Date;
	/** Mail domains that are competitors, whatever their account says. */
	readonly competitorDomains: readonly string[];
	/** See {@link surgeDaysOf}. */
	readonly surgeDays: number;
}

export type AccountFacts = Pick<typeof account.$inferSelect, 'id' | 'status' | 'size' | 'country' | 'industry'>;

/** The longest span that a surge rule of these models looks back; 0 without one. */
export function surgeDaysOf(models: readonly ScoringModel[]): number {
	const spans = models.flatMap(({ situations }) => situations.map((rule) => (rule.kind === 'surge' ? rule.days : 0)));
	return Math.max(0, ...spans);
}

/** Gathers what is known of these leads within one handle, in no order; a few hundred at once. Unknown ids are left out. */
export async function gather(handle: Handle, keys: Keys, leadIds: readonly string[], options: GatherOptions): Promise<Evidence[]> {
	const ids = [...leadIds];
	const leads = await handle.select().from(lead).where(inArray(lead.id, ids));
	const persons = await handle.select().from(person).where(inArray(person.leadId, ids)).orderBy(asc(person.createdAt), asc(person.id));
	const personIds = persons.map(({ id }) => id);
	const events = await eventsOf(handle, personIds, options.at);
	const ledger = Map.groupBy(
		(await ledgerOf(handle, personIds)).filter(({ at }) => at <= options.at),
		({ personId }) => personId,
	);
	const answers = await answersOf(handle, personIds);
	const accounts = await accountsOf(handle, personIds);
	const colleagues = options.surgeDays === 0 ? null : await colleaguesOf(handle, [...new Set([...accounts.values()].map(({ id }) => id))], options);
	const byLead = Map.groupBy(persons, ({ leadId }) => leadId);

	return leads.map((row): Evidence => {
		const own = byLead.get(row.id) ?? [];
		const profile = profileOf(keys, own.filter(isLiving));
		const facts = own.map(({ id }) => accounts.get(id)).find((found) => found !== undefined) ?? null;
		const said = (purpose: string) => own.filter(({ id }) => answers.get(`${purpose}:${id}`) === false).map(({ id }) => id);
		return {
			lead: row,
			personIds: own.map(({ id }) => id),
			profile,
			attributes: attributesOf(profile, {
				facts,
				isUnsubscribed: said('marketing.email').length > 0,
				competitorDomains: options.competitorDomains,
			}),
			events: own.flatMap(({ id }) => events.get(id) ?? []),
			objectors: new Set(said('profiling')),
			ledger: own.flatMap(({ id }) => ledger.get(id) ?? []),
			accountId: facts?.id ?? null,
			colleagues: (facts && colleagues?.get(facts.id)) ?? [],
		};
	});
}

/** When somebody of the lead was last active, or it was made. */
export function lastActivity({ lead: { createdAt }, events }: Pick<Evidence, 'lead' | 'events'>): Date {
	return events.reduce((latest, { at }) => (at > latest ? at : latest), createdAt);
}

interface Surroundings {
	readonly facts: AccountFacts | null;
	readonly isUnsubscribed: boolean;
	readonly competitorDomains: readonly string[];
}

/** What fit rules see of a profile and its account. The country is worked out when a rule asks: reading a phone number takes its time. */
export function attributesOf(profile: Profile, { facts, isUnsubscribed, competitorDomains }: Surroundings): Attributes {
	const { jobTitle, industry, email, company } = profile;
	let country: string | null | undefined;
	return {
		jobTitle: jobTitle ?? null,
		industry: industry ?? (facts?.industry || null),
		mail: email === undefined ? null : mailKindOf(email),
		company: company ?? null,
		size: (facts?.size || null) as AccountSize | null,
		account: isCompetitor(email, competitorDomains) ? 'competitor' : ((facts?.status ?? null) as AccountStatus | null),
		isUnsubscribed,
		get country() {
			return (country ??= workplaceOf(profile).country || facts?.country || null);
		},
	};
}

function isCompetitor(email: string | undefined, domains: readonly string[]): boolean {
	if (email === undefined || domains.length === 0) return false;
	const host = domainOf(email);
	return domains.some((domain) => host === domain || host.endsWith(`.${domain}`));
}

function mailKindOf(mail: string): MailKind {
	if (isDisposableMail(mail)) return 'disposable';
	if (isFreeMail(mail)) return 'free';
	return isRoleMail(mail) ? 'role' : 'business';
}

async function eventsOf(handle: Handle, personIds: readonly string[], at: Date): Promise<ReadonlyMap<string, ScoredEvent[]>> {
	const { id, type, version, personId, subject, props } = event;
	const rows = await handle
		.select({ id, type, version, at: event.at, personId, subject, props })
		.from(event)
		.where(and(inArray(personId, [...personIds]), lte(event.at, at)));
	const byPerson = new Map<string, ScoredEvent[]>();
	for (const row of rows) {
		const owner = row.personId ?? '';
		const own = byPerson.get(owner);
		if (own) own.push(row as ScoredEvent);
		else byPerson.set(owner, [row as ScoredEvent]);
	}
	return byPerson;
}

/** The newest answer by `<purpose>:<person>`, of the two purposes that scores ask for. */
async function answersOf(handle: Handle, personIds: readonly string[]): Promise<ReadonlyMap<string, boolean>> {
	const rows = await handle
		.select({ personId: consent.personId, purpose: consent.purpose, given: consent.given })
		.from(consent)
		.where(and(inArray(consent.personId, [...personIds]), inArray(consent.purpose, ['profiling', 'marketing.email'])))
		.orderBy(asc(consent.at), asc(consent.id));
	return new Map(rows.map(({ personId, purpose, given }) => [`${purpose}:${personId ?? ''}`, given]));
}

async function accountsOf(handle: Handle, personIds: readonly string[]) {
	const rows = await handle
		.select({
			personId: accountMember.personId,
			...{ id: account.id, status: account.status, size: account.size, country: account.country, industry: account.industry },
		})
		.from(accountMember)
		.innerJoin(account, eq(account.id, accountMember.accountId))
		.where(inArray(accountMember.personId, [...personIds]));
	return new Map(rows.map(({ personId, ...facts }) => [personId, facts]));
}

/** Who of each account was active within the span, without those who objected to profiling. */
export async function colleaguesOf(
	handle: Handle,
	accountIds: readonly string[],
	{ at, surgeDays }: Pick<GatherOptions, 'at' | 'surgeDays'>,
): Promise<ReadonlyMap<string, readonly Colleague[]>> {
	const rows = await handle
		.select({ accountId: accountMember.accountId, personId: accountMember.personId, last: max(event.at) })
		.from(accountMember)
		.innerJoin(event, eq(event.personId, accountMember.personId))
		.where(
			and(inArray(accountMember.accountId, [...accountIds]), lte(event.at, at), gte(event.at, new Date(at.getTime() - (surgeDays + 1) * DAY_MS))),
		)
		.groupBy(accountMember.accountId, accountMember.personId);
	const answers = await answersOf(handle, rows.map(({ personId }) => personId)); // prettier-ignore
	const byAccount = new Map<string, Colleague[]>();
	for (const { accountId, personId, last } of rows) {
		if (accountId === null || last === null || answers.get(`profiling:${personId}`) === false) continue;
		byAccount.set(accountId, [...(byAccount.get(accountId) ?? []), { personId, lastAt: new Date(last) }]);
	}
	return byAccount;
}
