import type { Locale } from '#cms/content.ts';
import type { Editor, ModelChange, ScoringModel } from '#gating';
import { isDomainError } from '#kernel/errors.ts';
import { fill, type Texts } from '#kernel/texts/index.ts';

import { pointsText } from './format.ts';
import type { Session } from './open.ts';
import { capText, decayText, engagementCondition, fitCondition, situationCondition, type Terms } from './rules.ts';
import { ruleName, wordOf } from './words.ts';

type Rule = Extract<ModelChange, { kind: 'added' | 'removed' }>['rule'];
type Engagement = ScoringModel['engagement'][number];

/** The member of staff as versions of the model name them. */
export const editorOf = ({ staff, reader }: Session): Editor => ({ actor: reader.actor, origin: reader.origin, name: staff.name });

/** Words for why the model cannot be changed so, or null when it was. Anything but a refusal goes on. */
export async function refusalOfModel(texts: Texts, act: () => Promise<unknown>): Promise<string | null> {
	try {
		await act();
		return null;
	} catch (error) {
		if (!isDomainError(error) || (error.code !== 'conflict' && error.code !== 'not-found')) throw error;
		const words: Readonly<Record<string, string>> = texts.model.refused;
		return words[error.fields[0]?.code ?? ''] ?? texts.model.refused.other;
	}
}

/** Why a field cannot be used, in words. */
export const fieldWords = (texts: Texts, code: string | undefined): string | null => {
	if (code === undefined) return null;
	const words: Readonly<Record<string, string>> = texts.model.errors;
	return words[code] ?? texts.model.errors.other;
};

/** A change of the model in a sentence: `Changed: Webinar attended: Points 10 → 15`. */
export function changeWords(texts: Texts, change: ModelChange, terms: Terms, locale: Locale): string {
	const { diff, fieldNames } = texts.model;
	if (change.kind === 'threshold')
		return fill(diff.threshold, { field: wordOf(fieldNames, change.field), from: pointsText(change.from), to: pointsText(change.to) });
	if (change.kind === 'changed') {
		const [from, to] = [facetsOf(texts, change.from, terms, locale), facetsOf(texts, change.to, terms, locale)];
		const fields = to.flatMap(([field, value], index) => {
			const before = from[index]?.[1] ?? '';
			return before === value ? [] : [fill(diff.field, { field, from: before, to: value })];
		});
		return fill(diff.changed, { rule: ruleName(texts, change.to.name), what: new Intl.ListFormat(locale).format(fields) });
	}
	const { rule } = change;
	const values = { rule: ruleName(texts, rule.name), points: pointsText(rule.points), when: conditionOf(texts, rule, terms, locale) };
	return fill(diff[change.kind], values);
}

function conditionOf(texts: Texts, rule: Rule, terms: Terms, locale: Locale): string {
	if ('when' in rule) return fitCondition(texts, rule, terms, locale);
	return 'kind' in rule ? situationCondition(texts, rule) : engagementCondition(texts, rule, terms, locale);
}

function facetsOf(texts: Texts, rule: Rule, terms: Terms, locale: Locale): (readonly [string, string])[] {
	const { fields, diff } = texts.model;
	const facets = [[fields.points, pointsText(rule.points)] as const, [diff.condition, conditionOf(texts, rule, terms, locale)] as const];
	const isEngagement = (one: Rule): one is Engagement => 'event' in one;
	if (!isEngagement(rule)) return facets;
	return [...facets, [fields.cap, capText(texts, rule) || texts.console.scoringModel.noCap], [fields.decay, decayText(texts, rule.decay)]];
}
