import type { Locale } from '#cms/content.ts';

import type { Reader } from '../lead/reader.ts';
import type { StaffAction } from '../staff/can.ts';
import type { Cell } from './cell.ts';

export const EXPORT_FORMATS = ['csv', 'xlsx'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What a list is asked for: what its page asks, as JSON holds it. Lists ignore what they do not know. */
export type ExportQuery = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface ExportRequest {
	readonly query: ExportQuery;
	/** Keys of columns; none: the usual ones. */
	readonly columns: readonly string[];
	readonly locale: Locale;
}

/** A list as it is to be written. */
export interface OpenList {
	readonly heads: readonly string[];
	/** Whether names, mails and the like stand in it. */
	readonly hasPeople: boolean;
	/** So few rows a page that one takes no more than a few milliseconds of the main thread. */
	pages(): AsyncIterable<readonly (readonly Cell[])[]>;
}

/** A list that can be taken away as a file. */
export interface ExportList {
	readonly key: string;
	/** What its page asks for. */
	readonly right: StaffAction;
	/** @throws DomainError invalid, not-found when there is no such list */
	open(request: ExportRequest, reader: Pick<Reader, 'actor' | 'seesPeople'>): Promise<OpenList>;
}
