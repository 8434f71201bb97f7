import type { Staff } from '#gating';
import { type Hall } from '#tests/support/webinars.ts';
import type { RoomAct, StudioAct } from '#webinar';

import { event } from '../../gating/schema.ts';

export type Viewer = Awaited<ReturnType<Hall['attend']>>;
/** Half a minute into the session of a hall. */
export const LIVE = '2026-03-03T10:00:30Z';
export const HOST: Staff = { id: 'hanna', name: 'Hanna Host', role: 'host' };

/** A hall with its host at the studio. */
export async function studioOf(hall: Hall) {
	const occurrenceId = await hall.occurrenceId();
	const host = () => hall.hall.stage.requireHost(HOST, { actor: 'staff:hanna', origin: '' }, occurrenceId);
	const act = async (does: StudioAct) => hall.hall.studio.act(await host(), does);
	return {
		...{ occurrenceId, host, act },
		does: async (viewer: Viewer, input: RoomAct) => hall.hall.interact({ slug: 'sizing', visitor: await viewer.who(), ...input }),
		board: async () => (await hall.hall.studio.board(occurrenceId))!,
		seen: () => hall.hall.stream.since(occurrenceId, 0),
		/** Types of the events that were recorded. */
		types: async () => (await hall.gate.db.read.select({ type: event.type }).from(event)).map(({ type }) => type),
		/** Does what makes something; returns its id. */
		made: async (does: StudioAct): Promise<string> => {
			const outcome = await act(does);
			if (outcome.status !== 'done') throw new Error(JSON.stringify(outcome));
			return outcome.id ?? '';
		},
	};
}

/** A poll of three answers that opens at once. */
export const poll = (over: Partial<Extract<StudioAct, { act: 'plan-poll' }>> = {}): StudioAct => ({
	...{
		act: 'plan-poll',
		opens: true,
		form: 'single',
		question: 'Which?',
		options: ['A', 'B', 'C'],
		correct: [],
		points: 10,
		seconds: 0,
		shows: 'live',
	},
	...over,
});
