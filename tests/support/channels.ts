import type { Visitor } from '#gating';

import type { Gate } from './gate.ts';
import { PERSON } from './stranger.ts';

export const marketer = { actor: 'staff:m', origin: '', seesPeople: true };

export const stand = {
	name: 'Stand A12',
	channel: 'fair',
	path: '/white-papers/p1',
	code: 'hm26',
	campaign: 'Spring 2026',
	tactic: 'Hannover fair',
	expiresAt: null,
};

/** What tests of channels ask of the gate that runs. */
export function channelsOf(gate: () => Gate) {
	const channels = () => gate().gating.channels;
	return {
		channels,
		today: () => gate().clock.at.toISOString().slice(0, 10),
		counts: async (by: 'channel' | 'sourceId', key: string) => (await channels().counts(by, '2000-01-01', '2100-01-01')).get(key),
		landed: (visitor: Visitor, query = '?utm_source=hm26&utm_medium=fair&utm_id=hm26', over = {}) =>
			channels().visit({ query, referrer: null, subject: 'white_papers:p1', visitor, userAgent: PERSON, network: null, ...over }),
	};
}
