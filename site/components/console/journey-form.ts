import type { JourneyDefinition, JourneyOutcome, Step, StepKind, Trigger } from '#gating';

/** Answers of a form of journeys, one by one. */
const answers = (data: FormData) => ({
	text: (name: string, most = 120): string =>
		String(data.get(name) ?? '')
			.trim()
			.slice(0, most),
	all: (name: string): string[] => data.getAll(name).map(String).slice(0, 60),
	number: (name: string): number => Math.trunc(Number(data.get(name) || 0)) || 0,
	isOn: (name: string): boolean => data.get(name) === 'on',
});

const oneOf = <T extends string>(known: readonly T[], value: string, fallback: T): T => known.find((one) => one === value) ?? fallback;

const OUTCOMES: readonly JourneyOutcome[] = ['stayed', 'left-early', 'no-show'];
const outcomesOf = (all: readonly string[]): JourneyOutcome[] => OUTCOMES.filter((one) => all.includes(one));
const EMPTY = { match: 'all', groups: [] } as const;

/** A draft with a name and nothing else. */
export const newJourney = (name: string): JourneyDefinition => ({
	...{ name, trigger: { kind: 'form', forms: [] }, audience: EMPTY, reentry: { kind: 'once', days: 30 }, goal: EMPTY, exit: EMPTY },
	...{ steps: [{ id: 's1', next: '', kind: 'end' }], agreedToEverybody: false },
});

/** A trigger of a kind, before anything was chosen. */
export function blankTrigger(kind: string): Trigger {
	switch (kind) {
		case 'event':
			return { kind, types: [], about: '' };
		case 'stage':
			return { kind, to: [] };
		case 'score':
			return { kind, least: 50 };
		case 'segment':
			return { kind, segmentId: '', takesPresent: false };
		case 'date':
			return { kind, of: 'silent', days: 90, day: '' };
		case 'webinar':
			return { kind, outcomes: [], webinarId: '' };
		default:
			return { kind: 'form', forms: [] };
	}
}

/** Name, trigger and re-entry as a form has them. */
export function readBegin(data: FormData, draft: JourneyDefinition): JourneyDefinition {
	const { text, number, isOn } = answers(data);
	return {
		...draft,
		name: text('name', 80),
		trigger: readTrigger(data),
		reentry: { kind: oneOf(['once', 'each', 'after'] as const, text('reentry'), 'once'), days: number('reentryDays') },
		agreedToEverybody: isOn('agree'),
	};
}

function readTrigger(data: FormData): Trigger {
	const { text, all, number, isOn } = answers(data);
	const kind = text('kind');
	switch (kind) {
		case 'event':
			return { kind, types: all('types'), about: text('about') };
		case 'stage':
			return { kind, to: all('to') };
		case 'score':
			return { kind, least: number('least') };
		case 'segment':
			return { kind, segmentId: text('segmentId'), takesPresent: isOn('takesPresent') };
		case 'date':
			return { kind, of: oneOf(['silent', 'known', 'day'] as const, text('of'), 'silent'), days: number('days'), day: text('day') };
		case 'webinar':
			return { kind, outcomes: outcomesOf(all('outcomes')), webinarId: text('webinarId') };
		default:
			return { kind: 'form', forms: all('forms') };
	}
}

/** A step of a kind, before anything was chosen. */
export function blankStep(id: string, kind: StepKind): Step {
	const common = { id, next: '' };
	switch (kind) {
		case 'wait':
			return {
				...{ ...common, kind, mode: 'for', span: { amount: 1, unit: 'days' }, days: 0, time: '09:00', workdays: true, types: [], about: '' },
				late: '',
			};
		case 'branch':
			return { ...common, kind, test: 'conditions', conditions: EMPTY, segmentId: '', outcomes: [], yes: '' };
		case 'split':
			return { ...common, kind, arms: [{ weight: 50, to: '' }, { weight: 50, to: '' }] }; // prettier-ignore
		case 'message':
			return { ...common, kind, template: '', channel: 'mail', latestHours: 72 };
		case 'task':
			return { ...common, kind, text: '', days: 2 };
		case 'tag':
			return { ...common, kind, tag: '', act: 'put' };
		case 'stage':
			return { ...common, kind, move: 'state:open' };
		case 'webhook':
			return { ...common, kind, name: '' };
		case 'end':
			return { ...common, kind };
	}
}

