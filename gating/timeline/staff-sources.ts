import { and, count, desc, eq, inArray, isNotNull, min, or } from 'drizzle-orm';

import { accountMerge, dealChange, disposition, interaction, merge, move, screeningAnswer, tagMark, workMove } from '../schema.ts';
import { joined, type Question, type Source } from './source.ts';

const NOTE = 'interaction.note';
const FEEDBACK = 'disposition.feedback';

/** Moves of stages, and of working states. */
function moves(name: string, table: typeof move | typeof workMove): Source {
	return {
		name,
		kind: 'stage',
		read: async ({ handle, leads, after, limit }) => {
			const { id, at, leadId, from, to, cause } = table;
			const rows = await handle
				.select({ id, at, leadId, from, to, cause })
				.from(table)
				.where(and(inArray(leadId, leads()), after(at, id)))
				.orderBy(desc(at), desc(id))
				.limit(limit);
			return rows.map((row) => ({
				...{ id: row.id, at: row.at, type: name, personId: null, leadId: row.leadId, evidence: 'moves' },
				props: { from: row.from, to: row.to, cause: row.cause },
			}));
		},
	};
}

const contacts: Source = {
	name: 'contact',
	kind: 'work',
	read: async ({ handle, people, after, limit }) => {
		const rows = await handle
			.select()
			.from(interaction)
			.where(and(inArray(interaction.personId, people()), after(interaction.at, interaction.id)))
			.orderBy(desc(interaction.at), desc(interaction.id))
			.limit(limit);
		return rows.map(({ id, at, kind, outcome, personId, by, note }) => ({
			...{ id, at, type: kind, personId, evidence: 'work', props: { outcome, by } },
			words: note && { context: NOTE, sealed: note },
		}));
	},
};

const decisions: Source = {
	name: 'decision',
	kind: 'work',
	read: async ({ handle, people, after, limit }) => {
		const rows = await handle
			.select()
			.from(disposition)
			.where(and(inArray(disposition.personId, people()), after(disposition.at, disposition.id)))
			.orderBy(desc(disposition.at), desc(disposition.id))
			.limit(limit);
		return rows.map(({ id, at, kind, reason, personId, by, feedback }) => ({
			...{ id, at, type: kind, personId, evidence: 'work', props: { reason, by } },
			words: feedback && { context: FEEDBACK, sealed: feedback },
		}));
	},
};

const decisionsUndone: Source = {
	name: 'decision-undone',
	kind: 'work',
	read: async ({ handle, people, after, limit }) => {
		const { id, undoneAt: at, personId, kind, undoneBy } = disposition;
		const rows = await handle
			.select({ id, at, personId, kind, undoneBy })
			.from(disposition)
			.where(and(inArray(personId, people()), isNotNull(at), after(at, id)))
			.orderBy(desc(at), desc(id))
			.limit(limit);
		return rows.flatMap((row) =>
			row.at ? { id: row.id, at: row.at, type: row.kind, personId: row.personId, evidence: 'work', props: { by: row.undoneBy ?? '' } } : [],
		);
	},
};

/** The answers of one call, as one line. */
const screening: Source = {
	name: 'screening',
	kind: 'work',
	read: async ({ handle, people, after, limit }) => {
		const { personId, sheetKey, at, by } = screeningAnswer;
		const id = joined(personId, sheetKey);
		const rows = await handle
			.select({ id, at, personId, sheet: sheetKey, answers: count(), by: min(by) })
			.from(screeningAnswer)
			.where(and(inArray(personId, people()), after(at, id)))
			.groupBy(personId, sheetKey, at)
			.orderBy(desc(at), desc(id))
			.limit(limit);
		return rows.map((row) => ({
			...{ id: row.id, at: row.at, type: 'screening', personId: row.personId, evidence: 'work' },
			props: { sheet: row.sheet, answers: row.answers, by: row.by ?? '' },
		}));
	},
};

