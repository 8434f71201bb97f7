import { desc, eq, inArray } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import type { Handle } from '#kernel/database.ts';
import { DomainError, type FieldError } from '#kernel/errors.ts';
import { idSequence } from '#kernel/id.ts';

import { STALE_DAY } from '../event/store.ts';
import { isLiving, type LivingPerson } from '../identity/person.ts';
import type { Agent } from '../lifecycle/agent.ts';
import { personIn, refuse, requireLead, type WorkDeps, wrongWords } from '../lifecycle/log.ts';
import { campaign, lead, type person, screeningAnswer, tactic, touchpoint } from '../schema.ts';
import { type Given, missingCore, tickOf, type Verdict, VERDICTS } from './sheet.ts';
import { DEFAULT_KEY, liveSheet, liveSheets } from './sheets.ts';

const WORDS = 'screening_answer.words';

export interface AnswerInput {
	readonly question: string;
	readonly verdict: string;
	/** Key of an option, or ''. */
	readonly choice: string;
	readonly words: string;
}

export interface AnswersInput {
	/** Key of the sheet that was asked from. */
	readonly sheet: string;
	readonly answers: readonly AnswerInput[];
	readonly personId?: string | undefined;
}

/** An answer as it stands. */
export interface Answer extends Given {
	readonly question: string;
	/** '' without any; null when erased or not for the reader's eyes. */
	readonly words: string | null;
	readonly by: string;
	readonly at: Date;
}

/** Keeps answers of a call, and puts the lead up to be judged. What says the same as before is not kept again. @throws DomainError not-found, forbidden, invalid */
export async function answerSheet(deps: WorkDeps, leadId: string, input: AnswersInput, agent: Agent): Promise<string> {
	const { db, keys, now, random } = deps;
	return db.write(async (tx) => {
		const { row, people } = await requireLead(tx, leadId, agent);
		const live = await liveSheet(tx, input.sheet);
		if (!live) throw new DomainError('not-found', 'There is no such sheet.');
		refuse(input.answers.flatMap((answer) => wrongIn(live.sheet.questions, answer)));
		const whom = personIn(people, input.personId);
		const known = await answersOf(tx, keys, people, true);
		const at = now();
		const nextId = idSequence(at, random);
		const isNew = ({ question, verdict, choice, words }: AnswerInput) => {
			const before = known.get(question);
			return !before || before.verdict !== verdict || before.choice !== choice || before.words !== words.trim();
		};
		const rows = input.answers.filter(isNew).map(({ question, verdict, choice, words }) => ({
			...{ id: nextId(), personId: whom.id, sheetKey: live.key, sheetVersion: live.version, question, verdict, choice, by: agent.actor, at },
			words: words.trim() === '' ? null : keys.seal(whom.dataKey, WORDS, words.trim()),
			tick: tickOf(
				live.sheet.questions.find(({ key }) => key === question)!,
				choice,
			),
		}));
		if (rows.length > 0) await tx.insert(screeningAnswer).values(rows);
		await tx.update(lead).set({ scoredDay: STALE_DAY }).where(eq(lead.id, row.id));
		const { actor, origin } = agent;
		const detail = { sheet: live.key, version: live.version, questions: rows.map(({ question }) => question) };
		await recordAudit(tx, { actor, action: 'lead.screening', subject: `lead:${row.id}`, origin, detail }, at, random);
		return row.id;
	});
}

/** The newest answer of these persons to each question. */
export async function answersOf(
	handle: Handle,
	keys: WorkDeps['keys'],
	people: readonly (typeof person.$inferSelect)[],
	seesPeople: boolean,
): Promise<Map<string, Answer>> {
	const ids = people.map(({ id }) => id);
	const rows = await handle
		.select()
		.from(screeningAnswer)
		.where(inArray(screeningAnswer.personId, ids))
		.orderBy(desc(screeningAnswer.at), desc(screeningAnswer.id));
	const found = new Map<string, Answer>();
	for (const { question, verdict, choice, words: sealed, personId, by, at } of rows) {
		if (found.has(question)) continue;
		const whom = people.find(({ id }) => id === personId);
		const words = sealed === null ? '' : whom && isLiving(whom) && seesPeople ? keys.unseal(whom.dataKey, WORDS, sealed) : null;
		found.set(question, { question, verdict: verdict as Verdict, choice, words, by, at });
	}
	return found;
}

/** What one person answered ever, for their export. */
export async function answersOfPerson(handle: Handle, keys: WorkDeps['keys'], one: LivingPerson) {
	const rows = await handle.select().from(screeningAnswer).where(eq(screeningAnswer.personId, one.id)).orderBy(screeningAnswer.at);
	return rows.map(({ question, verdict, choice, words, at }) => ({
		...{ question, verdict, choice, at },
		words: words === null ? '' : keys.unseal(one.dataKey, WORDS, words),
	}));
}

/** The sheet of the campaign that touched these persons last, else the default. */
export async function sheetFor(handle: Handle, personIds: readonly string[]): Promise<string> {
	const [touched] = await handle
		.select({ campaignId: campaign.id })
		.from(touchpoint)
		.innerJoin(tactic, eq(tactic.id, touchpoint.tacticId))
		.innerJoin(campaign, eq(campaign.id, tactic.campaignId))
		.where(inArray(touchpoint.personId, [...personIds]))
		.orderBy(desc(touchpoint.at), desc(touchpoint.id))
		.limit(1);
	const own = (await liveSheets(handle)).find(({ campaignId }) => campaignId !== null && campaignId === touched?.campaignId);
	return own?.key ?? DEFAULT_KEY;
}

/** Core questions of the lead's sheet that lack a credible answer. */
export async function openCore(handle: Handle, keys: WorkDeps['keys'], people: readonly (typeof person.$inferSelect)[]): Promise<string[]> {
	const key = await sheetFor(
		handle,
		people.map(({ id }) => id),
	);
	const live = await liveSheet(handle, key);
	return live ? missingCore(live.sheet, await answersOf(handle, keys, people, false)) : [];
}

function wrongIn(
	questions: readonly { readonly key: string; readonly options: readonly { readonly key: string }[] }[],
	{ question, verdict, choice, words }: AnswerInput,
): FieldError[] {
	const wrong = wrongWords(question, words);
	const asked = questions.find(({ key }) => key === question);
	if (!asked) return [...wrong, { field: question, code: 'choice' }];
	if (!(VERDICTS as readonly string[]).includes(verdict)) wrong.push({ field: question, code: 'verdict' });
	if (choice !== '' && !asked.options.some(({ key }) => key === choice)) wrong.push({ field: question, code: 'choice' });
	if (verdict === 'credible' && choice === '' && words.trim() === '') wrong.push({ field: question, code: 'required' });
	return wrong;
}
