import { inLocale } from '#cms/content.ts';
import type { Step, Trigger } from '#gating';
import { fill } from '#kernel/texts/index.ts';

import { aboutOptions, type ConditionSource, segmentWords } from './conditions.ts';
import { eventName, stageWord, wordOf } from './words.ts';

/** What the words of journeys are made of: those of conditions, and segments by their ids. */
export interface JourneySource extends ConditionSource {
	readonly segments: readonly { readonly id: string; readonly name: string }[];
}

const typesIn = ({ texts, locale }: JourneySource, types: readonly string[]): string =>
	new Intl.ListFormat(locale, { type: 'disjunction' }).format(types.map((type) => eventName(texts, type)));

const aboutIn = (source: JourneySource, about: string): string =>
	about === '' ? '' : `(${aboutOptions(source).find(({ value }) => value === about)?.label ?? about})`;

const segmentIn = ({ segments }: JourneySource, id: string): string => segments.find((one) => one.id === id)?.name ?? id;

/** What takes somebody in, in a line. */
export function triggerWords(trigger: Trigger, source: JourneySource): string {
	const { texts, locale, snapshot } = source;
	const { trigger: text, outcomes } = texts.journey;
	const anyOf = new Intl.ListFormat(locale, { type: 'disjunction' });
	switch (trigger.kind) {
		case 'event':
			return fill(text.event, { types: typesIn(source, trigger.types), about: aboutIn(source, trigger.about) }).trim();
		case 'form':
			return fill(text.form, { forms: trigger.forms.length === 0 ? text.anyForm : anyOf.format(trigger.forms.map((key) => formName(source, key))) });
		case 'stage':
			return fill(text.stage, { stages: anyOf.format(trigger.to.map((stage) => stageWord(texts, stage))) });
		case 'score':
			return fill(text.score, { least: trigger.least });
		case 'segment':
			return fill(trigger.takesPresent ? text.segmentPresent : text.segment, { name: segmentIn(source, trigger.segmentId) });
		case 'date':
			return fill(text[trigger.of], { days: trigger.days, day: trigger.day });
		case 'webinar': {
			const webinar = snapshot.webinars.find(({ id }) => id === trigger.webinarId);
			const named = webinar ? inLocale(webinar.title, locale) : text.anyWebinar;
			return fill(text.webinar, { outcomes: anyOf.format(trigger.outcomes.map((one) => outcomes[one])), webinar: named });
		}
	}
}

const formName = ({ snapshot, locale }: JourneySource, key: string): string => {
	const form = snapshot.forms.find((one) => one.key === key);
	return form ? inLocale(form.title, locale) || key : key;
};

/** What a step does, in a line. */
export function stepWords(step: Step, source: JourneySource): string {
	const { texts, locale, snapshot, tags } = source;
	const { step: text, spans, outcomes } = texts.journey;
	switch (step.kind) {
		case 'wait': {
			const span = fill(spans[step.span.unit], { amount: step.span.amount });
			if (step.mode === 'for') return fill(text.for, { span });
			if (step.mode === 'event')
				return fill(text.event, { types: typesIn(source, step.types), about: aboutIn(source, step.about), span })
					.replace('  ', ' ')
					.replace(' ,', ',');
			return fill(step.days > 0 ? text.timeDays : text.time, { days: step.days, time: step.time }) + (step.workdays ? text.workdays : '');
		}
		case 'branch':
			return fill(text.branch, {
				test:
					step.test === 'segment'
						? fill(text.inSegment, { name: segmentIn(source, step.segmentId) })
						: step.test === 'outcome'
							? step.outcomes.map((one) => outcomes[one]).join(texts.console.comma)
							: segmentWords(step.conditions, source),
			});
		case 'split':
			return fill(text.split, { weights: step.arms.map(({ weight }) => weight).join(' : ') });
		case 'message': {
			const template = snapshot.mailTemplates.find(({ key }) => key === step.template);
			return fill(text.message, { template: template ? inLocale(template.name, locale) : step.template });
		}
		case 'task':
			return fill(text.task, { text: step.text });
		case 'tag':
			return fill(step.act === 'put' ? text.put : text.takeOff, { tag: tags.find(({ code }) => code === step.tag)?.name[locale] ?? step.tag });
		case 'stage':
			return text.moves[step.move];
		case 'webhook':
			return fill(text.webhook, { name: step.name });
		case 'end':
			return text.end;
	}
}

/** Ways out of a step that do not lead to the next of the list, or need a word. */
export function waysWords(
	steps: readonly Step[],
	index: number,
	{ texts }: JourneySource,
): { readonly label: string; readonly to: string; readonly number: number }[] {
	const step = steps[index];
	const { ways } = texts.journey;
	if (!step || step.kind === 'end') return [];
	const following = steps[index + 1]?.id ?? '';
	const way = (label: string, pointer: string) => {
		const to = pointer || following;
		return { label, to, number: steps.findIndex(({ id }) => id === to) + 1 };
	};
	if (step.kind === 'branch') return [way(ways.yes, step.yes), way(ways.no, step.next)];
	if (step.kind === 'split') return step.arms.map(({ to }, at) => way(fill(ways.arm, { number: at + 1 }), to));
	if (step.kind === 'wait' && step.mode === 'event') return [way(ways.came, step.next), way(ways.late, step.late)];
	return step.next === '' || step.next === following ? [] : [way('', step.next)];
}

/** Why a line of a trail, or an end, came about. */
export const becauseWords = ({ texts }: Pick<JourneySource, 'texts'>, because: string): string =>
	wordOf({ ...texts.journey.because, ...texts.journey.reasons }, because);
