import { inLocale, type Locale, type LocalisedText } from '#cms/content.ts';
import { fill, type Texts } from '#kernel/texts/index.ts';

type Words = Readonly<Record<string, string>>;

/** The word for a code; the code itself where there is none yet, so that nothing is hidden. */
export function wordOf(words: Words, code: string): string {
	return Object.hasOwn(words, code) ? (words[code] ?? code) : code;
}

export const stageWord = (texts: Texts, stage: string): string => wordOf(texts.console.stage, stage);
export const stateWord = (texts: Texts, state: string): string => wordOf(texts.console.workingState, state);

/** The name of a scoring rule; one of the company's own is called as it was named: `trade-fair` is “Trade fair”. */
export function ruleName({ scoring }: Texts, rule: string): string {
	const rules: Readonly<Record<string, { readonly name: string }>> = scoring.rules;
	return Object.hasOwn(rules, rule) ? (rules[rule]?.name ?? rule) : rule.charAt(0).toUpperCase() + rule.slice(1).replaceAll('-', ' ');
}

/** Why a scoring rule counts as it does; '' for a rule of the company's own. */
export function ruleReason({ scoring }: Texts, rule: string): string {
	const rules: Readonly<Record<string, { readonly why: string }>> = scoring.rules;
	return Object.hasOwn(rules, rule) ? (rules[rule]?.why ?? '') : '';
}

/** What a fit line found: `Job title says: engineering`. Industries are named by their term. */
export function attributeWords(
	texts: Texts,
	attribute: string,
	value: string,
	terms: readonly { readonly slug: string; readonly name: LocalisedText }[],
	locale: Locale,
): string {
	const term = attribute === 'industry' ? terms.find(({ slug }) => slug === value) : undefined;
	return fill(wordOf(texts.scoring.attribute, attribute), { value: term ? inLocale(term.name, locale) : wordOf(texts.scoring.value, value) });
}

/** What kind of thing an event was: `Paper downloaded`. */
export const eventName = (texts: Texts, type: string): string => wordOf(texts.scoring.event, type);

/** What a line of engagement is about: an event, or what is so as long as it lasts. */
export function lineWords(
	texts: Texts,
	{ code, params }: { readonly code: string; readonly params: Readonly<Record<string, string | number>> },
): string {
	const situations: Readonly<Record<string, string>> = texts.scoring.situation;
	return Object.hasOwn(situations, code) ? fill(situations[code] ?? code, params) : eventName(texts, code);
}

/** The measure of an event that says how much: `4 min`, `80 %`; '' where it has none. */
export function measureOf(texts: Texts, props: Readonly<Record<string, string | number | boolean>>): string {
	const { measure } = texts.scoring;
	const seconds = props['seconds'];
	if (typeof seconds === 'number')
		return seconds < 60 ? fill(measure.seconds, { value: seconds }) : fill(measure.minutes, { value: Math.round(seconds / 60) });
	const source = props['source'] === 'import' ? texts.history.source : '';
	if (typeof props['minutes'] === 'number') return [fill(measure.minutes, { value: props['minutes'] }), source].filter(Boolean).join(' · ');
	if (source !== '') return source;
	if (typeof props['reason'] === 'string') return wordOf(texts.lifecycle.reason, props['reason']);
	if (typeof props['dealer'] === 'string') return fill(measure.dealer, { value: props['dealer'] });
	if (typeof props['percent'] === 'number') return fill(measure.percent, { value: props['percent'] });
	return typeof props['results'] === 'number' ? fill(measure.results, { value: props['results'] }) : '';
}

/** Words for `quote` and other subjects that are no content. */
export const subjectWord = (texts: Texts, subject: string): string => wordOf(texts.scoring.subject, subject);
