import { inLocale, type Locale, type LocalisedText } from '#cms/content.ts';
import type { ScoringModel } from '#gating';
import { fill, type Texts } from '#kernel/texts/index.ts';

import { pointsText } from './format.ts';
import { eventName, subjectWord, wordOf } from './words.ts';

type FitRule = ScoringModel['fit'][number];
type EngagementRule = ScoringModel['engagement'][number];
type Situation = ScoringModel['situations'][number];
export type Terms = readonly { readonly slug: string; readonly name: LocalisedText }[];

/** When a fit rule applies, in words: `Industry: packaging, intralogistics`. */
export function fitCondition(texts: Texts, { when }: Pick<FitRule, 'when'>, terms: Terms, locale: Locale): string {
	return fill(wordOf(texts.scoring.attribute, when.attribute), {
		value: new Intl.ListFormat(locale, { type: 'disjunction' }).format(
			valuesOf(when).map((value) => valueName(texts, when.attribute, value, terms, locale)),
		),
	});
}

/** What a value of an attribute is called: industries by their term, countries by the reader's language. */
export function valueName(texts: Texts, attribute: string, value: string, terms: Terms, locale: Locale): string {
	if (attribute === 'country') return new Intl.DisplayNames([locale], { type: 'region' }).of(value) ?? value;
	const term = attribute === 'industry' ? terms.find(({ slug }) => slug === value) : undefined;
	if (value === '*') return texts.model.anyValue;
	return term ? inLocale(term.name, locale) : wordOf(texts.scoring.value, value);
}

function valuesOf(when: FitRule['when']): readonly string[] {
	if (when.attribute === 'company') return [when.known ? 'known' : 'unknown'];
	return when.attribute === 'unsubscribed' ? ['unsubscribed'] : when.anyOf;
}

/** When an engagement rule applies, in words: `Read: White papers, at least 240 s`. */
export function engagementCondition(texts: Texts, rule: EngagementRule, terms: Terms, locale: Locale): string {
	const { scoringModel: text, of, comma } = texts.console;
	const { event, subject, topic, stageRole, path, atLeast } = rule;
	const types: Readonly<Record<string, string>> = texts.site.types;
	const measures: Readonly<Record<string, string>> = texts.scoring.measure;
	const unit = atLeast && measures[atLeast.prop];
	const term = terms.find(({ slug }) => slug === topic);
	const conditions = [
		subject === null ? null : (types[subject] ?? subjectWord(texts, subject)),
		topic === null ? null : fill(texts.model.ofTopic, { topic: term ? inLocale(term.name, locale) : topic }),
		stageRole === null ? null : texts.content.stages[stageRole],
		path === null ? null : path,
		atLeast === null ? null : fill(text.atLeast, { measure: fill(unit ?? `{value} ${atLeast.prop}`, { value: atLeast.value }) }),
	].filter((one) => one !== null);
	return eventName(texts, event) + (conditions.length > 0 ? of + conditions.join(comma) : '');
}

/** What a situation is, in words. */
export function situationCondition(texts: Texts, rule: Situation): string {
	return rule.kind === 'surge'
		? fill(texts.scoring.situation.surge, { people: rule.people, days: rule.days })
		: fill(texts.scoring.situation.inactive, { days: rule.days });
}

/** How points of a rule fade, in words. */
export function decayText(texts: Texts, decay: EngagementRule['decay']): string {
	return decay === null ? texts.console.scoringModel.never : fill(texts.scoring.decay[decay.kind], { days: decay.days });
}

/** The most that a rule counts, in words: `16`, `16 a month`; '' without a limit. */
export function capText(texts: Texts, { cap, capPer }: Pick<EngagementRule, 'cap' | 'capPer'>): string {
	return cap === null ? '' : fill(texts.scoring.capPer[capPer], { cap: pointsText(cap) });
}
