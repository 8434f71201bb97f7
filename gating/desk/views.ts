import { and, asc, eq, or } from 'drizzle-orm';

import type { Now } from '#kernel/clock.ts';
import { recordAudit } from '#kernel/audit.ts';
import type { Database } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import { newId, type Random } from '#kernel/id.ts';

import { requireName } from '../channel/edit-channel.ts';
import { isStorable } from '../event/props.ts';
import type { Agent } from '../lifecycle/agent.ts';
import { leadView, leadViewDefault } from '../schema.ts';

export interface LeadViewItem {
	readonly id: string;
	readonly name: string;
	/** Filters, order and columns as the list's address has them. */
	readonly query: string;
	readonly isShared: boolean;
	readonly isOwn: boolean;
	/** They begin with it. */
	readonly isDefault: boolean;
}

/** Saved ways of looking at the list of leads: own ones, and those that others share. */
export interface LeadViews {
	/** By name, own ones first. */
	list(staffId: string): Promise<readonly LeadViewItem[]>;
	/** Keeps a view; a name of their own again replaces it. Returns its id. @throws DomainError invalid */
	save(input: { readonly name: string; readonly query: string; readonly isShared: boolean }, by: Agent): Promise<string>;
	/** @throws DomainError not-found (also for one of somebody else's) */
	remove(id: string, by: Agent): Promise<void>;
	/** They begin with this view from now on; null: with all leads. @throws DomainError not-found */
	beginWith(id: string | null, by: Agent): Promise<void>;
}

const LONGEST = 1_000;

export function createViews({ db, now, random }: { readonly db: Database; readonly now: Now; readonly random: Random }): LeadViews {
	return Object.freeze<LeadViews>({
		list: async (staffId) => {
			const rows = await db.read
				.select()
				.from(leadView)
				.where(or(eq(leadView.owner, staffId), eq(leadView.isShared, true)))
				.orderBy(asc(leadView.name), asc(leadView.id));
			const [begins] = await db.read.select().from(leadViewDefault).where(eq(leadViewDefault.staffId, staffId));
			const views = rows.map(({ id, name, query, isShared, owner }) => ({
				...{ id, name, query, isShared, isOwn: owner === staffId },
				isDefault: begins?.viewId === id,
			}));
			return views.sort((a, b) => Number(b.isOwn) - Number(a.isOwn));
		},
		save: async (input, by) => {
			const owner = requireStaff(by);
			const name = requireName(input.name, 'name');
			if (input.query.length > LONGEST || !isStorable(input.query))
				throw new DomainError('invalid', 'The view cannot be kept.', { fields: [{ field: 'query', code: 'too-long' }] });
			const values = { name, owner, isShared: input.isShared, query: input.query, changedAt: now() };
			return db.write(async (tx) => {
				const [known] = await tx
					.select({ id: leadView.id })
					.from(leadView)
					.where(and(eq(leadView.owner, owner), eq(leadView.name, name)));
				const id = known?.id ?? newId(now(), random);
				await tx
					.insert(leadView)
					.values({ id, ...values })
					.onConflictDoUpdate({ target: leadView.id, set: values });
				const { actor, origin } = by;
				await recordAudit(tx, { actor, action: 'view.save', subject: `view:${id}`, origin, detail: { isShared: input.isShared } }, now(), random);
				return id;
			});
		},
		remove: (id, by) =>
			db.write(async (tx) => {
				const gone = await tx
					.delete(leadView)
					.where(and(eq(leadView.id, id), eq(leadView.owner, requireStaff(by))))
					.returning({ id: leadView.id });
				if (gone.length === 0) throw new DomainError('not-found', 'There is no such view of yours.');
				await tx.delete(leadViewDefault).where(eq(leadViewDefault.viewId, id));
				const { actor, origin } = by;
				await recordAudit(tx, { actor, action: 'view.remove', subject: `view:${id}`, origin, detail: {} }, now(), random);
			}),
		beginWith: (id, by) =>
			db.write(async (tx) => {
				const staffId = requireStaff(by);
				if (id === null) {
					await tx.delete(leadViewDefault).where(eq(leadViewDefault.staffId, staffId));
					return;
				}
				const seen = and(eq(leadView.id, id), or(eq(leadView.owner, staffId), eq(leadView.isShared, true)));
				if ((await tx.$count(leadView, seen)) === 0) throw new DomainError('not-found', 'There is no such view.');
				await tx
					.insert(leadViewDefault)
					.values({ staffId, viewId: id })
					.onConflictDoUpdate({ target: leadViewDefault.staffId, set: { viewId: id } });
			}),
	});
}

function requireStaff({ staffId }: Agent): string {
	if (staffId === null) throw new DomainError('forbidden', 'Views belong to people.');
	return staffId;
}
