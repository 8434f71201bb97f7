import { and, eq, inArray } from 'drizzle-orm';

import type { Database } from '#kernel/database.ts';
import { DomainError, isDomainError } from '#kernel/errors.ts';

import type { Accounts } from '../account/create-accounts.ts';
import { accountsOfLeads } from '../account/target-list.ts';
import type { Work } from '../lifecycle/create-work.ts';
import type { Agent } from '../lifecycle/agent.ts';
import { lead, targetEntry } from '../schema.ts';
import type { Tags } from '../tag/create-tags.ts';
import type { BulkAct, BulkChange } from './act.ts';

/** What acts on single leads are done with. */
export interface ApplyParts {
	readonly db: Database;
	readonly work: Pick<Work, 'give' | 'dispose' | 'undo' | 'staff' | 'isMine'>;
	readonly tags: Pick<Tags, 'put' | 'take' | 'ofLead' | 'catalogue'>;
	readonly targets: Accounts['targets'];
	/** @throws DomainError invalid for an act that could be done to no lead */
	check(act: BulkAct): Promise<void>;
}

export function createApplyParts(parts: Omit<ApplyParts, 'check'>): ApplyParts {
	const { work, tags, targets } = parts;
	return {
		...parts,
		check: async ({ kind, value }) => {
			const isKnown =
				kind === 'assign'
					? value === '' || (await work.staff()).some(({ id }) => id === value)
					: kind === 'tag'
						? (await tags.catalogue()).some(({ code, rule, isArchived }) => code === value && rule === null && !isArchived)
						: kind !== 'target-list' || (await targets.list()).some(({ id, isArchived }) => id === value && !isArchived);
			if (!isKnown) throw new DomainError('invalid', 'There is nothing of this kind.', { fields: [{ field: 'value', code: 'choice' }] });
		},
	};
}

/** Does it to one lead; `skipped` where it changes nothing or cannot be done. */
export async function applyTo(
	parts: ApplyParts,
	leadId: string,
	act: BulkAct,
	agent: Agent,
): Promise<{ readonly state: 'done' | 'skipped'; readonly change: BulkChange | null }> {
	try {
		const change = await changeOf(parts, leadId, act, agent);
		return change === null ? { state: 'skipped', change: null } : { state: 'done', change };
	} catch (error) {
		if (!isDomainError(error) || error.code === 'unavailable') throw error;
		return { state: 'skipped', change: null };
	}
}

async function changeOf({ db, work, tags, targets }: ApplyParts, leadId: string, act: BulkAct, agent: Agent): Promise<BulkChange | null> {
	if (!(await work.isMine({ leadIds: [leadId] }, agent))) return null;
	const { kind, value, reason } = act;
	switch (kind) {
		case 'assign': {
			const [row] = await db.read.select({ owner: lead.owner }).from(lead).where(eq(lead.id, leadId));
			const to = value === '' ? null : value;
			if (!row || row.owner === to) return null;
			await work.give(leadId, to, agent);
			return { kind: 'owner', from: row.owner, to };
		}
		case 'tag': {
			const held = async () => (await tags.ofLead(leadId)).marked.filter((one) => one.holds && !one.isOfAccount && one.code === value);
			if ((await held()).length > 0) return null;
			await tags.put(value, { leadId }, agent);
			return { kind: 'marks', ids: (await held()).map(({ id }) => id) };
		}
		case 'nurture':
		case 'disqualified':
			return { kind: 'disposition', id: await work.dispose(leadId, { kind, reason, feedback: '' }, agent) };
		case 'target-list': {
			const accountIds = await targets.put(value, await accountsOfLeads(db.read, [leadId]), agent);
			return accountIds.length === 0 ? null : { kind: 'targets', accountIds: [value, ...accountIds] };
		}
	}
}

/** Takes back what was done to one lead; `kept` where it has changed since. */
export async function undoOf(
	{ db, work, tags, targets }: ApplyParts,
	leadId: string,
	change: BulkChange | null,
	agent: Agent,
): Promise<'undone' | 'kept'> {
	try {
		switch (change?.kind) {
			case undefined:
				return 'kept';
			case 'owner': {
				const [row] = await db.read.select({ owner: lead.owner }).from(lead).where(eq(lead.id, leadId));
				if (!row || row.owner !== change.to) return 'kept';
				await work.give(leadId, change.from, agent);
				return 'undone';
			}
			case 'marks': {
				const held = new Set((await tags.ofLead(leadId)).marked.filter((one) => one.holds).map(({ id }) => id));
				const own = change.ids.filter((id) => held.has(id));
				for (const id of own) await tags.take(id, agent);
				return own.length > 0 ? 'undone' : 'kept';
			}
			case 'disposition':
				await work.undo(change.id, agent);
				return 'undone';
			case 'targets': {
				const [listId = '', ...accountIds] = change.accountIds;
				const on = await db.read
					.select({ id: targetEntry.accountId })
					.from(targetEntry)
					.where(and(eq(targetEntry.listId, listId), inArray(targetEntry.accountId, accountIds)));
				if (on.length === 0) return 'kept';
				await targets.take(
					listId,
					on.map(({ id }) => id),
					agent,
				);
				return 'undone';
			}
		}
	} catch (error) {
		if (!isDomainError(error) || error.code === 'unavailable') throw error;
		return 'kept';
	}
}
