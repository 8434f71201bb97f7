import { EVENT_TYPES } from '../event/catalog.ts';
import { MOVES, OUTCOMES, STEP_KINDS, TESTS, TRIGGERS, UNITS, WAITS, WRITTEN_CHANNELS } from './definition.ts';
import { SHIPPED } from './shipped.ts';

/** What forms offer, in their order. */
export const CHOICES = Object.freeze({
	triggers: TRIGGERS,
	steps: STEP_KINDS,
	waits: WAITS,
	units: UNITS,
	tests: TESTS,
	outcomes: OUTCOMES,
	moves: MOVES,
	channels: WRITTEN_CHANNELS,
	events: EVENT_TYPES,
	shipped: SHIPPED,
});
