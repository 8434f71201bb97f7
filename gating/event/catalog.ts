import { choice, count, type PropsOf, type PropsSpec, text } from './props.ts';

/** Where an event may come from: a browser's beacon, or the hub itself. */
export type EventSource = 'browser' | 'server';

export interface EventKind {
	/** Raised when the props change; older events pass through {@link upgrade}. */
	readonly version: number;
	readonly source: EventSource;
	/** The consent it needs, or null: kept on a basis of its own, as part of what the person asked for. */
	readonly purpose: 'analytics' | null;
	readonly subject: 'required' | 'optional';
	/** What is stored with it. */
	readonly props: PropsSpec;
	/** What a browser sends, where that differs from what is stored. */
	readonly sent?: PropsSpec;
}

const LOCALE = choice('en', 'zh-CN');
const HASH = text(64);
const occurrence = { occurrenceId: text(64) } as const;
/** What a list of another platform tells. */
const SOURCE = choice('import').optional();

/** Every behaviour that Foyer records. The words for each are in `kernel/texts`, section scoring, by type. */
export const CATALOG = {
	'page.view': {
		version: 1,
		source: 'browser',
		purpose: 'analytics',
		subject: 'optional',
		props: { path: text(300).optional(), referrer: text(200).optional() },
	},
	/** Seconds come from signed beats, never from the browser's word; depth is the deepest share of the page seen, in percent. */
	'content.attention': {
		version: 1,
		source: 'browser',
		purpose: 'analytics',
		subject: 'required',
		props: { seconds: count(86_400), depth: count(100) },
		sent: { beat: text(1_000), depth: count(100) },
	},
	/** The query itself may be personal: only its keyed hash is kept here. The subject is the topic (`terms:<id>`) that its first hits share. */
	'search.query': {
		version: 1,
		source: 'browser',
		purpose: 'analytics',
		subject: 'optional',
		props: { results: count(1_000_000), locale: LOCALE, queryHash: HASH },
	},
	'search.click': {
		version: 1,
		source: 'browser',
		purpose: 'analytics',
		subject: 'required',
		props: { position: count(1_000), queryHash: HASH.optional() },
	},
	'cta.click': { version: 1, source: 'browser', purpose: 'analytics', subject: 'optional', props: { name: text(80) } },
	'document.open': {
		version: 1,
		source: 'browser',
		purpose: 'analytics',
		subject: 'required',
		props: { kind: choice('datasheet', 'cad', 'manual', 'certificate') },
	},
	/** A piece in a slot of the site was followed. */
	'slot.click': { version: 1, source: 'browser', purpose: 'analytics', subject: 'required', props: { slot: text(80), position: count(100) } },
	/** A product was put into a brochure that was then made. */
	brochure: { version: 1, source: 'browser', purpose: 'analytics', subject: 'required', props: { products: count(12) } },
	'video.play': { version: 1, source: 'browser', purpose: 'analytics', subject: 'required', props: { percent: count(100) } },
	'form.submitted': { version: 1, source: 'server', purpose: null, subject: 'required', props: { form: text(80) } },
	download: { version: 1, source: 'server', purpose: null, subject: 'required', props: { locale: LOCALE.optional() } },
	'offer.claimed': { version: 1, source: 'server', purpose: null, subject: 'required', props: { kind: text(40) } },
	/** By the dealer, once for each code. */
	'offer.redeemed': { version: 1, source: 'server', purpose: null, subject: 'required', props: { dealer: text(120) } },
	'webinar.registered': { version: 1, source: 'server', purpose: null, subject: 'required', props: { ...occurrence, source: SOURCE } },
	'webinar.joined': { version: 1, source: 'server', purpose: null, subject: 'required', props: occurrence },
	'webinar.attended': {
		version: 1,
		source: 'server',
		purpose: null,
		subject: 'required',
		props: { ...occurrence, minutes: count(1_440), source: SOURCE },
	},
	/** Different minutes of a recording, watched afterwards or on demand. */
	'webinar.replay': { version: 1, source: 'server', purpose: null, subject: 'required', props: { ...occurrence, minutes: count(1_440) } },
	'webinar.chat': { version: 1, source: 'server', purpose: null, subject: 'required', props: occurrence },
	/** `score` is 0 to 10, where the survey asks for one. */
	'webinar.survey': { version: 1, source: 'server', purpose: null, subject: 'required', props: { ...occurrence, score: count(10).optional() } },
	/** A question after the end. */
	'webinar.asked': { version: 1, source: 'server', purpose: null, subject: 'required', props: occurrence },
	'webinar.certificate': { version: 1, source: 'server', purpose: null, subject: 'required', props: occurrence },
	/** A series or a speaker, to hear of the next webinar. */
	'webinar.followed': { version: 1, source: 'server', purpose: null, subject: 'required', props: {} },
	/** A link of a mail was followed, and something done on its page. */
	'mail.click': { version: 1, source: 'server', purpose: null, subject: 'required', props: { origin: text(80) } },
	'webinar.poll': { version: 1, source: 'server', purpose: null, subject: 'required', props: { ...occurrence, poll: text(80) } },
	'webinar.question': { version: 1, source: 'server', purpose: null, subject: 'required', props: occurrence },
	'webinar.hand': { version: 1, source: 'server', purpose: null, subject: 'required', props: occurrence },
	'webinar.resource': { version: 1, source: 'server', purpose: null, subject: 'required', props: occurrence },
	/** What a call to action of the room asked for, by what was pressed. */
	'webinar.buy': { version: 1, source: 'server', purpose: null, subject: 'required', props: occurrence },
	'webinar.demo': { version: 1, source: 'server', purpose: null, subject: 'required', props: occurrence },
	'webinar.quote': { version: 1, source: 'server', purpose: null, subject: 'required', props: occurrence },
} as const satisfies Record<string, EventKind>;

