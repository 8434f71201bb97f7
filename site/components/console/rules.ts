import { inLocale, type Locale, type LocalisedText } from '#cms/content.ts';
import type { ScoringModel } from '#gating';
import { fill, type Texts } from '#kernel/texts/index.ts';

import { eventName, subjectWord, wordOf } from './words.ts';

type FitRule = ScoringModel['fit'][number];
type EngagementRule = ScoringModel['engagement'][number];
type Terms = readonly { readonly slug: string; readonly name: LocalisedText }[];

/** When a fit rule applies, in words: `Industry: packaging, intralogistics`. */
export function fitCondition(texts: Texts, { when }: FitRule, terms: Terms, locale: Locale): string {
	const named = (value: string): string => {
		const term = when.attribute === 'industry' ? terms.find(({ slug }) => slug === value) : undefined;
		return term ? inLocale(term.name, locale) : wordOf(texts.scoring.value, value);
	};
	const values = when.attribute === 'company' ? [when.known ? 'known' : 'unknown'] : when.anyOf;
	return fill(wordOf(texts.scoring.attribute, when.attribute), {
		value: new Intl.ListFormat(locale, { type: 'disjunction' }).format(values.map(named)),
	});
}

/** When an engagement rule applies, in words: `Read: White papers, at least 240 s`. */
export function engagementCondition(texts: Texts, { event, subject, atLeast }: EngagementRule): string {
	const { scoringModel: text, of, comma } = texts.console;
	const types: Readonly<Record<string, string>> = texts.site.types;
	const about = subject === null ? '' : of + (types[subject] ?? subjectWord(texts, subject));
	const measures: Readonly<Record<string, string>> = texts.scoring.measure;
	const unit = atLeast && measures[atLeast.prop];
	const least = atLeast ? comma + fill(text.atLeast, { measure: fill(unit ?? `{value} ${atLeast.prop}`, { value: atLeast.value }) }) : '';
	return eventName(texts, event) + about + least;
}
