import type { LeadItem, LeadQuery } from './list.ts';

/** How the values of a column are to be written; the reader of the list has the words and the zone. */
export type ColumnKind =
	/** Hundredths of a point. */
	| 'points'
	/** A1 to D4. */
	| 'grade'
	/** As it was said or named. */
	| 'text'
	/** A code of `console.stage`. */
	| 'stage'
	/** A code of `console.workingState`. */
	| 'state'
	/** Slug of an industry term. */
	| 'industry'
	/** Id of a member of staff. */
	| 'staff'
	/** An instant. */
	| 'moment';

/** A column of the list of leads. */
export interface LeadColumn {
	readonly key: LeadColumnKey;
	readonly kind: ColumnKind;
	/** Empty for readers who may not see people. */
	readonly isPersonal: boolean;
	/** Shown where nobody chose columns. */
	readonly isDefault: boolean;
	/** The order of {@link LeadQuery} that sorts by it; null: none. */
	readonly sort: NonNullable<LeadQuery['sort']> | null;
	/** Null: not known, or not for the reader's eyes. */
	valueOf(item: LeadItem): string | number | Date | null;
}

const column = (
	key: string,
	kind: ColumnKind,
	valueOf: LeadColumn['valueOf'],
	more: { readonly isPersonal?: true; readonly isDefault?: true; readonly sort?: NonNullable<LeadQuery['sort']> } = {},
) => ({ key, kind, valueOf, isPersonal: more.isPersonal ?? false, isDefault: more.isDefault ?? false, sort: more.sort ?? null });

/** Keys of columns, in their order. The words for each are `console.leads.column`. */
export const LEAD_COLUMN_KEYS = [
	'grade',
	'total',
	'fit',
	'engagement',
	'name',
	'company',
	'account',
	'jobTitle',
	'email',
	'phone',
	'region',
	'industry',
	'stage',
	'state',
	'owner',
	'nextAction',
	'lastActivity',
	'created',
] as const;
export type LeadColumnKey = (typeof LEAD_COLUMN_KEYS)[number];

/**
 * Every column of the list of leads, in the order in which they stand: the one definition for the list's page, saved views and exports. Ask for
 * those of a view by {@link columnsOf}, read each item of {@link LeadItem} by `valueOf`, and write it by `kind`; the heading is
 * `texts.console.leads.column[key]`.
 */
export const LEAD_COLUMNS: readonly LeadColumn[] = [
	column('grade', 'grade', ({ grade }) => grade, { isDefault: true }),
	column('total', 'points', ({ total }) => total, { isDefault: true, sort: 'score' }),
	column('fit', 'points', ({ fit }) => fit),
	column('engagement', 'points', ({ engagement }) => engagement),
	column('name', 'text', ({ name }) => name, { isPersonal: true, isDefault: true }),
	column('company', 'text', ({ company }) => company || null, { isDefault: true, sort: 'company' }),
	column('account', 'text', ({ account }) => account?.name ?? null),
	column('jobTitle', 'text', ({ jobTitle }) => jobTitle, { isPersonal: true, isDefault: true }),
	column('email', 'text', ({ email }) => email, { isPersonal: true }),
	column('phone', 'text', ({ phone }) => phone, { isPersonal: true }),
	column('region', 'text', ({ region }) => region, { isPersonal: true }),
	column('industry', 'industry', ({ industry }) => industry, { isPersonal: true }),
	column('stage', 'stage', ({ stage }) => stage, { isDefault: true }),
	column('state', 'state', ({ workingState }) => workingState, { isDefault: true }),
	column('owner', 'staff', ({ owner }) => owner, { isDefault: true }),
	column('nextAction', 'moment', ({ nextActionAt }) => nextActionAt),
	column('lastActivity', 'moment', ({ lastActivityAt }) => lastActivityAt, { isDefault: true, sort: 'activity' }),
	column('created', 'moment', ({ createdAt }) => createdAt),
] as readonly LeadColumn[];

/** The columns of these keys, in the order of {@link LEAD_COLUMNS}; the usual ones where none is known. Personal ones are left out for who may not see people. */
export function columnsOf(keys: readonly string[], seesPeople: boolean): readonly LeadColumn[] {
	const asked = LEAD_COLUMNS.filter(({ key }) => keys.includes(key));
	const chosen = asked.length > 0 ? asked : LEAD_COLUMNS.filter(({ isDefault }) => isDefault);
	// A lead is opened by its name, or by what stands for it: that column stays.
	return chosen.filter(({ key, isPersonal }) => seesPeople || !isPersonal || key === 'name');
}
