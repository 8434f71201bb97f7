import { allOf, condition, type Conditions } from '../tag/condition.ts';
import type { JourneyDefinition } from './definition.ts';

/**
 * The conditions whose beginning to hold takes somebody in; null for triggers that are something happening, and for a segment that is gone.
 * A day of the calendar takes in its whole audience, once it has come.
 */
export function membershipOf({ trigger, audience }: JourneyDefinition, segments: ReadonlyMap<string, Conditions>): Conditions | null {
	switch (trigger.kind) {
		case 'score':
			return allOf(condition('score', { least: trigger.least }));
		case 'segment':
			return segments.get(trigger.segmentId) ?? null;
		case 'date':
			if (trigger.of === 'silent') return allOf(condition('active', { isNot: true, days: trigger.days }));
			return trigger.of === 'known' ? allOf(condition('known', { isNot: true, days: trigger.days })) : audience;
		case 'event':
		case 'form':
		case 'stage':
		case 'webinar':
			return null;
	}
}

/** Whether those for whom the conditions hold when it is published come in too. */
export const takesPresent = ({ trigger }: Pick<JourneyDefinition, 'trigger'>): boolean =>
	(trigger.kind === 'segment' && trigger.takesPresent) || (trigger.kind === 'date' && trigger.of === 'day');
