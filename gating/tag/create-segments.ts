import { asc, eq } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import { DomainError } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';

import { requireName } from '../channel/edit-channel.ts';
import { type LeadPage, listLeads } from '../lead/list.ts';
import { type Reader, whoOf } from '../lead/reader.ts';
import { segment } from '../schema.ts';
import { type Conditions, requireConditions } from './condition.ts';
import { contextOf, type TagsDeps } from './context.ts';
import { factsOf } from './facts.ts';
import { holds } from './holds.ts';
import { type Plan, planOf } from './plan.ts';

const COMPILER = new URL('./compile.ts', import.meta.url);
const SAMPLE = 10;

export interface Segment {
	readonly id: string;
	readonly name: string;
	readonly conditions: Conditions;
	readonly createdBy: string;
	readonly createdAt: Date;
	readonly changedAt: Date;
	readonly isArchived: boolean;
}

/** Saved conditions, and who they hold for at the moment of asking. */
export interface Segments {
	/** By name, archived ones last. */
	list(): Promise<readonly Segment[]>;
	get(id: string): Promise<Segment | null>;
	/** How many leads conditions hold for. @throws DomainError invalid */
	count(conditions: unknown): Promise<number>;
	/** Best score first, at most ten. @throws DomainError invalid */
	sample(conditions: unknown, by: Reader): Promise<LeadPage['items']>;
	/** A page of leads of a segment, best score first. @throws DomainError not-found, invalid (a foreign cursor) */
	members(id: string, page: { readonly cursor?: string | undefined; readonly limit?: number | undefined }, by: Reader): Promise<LeadPage>;
	/** Keeps conditions under a name; returns the id. @throws DomainError invalid */
	save(input: { readonly id?: string | undefined; readonly name: string; readonly conditions: unknown }, by: Reader): Promise<string>;
	/** Puts it away, or brings it back. @throws DomainError not-found */
	archive(id: string, isArchived: boolean, by: Reader): Promise<void>;
	/** Segments in use that hold for a lead. */
	ofLead(leadId: string): Promise<readonly Pick<Segment, 'id' | 'name'>[]>;
}

export function createSegments(deps: TagsDeps): Segments {
	const { db, keys, now, random } = deps;
	const plan = async (conditions: unknown): Promise<Plan> => planOf(requireConditions(conditions), await contextOf(deps));
	const note = (by: Reader, action: string, subject: string, detail: Readonly<Record<string, unknown>>) =>
		db.write((tx) => recordAudit(tx, { ...whoOf(by), action, subject, detail }, now(), random));
	const all = async (): Promise<Segment[]> => (await db.read.select().from(segment).orderBy(asc(segment.name), asc(segment.id))).map(segmentOf);
	const one = async (id: string): Promise<Segment | null> => {
		const [row] = await db.read.select().from(segment).where(eq(segment.id, id));
		return row ? segmentOf(row) : null;
	};
	const leads = async (conditions: unknown, page: { cursor?: string | undefined; limit?: number | undefined }, by: Reader): Promise<LeadPage> => {
		const found = await listLeads(db.read, keys, page, by.seesPeople, [await plan(conditions)]);
		if (by.seesPeople && found.items.length > 0) await note(by, 'leads.list', 'leads:segment', { leads: found.items.map(({ id }) => id) });
		return found;
	};

	return Object.freeze<Segments>({
		list: async () => (await all()).sort((a, b) => Number(a.isArchived) - Number(b.isArchived)),
		get: one,
		count: async (conditions) => db.analyse<Plan, number>({ module: COMPILER, name: 'countMatching', params: await plan(conditions) }),
		sample: async (conditions, by) => (await leads(conditions, { limit: SAMPLE }, by)).items,
		members: async (id, page, by) => {
			const found = await one(id);
			if (!found) throw new DomainError('not-found', 'There is no such segment.');
			return leads(found.conditions, page, by);
		},
		save: async ({ id, name, conditions }, by) => {
			const kept = { name: requireName(name, 'name'), conditions: requireConditions(conditions), changedAt: now() };
			const segmentId = id ?? newId(now(), random);
			await db.write(async (tx) => {
				if (id === undefined) await tx.insert(segment).values({ id: segmentId, ...kept, createdBy: by.actor, createdAt: now(), archivedAt: null });
				else {
					const changed = await tx.update(segment).set(kept).where(eq(segment.id, id)).returning({ id: segment.id });
					if (changed.length === 0) throw new DomainError('not-found', 'There is no such segment.');
				}
				await recordAudit(tx, { ...whoOf(by), action: 'segment.save', subject: `segment:${segmentId}`, detail: {} }, now(), random);
			});
			return segmentId;
		},
		archive: (id, isArchived, by) =>
			db.write(async (tx) => {
				const archivedAt = isArchived ? now() : null;
				const changed = await tx.update(segment).set({ archivedAt, changedAt: now() }).where(eq(segment.id, id)).returning({ id: segment.id });
				if (changed.length === 0) throw new DomainError('not-found', 'There is no such segment.');
				const action = isArchived ? 'segment.archive' : 'segment.restore';
				await recordAudit(tx, { ...whoOf(by), action, subject: `segment:${id}`, detail: {} }, now(), random);
			}),
		ofLead: async (leadId) => {
			const context = await contextOf(deps);
			const facts = await factsOf(db.read, keys, leadId, context.now);
			if (!facts) return [];
			const inUse = (await all()).filter(({ isArchived }) => !isArchived);
			return inUse.filter(({ conditions }) => holds(conditions, facts, context)).map(({ id, name }) => ({ id, name }));
		},
	});
}

function segmentOf({ archivedAt, ...row }: typeof segment.$inferSelect): Segment {
	return { ...row, isArchived: archivedAt !== null };
}
