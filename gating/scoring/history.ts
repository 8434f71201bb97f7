import { withoutOverlap } from '../event/beat.ts';
import { type StoredEvent, upgrade } from '../event/catalog.ts';

/** A behaviour event as the fold reads it. */
export interface ScoredEvent extends StoredEvent {
	readonly id: string;
	readonly at: Date;
	readonly personId: string;
	readonly subject: string;
}

/** Events by type, each list newest first. */
export type History = ReadonlyMap<string, readonly ScoredEvent[]>;

/** Each event once, in its present shape: under a cap, what counts most now comes first. Attention is cut where a person's runs overlap. */
export function historyOf(events: readonly ScoredEvent[]): History {
	const byId = new Map<string, ScoredEvent>();
	for (const event of events) byId.set(event.id, upgrade(event));
	const history = new Map<string, ScoredEvent[]>();
	for (const event of byId.values()) {
		const same = history.get(event.type);
		if (same) same.push(event);
		else history.set(event.type, [event]);
	}
	const attention = history.get('content.attention');
	if (attention) history.set('content.attention', cut(attention));
	for (const same of history.values()) same.sort((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1));
	return history;
}

/** Attention with the seconds that count: those of one person never overlap. */
export function cut(attention: readonly ScoredEvent[]): ScoredEvent[] {
	const runs = new Map<string, { id: string; at: Date; seconds: number }[]>();
	for (const { id, at, personId, props } of attention) {
		const own = runs.get(personId) ?? [];
		own.push({ id, at, seconds: Number(props['seconds']) });
		runs.set(personId, own);
	}
	const seconds = new Map([...runs.values()].flatMap((own) => [...withoutOverlap(own)]));
	return attention.map((event) => ({ ...event, props: { ...event.props, seconds: seconds.get(event.id) ?? 0 } }));
}
