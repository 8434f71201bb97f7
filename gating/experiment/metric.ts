/**
 * What an experiment can be measured by, each a thing that a browser or its person does once: an event of the catalogue (`subject` begins
 * so), a paper opened by a proved address, a browser that joined its person, a stage its lead reached.
 */
export const METRICS = {
	form: { from: 'event', type: 'form.submitted', subject: '' },
	unlocked: { from: 'grant', subject: 'white_papers:' },
	download: { from: 'event', type: 'download', subject: '' },
	webinar: { from: 'event', type: 'webinar.registered', subject: '' },
	quote: { from: 'event', type: 'form.submitted', subject: 'quote' },
	/** Of the call to action; at a place that is a slot, of its pieces. */
	click: { from: 'event', type: 'cta.click', subject: '' },
	/** A piece of the slot that the numbers are of; no measure of an experiment. */
	slot: { from: 'event', type: 'slot.click', subject: '' },
	known: { from: 'visitor' },
	mql: { from: 'stage', stage: 'mql' },
} as const;

export type Metric = keyof typeof METRICS;
export const METRIC_NAMES = (Object.keys(METRICS) as readonly Metric[]).filter((name) => name !== 'slot');
export const isMetric = (name: string): name is Metric => (METRIC_NAMES as readonly string[]).includes(name);