/** A step as its form has it; conditions of a branch are read by their own editor. */
export function readStep(data: FormData, step: Step): Step {
	const { text, all, number, isOn } = answers(data);
	const next = text('next');
	switch (step.kind) {
		case 'wait':
			return {
				...{ ...step, next, late: text('late'), days: number('days'), time: text('time'), workdays: isOn('workdays') },
				mode: oneOf(['for', 'time', 'event'] as const, text('mode'), 'for'),
				span: { amount: number('amount'), unit: oneOf(['minutes', 'hours', 'days'] as const, text('unit'), 'days') },
				...{ types: all('types'), about: text('about') },
			};
		case 'branch':
			return {
				...{ ...step, next, yes: text('yes'), segmentId: text('segmentId'), outcomes: outcomesOf(all('outcomes')) },
				test: oneOf(['conditions', 'segment', 'outcome'] as const, text('test'), 'conditions'),
			};
		case 'split': {
			const arms = [0, 1, 2, 3].map((at) => ({ weight: number(`weight${at}`), to: text(`to${at}`) })).filter(({ weight }) => weight !== 0);
			return { ...step, arms };
		}
		case 'message':
			return { ...step, next, template: text('template'), latestHours: number('latestHours') };
		case 'task':
			return { ...step, next, text: text('text', 200), days: number('days') };
		case 'tag':
			return { ...step, next, tag: text('tag'), act: oneOf(['put', 'take'] as const, text('act'), 'put') };
		case 'stage':
			return { ...step, next, move: oneOf(['state:open', 'stage:opportunity'] as const, text('move'), 'state:open') };
		case 'webhook':
			return { ...step, next, name: text('name', 60) };
		case 'end':
			return step;
	}
}

/** The list with a new step after the one at `after` (-1: as the first); its id, which nothing had before. */
export function withStep(steps: readonly Step[], after: number, kind: StepKind): { readonly steps: readonly Step[]; readonly id: string } {
	const taken = steps.map(({ id }) => Number(/^s(\d+)$/.exec(id)?.[1] ?? 0));
	const id = `s${Math.max(0, ...taken) + 1}`;
	return { id, steps: steps.toSpliced(after + 1, 0, blankStep(id, kind)) };
}

/** The list without a step: what led to it goes on where it went on. */
export function withoutStep(steps: readonly Step[], id: string): readonly Step[] {
	const index = steps.findIndex((step) => step.id === id);
	const gone = steps[index];
	if (!gone) return steps;
	const instead = gone.next || (steps[index + 1]?.id ?? '');
	const led = (pointer: string): string => (pointer === id ? instead : pointer);
	return steps
		.filter((step) => step !== gone)
		.map((step): Step => {
			const next = led(step.next);
			if (step.kind === 'branch') return { ...step, next, yes: led(step.yes) };
			if (step.kind === 'wait') return { ...step, next, late: led(step.late) };
			if (step.kind === 'split') return { ...step, arms: step.arms.map((arm) => ({ ...arm, to: led(arm.to) })) };
			return { ...step, next };
		});
}

/** The list with a step one place further up (-1) or down (1). */
export function movedStep(steps: readonly Step[], id: string, by: 1 | -1): readonly Step[] {
	const index = steps.findIndex((step) => step.id === id);
	const step = steps[index];
	if (!step || index + by < 0 || index + by >= steps.length) return steps;
	return steps.toSpliced(index, 1).toSpliced(index + by, 0, step);
}
