import type { Webinar } from '#cms/content.ts';
import type { Handle } from '#kernel/database.ts';

import type { Occurrence } from '../programme/occurrence.ts';
import { achievementsOf } from './achievements.ts';
import { judgeEligibility, NOTHING_DONE } from './eligibility.ts';

/** Days of replay that somebody earned beyond what everybody has, by the rules of the webinar; 0 for none. */
export async function replayDays(handle: Handle, { rewards }: Pick<Webinar, 'rewards'>, occurrence: Occurrence, personId: string): Promise<number> {
	const earned = rewards.filter(({ gives }) => gives === 'replay');
	if (earned.length === 0) return 0;
	const done = (await achievementsOf(handle, occurrence, [personId])).get(personId) ?? NOTHING_DONE;
	return Math.max(0, ...earned.filter(({ rule }) => judgeEligibility(rule, done).isEligible).map(({ days }) => days ?? 0));
}