/** Tags of the people, and of the account where its timeline is asked for. */
function tags(name: string, ends: boolean): Source {
	return {
		name,
		kind: 'tag',
		read: async ({ handle, scope, people, after, limit }) => {
			const { id, personId, accountId, tag, source, removedBy } = tagMark;
			const at = ends ? tagMark.removedAt : tagMark.at;
			const whose = or(inArray(personId, people()), 'accountId' in scope ? eq(accountId, scope.accountId) : undefined);
			const rows = await handle
				.select({ id, at, personId, tag, by: ends ? removedBy : source })
				.from(tagMark)
				.where(and(whose, after(at, id)))
				.orderBy(desc(at), desc(id))
				.limit(limit);
			return rows.flatMap((row) =>
				row.at
					? { id: row.id, at: row.at, type: name, personId: row.personId, evidence: `tag:${row.tag}`, props: { tag: row.tag, by: row.by ?? '' } }
					: [],
			);
		},
	};
}

/** Merges of leads, and their undoing, on both sides of the merge. */
function merges(name: string, isUndo: boolean): Source {
	return {
		name,
		kind: 'merge',
		read: async ({ handle, leads, after, limit }) => {
			const { id, fromLeadId, intoLeadId, cause, undoneBy } = merge;
			const at = isUndo ? merge.undoneAt : merge.at;
			const rows = await handle
				.select({ id, at, fromLeadId, intoLeadId, by: isUndo ? undoneBy : cause })
				.from(merge)
				.where(and(or(inArray(fromLeadId, leads()), inArray(intoLeadId, leads())), after(at, id)))
				.orderBy(desc(at), desc(id))
				.limit(limit);
			return rows.flatMap((row) =>
				row.at
					? {
							...{ id: row.id, at: row.at, type: name, personId: null, leadId: row.intoLeadId, evidence: `lead:${row.fromLeadId}` },
							props: { mergeId: row.id, fromLeadId: row.fromLeadId, intoLeadId: row.intoLeadId, by: row.by ?? '' },
						}
					: [],
			);
		},
	};
}

/** Merges of accounts; a lead's timeline has none. */
function accountMerges(name: string, isUndo: boolean): Source {
	const read = async ({ handle, scope, after, limit }: Question) => {
		if (!('accountId' in scope)) return [];
		const { id, fromId, intoId, cause, undoneBy } = accountMerge;
		const at = isUndo ? accountMerge.undoneAt : accountMerge.at;
		const rows = await handle
			.select({ id, at, fromId, by: isUndo ? undoneBy : cause })
			.from(accountMerge)
			.where(and(or(eq(fromId, scope.accountId), eq(intoId, scope.accountId)), after(at, id)))
			.orderBy(desc(at), desc(id))
			.limit(limit);
		return rows.flatMap((row) =>
			row.at ? { id: row.id, at: row.at, type: name, personId: null, evidence: `account:${row.fromId}`, props: { by: row.by ?? '' } } : [],
		);
	};
	return { name, kind: 'merge', read };
}

/** Deals, as sales or their CRM told of them. */
const deals: Source = {
	name: 'deal',
	kind: 'work',
	read: async ({ handle, people, after, limit }) => {
		const { id, at, personId, state, reason, amount, currency, by } = dealChange;
		const rows = await handle
			.select({ id, at, personId, state, reason, amount, currency, by })
			.from(dealChange)
			.where(and(inArray(personId, people()), after(at, id)))
			.orderBy(desc(at), desc(id))
			.limit(limit);
		return rows.map((row) => ({
			...{ id: row.id, at: row.at, type: row.state, personId: row.personId, evidence: 'deals' },
			props: { reason: row.reason, currency: row.currency, by: row.by, ...(row.amount !== null && { amount: row.amount }) },
		}));
	},
};

/** What staff and the rules did about them. */
export const STAFF_SOURCES: readonly Source[] = [
	moves('stage', move),
	moves('state', workMove),
	contacts,
	decisions,
	decisionsUndone,
	screening,
	tags('tag-put', false),
	tags('tag-taken', true),
	merges('merge', false),
	merges('merge-undone', true),
	accountMerges('account-merge', false),
	accountMerges('account-merge-undone', true),
	deals,
];
