import { inLocale, type Locale } from '#cms/content.ts';
import type { Gating, LeadColumn, LeadItem } from '#gating';
import type { Snapshot } from '#cms/content.ts';
import type { Texts } from '#kernel/texts/index.ts';

import type { Option } from './conditions.ts';
import { shortMoment } from './format.ts';
import type { Session } from './open.ts';
import { stageWord, stateWord } from './words.ts';
import { staffName } from './work.ts';

/** Roles whose members can have a lead. */
const WORKERS: ReadonlySet<string> = new Set(['admin', 'marketer', 'sales']);

/** What the filters and the acts of the list of leads offer. */
export interface ListChoices {
	/** Members of staff, with `none` for nobody. */
	readonly owners: readonly Option[];
	/** Who may work leads. */
	readonly workers: readonly Option[];
	readonly tags: readonly Option[];
	/** Tags that staff put on. */
	readonly tagsByHand: readonly Option[];
	readonly segments: readonly Option[];
	readonly channels: readonly Option[];
	readonly targetLists: readonly Option[];
}

/** Reads them. Segments, tags, channels and lists that were put away are not offered. */
export async function listChoices(
	{ work, tags, segments, channels, accounts }: Pick<Gating, 'work' | 'tags' | 'segments' | 'channels' | 'accounts'>,
	{ desk }: Texts,
	locale: Locale,
	{ staff: { id: own } }: Pick<Session, 'staff'>,
): Promise<ListChoices> {
	const staff = await work.staff();
	const inUse = <T extends { readonly isArchived: boolean }>(all: readonly T[]): T[] => all.filter(({ isArchived }) => !isArchived);
	const catalogue = inUse(await tags.catalogue());
	const tagOption = ({ code, name }: (typeof catalogue)[number]): Option => ({ value: code, label: name[locale] });
	const named = ({ id, name }: { readonly id: string; readonly name: string }): Option => ({ value: id, label: name });
	const others = staff.filter(({ id }) => id !== own).map(named);
	return {
		workers: staff.filter(({ role }) => WORKERS.has(role)).map(named),
		owners: [{ value: own, label: desk.ownerMine }, { value: 'none', label: desk.ownerNone }, ...others],
		tags: catalogue.map(tagOption),
		tagsByHand: catalogue.filter(({ rule, group }) => rule === null && group !== 'predictive').map(tagOption),
		segments: inUse(await segments.list()).map(named),
		channels: inUse(await channels.tree()).map(({ code, name }) => ({ value: code, label: name[locale] })),
		targetLists: inUse(await accounts.targets.list()).map(named),
	};
}

/** What the words of cells are made with. */
export interface CellWords {
	readonly texts: Texts;
	readonly locale: Locale;
	readonly snapshot: Snapshot;
	readonly staff: readonly { readonly id: string; readonly name: string }[];
}

/** A cell of the list as words; points and grades are drawn by the table. */
export function cellText(column: LeadColumn, lead: LeadItem, { texts, locale, snapshot, staff }: CellWords): string {
	const value = column.valueOf(lead);
	if (value === null || value === '') return texts.console.none;
	if (value instanceof Date) return shortMoment(value, locale, snapshot.site.timeZone);
	if (typeof value === 'number') return String(value);
	switch (column.kind) {
		case 'stage':
			return stageWord(texts, value);
		case 'state':
			return stateWord(texts, value);
		case 'staff':
			return staffName(value, staff);
		case 'industry': {
			const term = snapshot.terms.find(({ kind, slug }) => kind === 'industry' && slug === value);
			return term ? inLocale(term.name, locale) : value;
		}
		case 'points':
		case 'grade':
		case 'text':
		case 'moment':
			return value;
	}
}
