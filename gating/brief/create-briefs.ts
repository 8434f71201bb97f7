import type { Snapshot } from '#cms/content.ts';
import type { Database } from '#kernel/database.ts';

import type { Leads } from '../lead/create-leads.ts';
import type { Reader } from '../lead/reader.ts';
import type { LeadView } from '../lead/view.ts';
import type { Work } from '../lifecycle/create-work.ts';
import type { EngagementLine, FitLine, Receipt } from '../scoring/receipt.ts';
import type { ScreeningView } from '../screening/create-screening.ts';
import { nextContent } from './next.ts';
import { type Reading, readingOf } from './reading.ts';

const REASONS = 3;

/** What a sales person should know before the call, as codes and facts; the site has the words. */
export interface Brief {
	readonly lead: LeadView;
	/** The strongest lines of the receipt, one a rule. */
	readonly reasons: readonly Reason[];
	readonly reading: readonly Reading[];
	readonly screening: ScreeningView | null;
	/** Subjects to send next, best first. */
	readonly next: readonly string[];
}

export type Reason = { readonly part: 'fit'; readonly line: FitLine } | { readonly part: 'engagement'; readonly line: EngagementLine };

export interface Briefs {
	/** Null when there is no such lead. The reading is on record as that of the lead. */
	of(leadId: string, reader: Reader): Promise<Brief | null>;
}

export function createBriefs({
	db,
	content,
	leads,
	work,
}: {
	readonly db: Database;
	readonly content: () => Snapshot;
	readonly leads: Pick<Leads, 'get'>;
	readonly work: { readonly screening: Pick<Work['screening'], 'view'> };
}): Briefs {
	return Object.freeze<Briefs>({
		of: async (leadId, reader) => {
			const lead = await leads.get(leadId, reader);
			if (!lead) return null;
			// Who objected to profiling is not profiled here either.
			const reading = lead.receipt.engagement.hasObjected ? [] : await readingOf(db.read, lead.id);
			const industry = lead.persons.find(({ profile }) => profile?.industry)?.profile?.industry ?? '';
			return {
				...{ lead, reading, reasons: reasonsOf(lead.receipt) },
				screening: await work.screening.view(lead.id, reader),
				next: nextContent(content(), { seen: new Set(reading.map(({ subject }) => subject)), industry }),
			};
		},
	});
}

/** The lines that add most, each rule once, at most three. */
export function reasonsOf({ fit, engagement }: Pick<Receipt, 'fit' | 'engagement'>): Reason[] {
	const all: Reason[] = [
		...engagement.lines.map((line): Reason => ({ part: 'engagement', line })),
		...fit.lines.map((line): Reason => ({ part: 'fit', line })),
	];
	const rules = new Set<string>();
	return all
		.filter(({ line }) => line.points > 0)
		.sort((one, other) => other.line.points - one.line.points)
		.filter(({ line }) => !rules.has(line.rule) && rules.add(line.rule))
		.slice(0, REASONS);
}