export type EventType = keyof typeof CATALOG;
export type ServerEventType = { [T in EventType]: (typeof CATALOG)[T]['source'] extends 'server' ? T : never }[EventType];
export type EventProps<T extends EventType> = PropsOf<(typeof CATALOG)[T]['props']>;

export const EVENT_TYPES = Object.keys(CATALOG) as readonly EventType[];

/** Types whose payload holds words that a browser chose: paths, hosts, names. */
export const WORDED_TYPES: readonly EventType[] = EVENT_TYPES.filter((type) => {
	const { source, props } = CATALOG[type];
	return source === 'browser' && Object.entries(props).some(([name, { spec }]) => spec.kind === 'text' && name !== 'queryHash');
});

/** Looks a type up; null when the catalogue has no such event. */
export function eventKind(type: string): EventKind | null {
	return Object.hasOwn(CATALOG, type) ? CATALOG[type as EventType] : null;
}

type StoredProps = Readonly<Record<string, string | number | boolean>>;
export interface StoredEvent {
	readonly type: string;
	readonly version: number;
	readonly props: StoredProps;
}

/** Steps from one version of a type's props to the next: `STEPS[type][version]` makes version + 1. */
const STEPS: Readonly<Record<string, Readonly<Record<number, (props: StoredProps) => StoredProps>>>> = {};

/** Whether older events of a type have another shape than new ones. */
export const hasOlderShapes = (type: string): boolean => Object.hasOwn(STEPS, type);

/** The event in the present shape of its type, so that scoring reads one shape. Types that left the catalogue pass unchanged. */
export function upgrade<E extends StoredEvent>(event: E, steps = STEPS): E {
	let { version, props } = event;
	for (let step = steps[event.type]?.[version]; step; step = steps[event.type]?.[version]) {
		props = step(props);
		version++;
	}
	return version === event.version ? event : { ...event, version, props };
}
