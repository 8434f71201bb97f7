import type { App } from '#app';
import type { Locale } from '#cms/content.ts';
import type { Reader, SearchDetail } from '#gating';
import { isDomainError } from '#kernel/errors.ts';
import { fill, type Texts } from '#kernel/texts/index.ts';

const LONGEST_WORD = 80;
const LONGEST_NOTE = 500;

/** What a form on the page of a query came to: done, or refused with a sentence at one of its fields. */
export type SearchAct =
	{ readonly done: 'synonym' | 'task' } | { readonly field: 'means' | 'assignee' | 'note' | 'form'; readonly error: string; readonly status: number };

type Query = Pick<SearchDetail, 'id' | 'words'> & { readonly locale: Locale | string };

/** Makes the query a synonym of a word of ours. */
export async function addSynonym(app: App, query: Query, typed: string, by: Reader, texts: Texts): Promise<SearchAct> {
	const { errors } = texts.searchLog;
	const word = typed.trim();
	const refuse = (error: string, status = 422): SearchAct => ({ field: 'means', error, status });
	if (word === '') return refuse(errors.needed);
	if (word.length > LONGEST_WORD) return refuse(fill(errors['too-long'], { most: LONGEST_WORD }));
	if (word.toLowerCase() === query.words) return refuse(errors.same);
	try {
		await app.cms.addSynonym([query.words, word]);
	} catch (error) {
		if (!isDomainError(error) || (error.code !== 'not-found' && error.code !== 'unavailable')) throw error;
		if (error.code === 'unavailable') return refuse(errors.unavailable, 503);
		return refuse(fill(errors.refused, { words: `${query.words}${texts.console.comma}${word}` }), 409);
	}
	const { actor, origin } = by;
	await app.gating.report.note({ actor, origin, action: 'search.synonym', subject: `search:${query.id}`, detail: { means: word } });
	return { done: 'synonym' };
}

/** Asks somebody to write about the query. */
export async function giveTask(app: App, query: Query, typed: { assignee: string; note: string }, by: Reader, texts: Texts): Promise<SearchAct> {
	const { errors } = texts.searchLog;
	try {
		await app.gating.searches.tasks.add({ wordsId: query.id, ...typed }, by);
		return { done: 'task' };
	} catch (error) {
		if (!isDomainError(error) || (error.code !== 'invalid' && error.code !== 'not-found')) throw error;
		const field = error.fields[0]?.field;
		if (field === 'note') return { field, error: fill(errors['too-long'], { most: LONGEST_NOTE }), status: 422 };
		return field === 'assignee' ? { field, error: errors.choice, status: 422 } : { field: 'form', error: errors.gone, status: 409 };
	}
}
