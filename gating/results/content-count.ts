import { DAY_MS } from '#kernel/clock.ts';

import { durationsOf } from '../funnel/tally.ts';

/** What somebody did with a content. Instants in epoch milliseconds. */
export interface Reading {
	/** `p:<lead id>` of somebody known, `v:<visitor id>` of a browser that agreed to be measured. */
	readonly reader: string;
	readonly at: number;
	readonly type: string;
	readonly subject: string;
	/** Proved seconds, and the deepest share of the page seen in percent; 0 without. */
	readonly seconds: number;
	readonly depth: number;
}

/** One content in a period. */
export interface ContentLine {
	readonly subject: string;
	/** People and browsers that looked at it. */
	readonly readers: number;
	readonly views: number;
	/** Proved seconds of everybody, and the middle one of those with any. */
	readonly seconds: number;
	readonly medianSeconds: number | null;
	/** Of readers whose attention was measured: how many, and how many saw nine tenths. */
	readonly measured: number;
	readonly finished: number;
	readonly downloads: number;
	readonly requests: number;
	/** Leads that were made or moved on in the period after something they did with it. */
	readonly influenced: number;
	/** What readers went to most within a week after; null where nobody went on. */
	readonly next: { readonly subject: string; readonly count: number } | null;
}

/** Seen so much, a content counts as read to its end, in percent. */
export const TO_THE_END = 90;
const NEXT_MS = 7 * DAY_MS;
/** How far back something read may have had a part in a step of a lead. */
export const INFLUENCE_MS = 90 * DAY_MS;

/** When leads were made or moved on, by lead, ascending. */
export type Steps = ReadonlyMap<string, readonly number[]>;

const REQUESTS: ReadonlySet<string> = new Set(['form.submitted']);
const DOWNLOADS: ReadonlySet<string> = new Set(['download', 'document.open']);

/** One line for each content of `readings` that `isShown` names, most readers first; `readings` may hold others that were gone to next. */
export function countContent(readings: readonly Reading[], steps: Steps, isShown: (subject: string) => boolean): ContentLine[] {
	const next = nextSteps(readings, isShown);
	const groups = Map.groupBy(
		readings.filter(({ subject }) => isShown(subject)),
		({ subject }) => subject,
	);
	const lines = [...groups].map(([subject, own]): ContentLine => {
		const attention = attentionOf(own);
		const seconds = [...attention.values()].map((one) => one.seconds).filter((one) => one > 0);
		const [most] = next.get(subject) ?? [];
		return {
			subject,
			readers: new Set(own.map(({ reader }) => reader)).size,
			views: own.filter(({ type }) => type === 'page.view').length,
			seconds: seconds.reduce((sum, one) => sum + one, 0),
			medianSeconds: durationsOf(seconds)?.median ?? null,
			measured: attention.size,
			finished: [...attention.values()].filter(({ depth }) => depth >= TO_THE_END).length,
			downloads: own.filter(({ type }) => DOWNLOADS.has(type)).length,
			requests: own.filter(({ type }) => REQUESTS.has(type)).length,
			influenced: influencedBy(own, steps).size,
			next: most ?? null,
		};
	});
	return lines.sort((one, other) => other.readers - one.readers || (one.subject < other.subject ? -1 : 1));
}

/** Seconds of each reader in all, and how deep they came at most. */
export function attentionOf(readings: readonly Reading[]): ReadonlyMap<string, { readonly seconds: number; readonly depth: number }> {
	const found = new Map<string, { seconds: number; depth: number }>();
	for (const { reader, type, seconds, depth } of readings) {
		if (type !== 'content.attention') continue;
		const own = found.get(reader) ?? { seconds: 0, depth: 0 };
		found.set(reader, { seconds: own.seconds + seconds, depth: Math.max(own.depth, depth) });
	}
	return found;
}

/** How many of those measured came to each part of a content that has so many: its pages, or quarters. A part counts when half of it was seen. */
export function completionOf(depths: readonly number[], parts: number): number[] {
	return Array.from({ length: parts }, (_, part) => depths.filter((depth) => depth >= ((part + 0.5) / parts) * 100).length);
}

/** Leads that something here came before a step of, at most {@link INFLUENCE_MS} before. */
export function influencedBy(readings: readonly Reading[], steps: Steps): ReadonlySet<string> {
	const influenced = new Set<string>();
	for (const { reader, at } of readings) {
		const leadId = reader.startsWith('p:') ? reader.slice(2) : '';
		if (leadId !== '' && !influenced.has(leadId) && steps.get(leadId)?.some((step) => step >= at && step - at <= INFLUENCE_MS))
			influenced.add(leadId);
	}
	return influenced;
}

/** Where readers of a content went next: the first other content within a week after, once for each reader and pair. The most frequent first. */
export function nextSteps(
	readings: readonly Reading[],
	isShown: (subject: string) => boolean,
): ReadonlyMap<string, readonly { readonly subject: string; readonly count: number }[]> {
	const counts = new Map<string, Map<string, number>>();
	for (const own of Map.groupBy(readings, ({ reader }) => reader).values()) {
		const ordered = own.toSorted((one, other) => one.at - other.at);
		const seen = new Set<string>();
		for (const [index, { subject, at }] of ordered.entries()) {
			if (!isShown(subject)) continue;
			const following = ordered.slice(index + 1).find((one) => one.subject !== subject);
			if (!following || following.at - at > NEXT_MS || seen.has(`${subject}\n${following.subject}`)) continue;
			seen.add(`${subject}\n${following.subject}`);
			const to = counts.get(subject) ?? new Map<string, number>();
			counts.set(subject, to);
			to.set(following.subject, (to.get(following.subject) ?? 0) + 1);
		}
	}
	const listed = (to: ReadonlyMap<string, number>) =>
		[...to].map(([subject, count]) => ({ subject, count })).sort((one, other) => other.count - one.count || (one.subject < other.subject ? -1 : 1));
	return new Map([...counts].map(([subject, to]) => [subject, listed(to)]));
}
