import type { Field } from './field.ts';
import type { Words } from './words.ts';

export interface Collection {
	readonly collection: string;
	readonly label: Words;
	/** What it is for, shown to those who open the model. */
	readonly note: Words;
	readonly icon: string;
	/** Folder of the Studio's navigation. */
	readonly group: string | null;
	readonly displayTemplate: string;
	readonly isSingleton?: boolean;
	readonly isHidden?: boolean;
	/** Changes are made in a version beside the live item, and published as a whole. */
	readonly isVersioned?: boolean;
	/** Path under `/preview/`, for items with a page of their own. */
	readonly previewPath?: string;
	/** The list in the Studio. */
	readonly list?: CollectionList;
	readonly fields: readonly Field[];
}

export interface CollectionList {
	/** Columns, each with its width in pixels where the usual 160 does not fit. */
	readonly columns: Readonly<Record<string, number | null>>;
	/** Field to sort by; `-` before it: downwards. Left out: the order that editors drag. */
	readonly sort?: string;
	/** Rows with pictures need more room. */
	readonly hasPictures?: boolean;
	/** Lists that are kept for everybody. */
	readonly bookmarks?: readonly Bookmark[];
}

export interface Bookmark {
	readonly name: Words;
	readonly icon: string;
	readonly colour: string;
	readonly filter: object;
}

const IN_REVIEW: Bookmark = {
	name: ['In review', '审核中'],
	icon: 'rate_review',
	colour: 'var(--theme--warning)',
	filter: { _and: [{ status: { _eq: 'in_review' } }] },
};
const SCHEDULED: Bookmark = {
	name: ['Scheduled', '待发布'],
	icon: 'schedule',
	colour: 'var(--theme--primary)',
	filter: { _and: [{ status: { _eq: 'published' } }, { publish_at: { _gt: '$NOW' } }] },
};

/** The three lists that editors work down: to review, about to come, and without Chinese in one of `texts`. */
export function workLists(...texts: readonly string[]): readonly Bookmark[] {
	const missingChinese: Bookmark = {
		name: ['Missing Chinese', '缺少中文'],
		icon: 'translate',
		colour: 'var(--theme--danger)',
		filter: { _and: [{ status: { _neq: 'archived' } }, { _or: texts.map((name) => ({ [`${name}_zh`]: { _empty: true } })) }] },
	};
	return [IN_REVIEW, SCHEDULED, missingChinese];
}
