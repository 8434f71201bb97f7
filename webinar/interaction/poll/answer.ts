import { stableId } from '#kernel/id.ts';

import { eventOf, type Here, type Refusal, type RoomDeps } from '../here.ts';
import { roomLock } from '../log.ts';
import { judgeWords } from '../moderation.ts';
import { pollVote } from '../schema.ts';
import { type Answer, checkAnswer, pointsOf, takesAnswers } from './poll.ts';
import { ANSWER_CONTEXT } from './results.ts';
import { pollOf } from './run.ts';

export type Answered = { readonly status: 'accepted'; readonly seq: null } | Refusal;

/** Takes one answer of each to a poll that is open by the hub's clock. Results follow within a second. */
export async function answer({ db, now, gating }: RoomDeps, here: Here, key: string, given: Answer): Promise<Answered> {
	const { occurrence, registration, webinar } = here;
	const { personId } = registration;
	return db.write(
		async (tx): Promise<Answered> => {
			const at = now();
			const poll = await pollOf(tx, occurrence.id, key);
			if (!poll || !takesAnswers(poll, at)) return { status: 'closed' };
			const checked = checkAnswer(poll, given);
			if (checked.status === 'invalid') return checked;
			const { choices, text } = checked;
			const showing = text === null ? 'shown' : await judgeWords(tx, webinar.id, personId, text);
			if (showing === 'banned') return { status: 'banned' };
			const sealed = text === null ? null : await gating.people.seal(personId, ANSWER_CONTEXT, text, tx);
			const tookMs = at.getTime() - (poll.openedAt ?? at).getTime();
			const points = pointsOf(poll, choices);
			const taken = await tx
				.insert(pollVote)
				.values({ occurrenceId: occurrence.id, poll: key, personId, choices, sealed, showing, points, tookMs, at })
				.onConflictDoNothing()
				.returning({ poll: pollVote.poll });
			if (taken.length === 0) return { status: 'already-voted' };
			const { props, ...event } = eventOf(here, at);
			const id = stableId(`vote:${occurrence.id}:${key}:${personId}`);
			await gating.events.record(tx, { id, type: 'webinar.poll', ...event, props: { ...props, poll: key } });
			return { status: 'accepted', seq: null };
		},
		{ locks: roomLock(occurrence.id) },
	);
}
