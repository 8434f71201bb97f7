import { and, desc, eq, inArray, isNull, or } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import { DAY_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';

import { requireName } from '../channel/edit-channel.ts';
import { requireCode } from '../channel/link.ts';
import { type Reader, whoOf } from '../lead/reader.ts';
import { accountMember, importBatch, person, tag, tagMark } from '../schema.ts';
import { type Tag, tagCatalogue } from './catalogue.ts';
import { type Condition, FIELDS, KIND_OF, requireConditions } from './condition.ts';
import { contextOf, type TagsDeps } from './context.ts';
import { TAG_GROUPS } from './defaults.ts';
import { factsOf } from './facts.ts';
import { evidenceOf, type FactEvent, holds, holdsOne } from './holds.ts';

export interface NewTag {
	readonly code: string;
	readonly group: string;
	readonly nameEn: string;
	readonly nameZh: string;
	/** Null or left out: put on by hand. */
	readonly rule?: unknown;
	readonly expiryDays?: number | undefined;
}

export type TagChange = Partial<Omit<NewTag, 'code' | 'group'>> & { readonly isArchived?: boolean | undefined };

/** A tag somebody carries by its rule, with what made each condition hold. */
export interface RuledTag {
	readonly tag: Tag;
	readonly because: readonly { readonly condition: Condition; readonly events: readonly FactEvent[] }[];
}

/** A tag that staff or a list put on, or have taken off again. */
export interface MarkedTag {
	readonly id: string;
	/** Its code where it has left the catalogue. */
	readonly tag: Tag | null;
	readonly code: string;
	readonly source: string;
	/** Name of the list that put it on; null for other sources. */
	readonly list: string | null;
	readonly at: Date;
	readonly expiresAt: Date | null;
	readonly removedAt: Date | null;
	readonly removedBy: string | null;
	readonly isOfAccount: boolean;
	/** False: taken off, or its time is over. */
	readonly holds: boolean;
}

export interface LeadTags {
	readonly ruled: readonly RuledTag[];
	/** Newest first, those that ended included. */
	readonly marked: readonly MarkedTag[];
}

export interface Tags {
	/** Groups of the catalogue, fields of conditions and how each is asked. */
	readonly choices: { readonly groups: typeof TAG_GROUPS; readonly fields: typeof FIELDS; readonly kindOf: typeof KIND_OF };
	/** By group, archived ones included. */
	catalogue(): Promise<readonly Tag[]>;
	/** @throws DomainError invalid, conflict (the code is taken) */
	add(input: NewTag, by: Reader): Promise<void>;
	/** Renames, archives or brings back a tag, or gives it another rule. @throws DomainError not-found, invalid */
	change(code: string, change: TagChange, by: Reader): Promise<void>;
	/** What a lead carries, and why. */
	ofLead(leadId: string): Promise<LeadTags>;
	/** Puts a tag on everybody of a lead, or on an account. @throws DomainError not-found, invalid (its rule says who carries it) */
	put(code: string, on: { readonly leadId: string } | { readonly accountId: string }, by: Reader): Promise<void>;
	/** Takes one off. @throws DomainError not-found */
	take(markId: string, by: Reader): Promise<void>;
	ofAccount(accountId: string): Promise<readonly MarkedTag[]>;
}

const MOST_EVENTS = 8;
const MOST_DAYS = 3_650;

export function createTags(deps: TagsDeps): Tags {
	const { db, keys, now, random, content } = deps;
	const note = (tx: Handle, by: Reader, action: string, subject: string, detail = {}) =>
		recordAudit(tx, { ...whoOf(by), action, subject, detail }, now(), random);

	return Object.freeze<Tags>({
		choices: { groups: TAG_GROUPS, fields: FIELDS, kindOf: KIND_OF },
		catalogue: () => tagCatalogue(db.read, content()),
		add: async (input, by) => {
			const code = requireCode(input.code);
			if (!(TAG_GROUPS as readonly string[]).includes(input.group)) throw invalid('group', 'choice');
			const row = { code, group: input.group, ...namesOf(input), rule: ruleOf(input.rule), expiryDays: daysOf(input.expiryDays) };
			await db.write(async (tx) => {
				if ((await tagCatalogue(tx, content())).some((one) => one.code === code))
					throw new DomainError('conflict', 'This code is taken.', { fields: [{ field: 'code', code: 'taken' }] });
				await tx.insert(tag).values({ ...row, origin: '', createdAt: now(), archivedAt: null });
				await note(tx, by, 'tag.add', `tag:${code}`);
			});
		},
		change: (code, change, by) =>
			db.write(async (tx) => {
				const known = (await tagCatalogue(tx, content())).find((one) => one.code === code);
				if (!known) throw new DomainError('not-found', 'There is no such tag.');
				const row = {
					...namesOf({ nameEn: change.nameEn ?? known.name.en, nameZh: change.nameZh ?? known.name['zh-CN'] }),
					rule: change.rule === undefined ? known.rule : ruleOf(change.rule),
					expiryDays: change.expiryDays === undefined ? known.expiryDays : daysOf(change.expiryDays),
					archivedAt: (change.isArchived ?? known.isArchived) ? now() : null,
					origin: '',
				};
				await tx
					.insert(tag)
					.values({ code, group: known.group, ...row, createdAt: now() })
					.onConflictDoUpdate({ target: tag.code, set: row });
				await note(tx, by, 'tag.change', `tag:${code}`, { fields: Object.keys(change) });
			}),
		ofLead: async (leadId) => {
			const context = await contextOf(deps);
			const facts = await factsOf(db.read, keys, leadId, context.now);
			if (!facts) return { ruled: [], marked: [] };
			const ruled = context.tags.flatMap((one) => {
				if (one.isArchived || one.rule === null || !holds(one.rule, facts, context)) return [];
				const conditions = one.rule.groups.flatMap((group) => (group.match === 'none' ? [] : group.conditions));
				const because = conditions
					.filter((each) => holdsOne(each, facts, context))
					.map((each) => ({ condition: each, events: each.isNot ? [] : evidenceOf(each, facts, context).slice(0, MOST_EVENTS) }));
				return [{ tag: one, because }];
			});
			const people = db.read.select({ id: person.id }).from(person).where(eq(person.leadId, leadId));
			const accounts = db.read.select({ id: accountMember.accountId }).from(accountMember).where(inArray(accountMember.personId, people));
			const rows = await db.read
				.select()
				.from(tagMark)
				.where(or(inArray(tagMark.personId, people), inArray(tagMark.accountId, accounts)))
				.orderBy(desc(tagMark.at), desc(tagMark.id))
				.limit(100);
			return { ruled, marked: markedOf(rows, context.tags, await listsOf(db.read, rows), context.now) };
		},
		ofAccount: async (accountId) => {
			const rows = await db.read
				.select()
				.from(tagMark)
				.where(eq(tagMark.accountId, accountId))
				.orderBy(desc(tagMark.at), desc(tagMark.id))
				.limit(100);
			return markedOf(rows, await tagCatalogue(db.read, content()), await listsOf(db.read, rows), now());
		},
		put: (code, on, by) =>
			db.write(async (tx) => {
				const known = (await tagCatalogue(tx, content())).find((one) => one.code === code && !one.isArchived);
				if (!known) throw new DomainError('not-found', 'There is no such tag.');
				if (known.rule !== null || known.group === 'predictive') throw invalid('tag', 'tag-rule');
				const owners = await ownersOf(tx, on);
				if (owners.length === 0) throw new DomainError('not-found', 'There is nobody to put it on.');
				await putMarks(tx, known, owners, by.actor, now(), (at) => newId(at, random));
				await note(tx, by, 'tag.put', 'leadId' in on ? `lead:${on.leadId}` : `account:${on.accountId}`, { tag: code });
			}),
		take: (markId, by) =>
			db.write(async (tx) => {
				const at = now();
				const gone = await tx
					.update(tagMark)
					.set({ removedAt: at, removedBy: by.actor })
					.where(and(eq(tagMark.id, markId), isNull(tagMark.removedAt)))
					.returning({ tag: tagMark.tag, personId: tagMark.personId, accountId: tagMark.accountId });
				if (!gone[0]) throw new DomainError('not-found', 'This tag is not on.');
				const { personId, accountId, tag: code } = gone[0];
				await note(tx, by, 'tag.take', personId === null ? `account:${accountId ?? ''}` : `person:${personId}`, { tag: code });
			}),
	});
}

type MarkRow = typeof tagMark.$inferSelect;
type Owner = { readonly personId: string } | { readonly accountId: string };

/** Puts a tag on, or renews it where the same source has put it on. */
export async function putMarks(
	tx: Handle,
	known: Pick<Tag, 'code' | 'expiryDays'>,
	owners: readonly Owner[],
	source: string,
	at: Date,
	id: (at: Date) => string,
) {
	const expiresAt = known.expiryDays === 0 ? null : new Date(at.getTime() + known.expiryDays * DAY_MS);
	for (const owner of owners) {
		const of = 'personId' in owner ? eq(tagMark.personId, owner.personId) : eq(tagMark.accountId, owner.accountId);
		const renewed = await tx
			.update(tagMark)
			.set({ expiresAt })
			.where(and(of, eq(tagMark.tag, known.code), eq(tagMark.source, source), isNull(tagMark.removedAt)))
			.returning({ id: tagMark.id });
		if (renewed.length > 0) continue;
		const whose = 'personId' in owner ? owner : { ...owner, firstAccountId: owner.accountId };
		await tx.insert(tagMark).values({ id: id(at), tag: known.code, ...whose, source, at, expiresAt });
	}
}

async function ownersOf(tx: Handle, on: { readonly leadId: string } | { readonly accountId: string }): Promise<Owner[]> {
	if ('accountId' in on) return [on];
	const people = await tx.select().from(person).where(eq(person.leadId, on.leadId));
	return people.filter(({ dataKey }) => dataKey !== null).map(({ id }) => ({ personId: id }));
}

/** Names of the lists that marks come from, by their source. */
async function listsOf(handle: Handle, rows: readonly MarkRow[]): Promise<ReadonlyMap<string, string>> {
	const ids = rows.flatMap(({ source }) => (source.startsWith('import:') ? [source.slice('import:'.length)] : []));
	if (ids.length === 0) return new Map();
	const lists = await handle
		.select({ id: importBatch.id, name: importBatch.name })
		.from(importBatch)
		.where(inArray(importBatch.id, [...new Set(ids)]));
	return new Map(lists.map(({ id, name }) => [`import:${id}`, name]));
}

function markedOf(rows: readonly MarkRow[], tags: readonly Tag[], lists: ReadonlyMap<string, string>, at: Date): MarkedTag[] {
	return rows.map(({ id, tag: code, accountId, source, at: since, expiresAt, removedAt, removedBy }) => ({
		...{ id, code, source, at: since, expiresAt, removedAt, removedBy, isOfAccount: accountId !== null },
		tag: tags.find((one) => one.code === code) ?? null,
		list: lists.get(source) ?? null,
		holds: removedAt === null && (expiresAt === null || expiresAt > at),
	}));
}

/** A tag's rule asks no other tags: rules would otherwise go round in circles. */
function ruleOf(input: unknown) {
	if (input === null || input === undefined) return null;
	const rule = requireConditions(input);
	if (rule.groups.some(({ conditions }) => conditions.some(({ field }) => field === 'tag'))) throw invalid('rule', 'tag-in-rule');
	return rule.groups.length === 0 ? null : rule;
}

const namesOf = ({ nameEn, nameZh }: { readonly nameEn: string; readonly nameZh: string }) => ({
	nameEn: requireName(nameEn, 'nameEn'),
	nameZh: requireName(nameZh || nameEn, 'nameZh'),
});

function daysOf(days = 0): number {
	if (!Number.isInteger(days) || days < 0 || days > MOST_DAYS) throw invalid('expiryDays', 'number');
	return days;
}

const invalid = (field: string, code: string) => new DomainError('invalid', 'The tag cannot be kept like this.', { fields: [{ field, code }] });
