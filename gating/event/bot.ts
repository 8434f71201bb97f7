import { isbot } from 'isbot';

import { createRecent } from '#kernel/recent.ts';

const REMEMBERED_AGENTS = 2_000;
const LONGEST_AGENT = 500;

/** Returns a test of user agents: true for known bots, scanners and prefetchers, and for none at all. */
export function createBotTest(): (userAgent: string) => boolean {
	const known = createRecent<string, boolean>(REMEMBERED_AGENTS);
	return (userAgent) => {
		if (userAgent === '') return true;
		const agent = userAgent.slice(0, LONGEST_AGENT);
		let answer = known.get(agent);
		if (answer === undefined) known.set(agent, (answer = isbot(agent)));
		return answer;
	};
}
