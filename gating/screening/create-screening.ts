import { eq, isNull } from 'drizzle-orm';

import { survivingLead } from '../identity/merge.ts';
import type { Reader } from '../lead/reader.ts';
import type { Agent } from '../lifecycle/agent.ts';
import type { WorkDeps } from '../lifecycle/log.ts';
import { campaign, person } from '../schema.ts';
import type { Scoring } from '../scoring/create-scoring.ts';
import { type Answer, answerSheet, type AnswersInput, answersOf, sheetFor } from './answer.ts';
import { askedQuestions, missingCore, type Question } from './sheet.ts';
import { addSheet, liveSheet, type LiveSheet, liveSheets, publishSheet, sheetVersion, SHIPPED, sheetVersions } from './sheets.ts';

/** A sheet as it stands with a lead. */
export interface ScreeningView {
	readonly live: LiveSheet;
	/** The questions asked so far, by the branches taken. */
	readonly asked: readonly Question[];
	readonly answers: ReadonlyMap<string, Answer>;
	/** Keys of core questions without a credible answer. */
	readonly missing: readonly string[];
}

/** Screening by telephone: sheets of questions, and what was answered. */
export interface Screening {
	/** The lead's sheet, or the one of this key. Null when there is no such lead or sheet. */
	view(leadId: string, reader: Reader, key?: string): Promise<ScreeningView | null>;
	/** See {@link answerSheet}; the lead is judged again at once. */
	answer(leadId: string, input: AnswersInput, agent: Agent): Promise<void>;
	sheets(): Promise<readonly LiveSheet[]>;
	/** Campaigns that may have a sheet of their own, by name. */
	campaigns(): Promise<readonly { readonly id: string; readonly name: string }[]>;
	sheet(key: string): Promise<LiveSheet | null>;
	versions(key: string): ReturnType<typeof sheetVersions>;
	version(key: string, version: number): ReturnType<typeof sheetVersion>;
	/** See {@link addSheet}. */
	add(campaignId: string, by: Reader): Promise<string>;
	/** See {@link publishSheet}. */
	publish(key: string, sheet: unknown, seen: number, by: Reader): Promise<number>;
}

export function createScreening(deps: WorkDeps & { readonly scoring: Pick<Scoring, 'recompute'> }): Screening {
	const { db, keys, scoring } = deps;

	return Object.freeze<Screening>({
		view: async (askedId, { seesPeople }, key) => {
			const id = await survivingLead(db.read, askedId);
			if (id === null) return null;
			const people = await db.read.select().from(person).where(eq(person.leadId, id)).orderBy(person.createdAt, person.id);
			const ids = people.map((one) => one.id);
			const live = await liveSheet(db.read, key ?? (await sheetFor(db.read, ids)));
			if (!live) return null;
			const answers = await answersOf(db.read, keys, people, seesPeople);
			return { live, asked: askedQuestions(live.sheet, answers), answers, missing: missingCore(live.sheet, answers) };
		},
		answer: async (leadId, input, agent) => {
			await scoring.recompute([await answerSheet(deps, leadId, input, agent)]);
		},
		sheets: () => liveSheets(db.read),
		campaigns: () =>
			db.read.select({ id: campaign.id, name: campaign.name }).from(campaign).where(isNull(campaign.archivedAt)).orderBy(campaign.name),
		sheet: (key) => liveSheet(db.read, key),
		versions: (key) => sheetVersions(db.read, key),
		version: async (key, version) => (version === 0 && key === SHIPPED.key ? SHIPPED.sheet : sheetVersion(db.read, key, version)),
		add: (campaignId, by) => addSheet(deps, campaignId, by),
		publish: (key, sheet, seen, by) => publishSheet(deps, key, sheet, seen, by),
	});
}
