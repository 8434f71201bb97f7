import { createHash } from 'node:crypto';

import type { Prize, Winner } from './draw.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * What is published before a draw: SHA-256, in hexadecimal, of the seed and every entry in rising order, each on a line of its own without one
 * after the last. Whoever knows it can tell later that neither was changed.
 */
export function commitmentOf(seed: string, entries: readonly string[]): string {
	return sha256([seed, ...[...entries].sort()].join('\n'));
}

/** An entry's number in the draw: SHA-256, in hexadecimal, of seed, colon and entry. The lowest wins. */
export function ticketOf(seed: string, entry: string): string {
	return sha256(`${seed}:${entry}`);
}

/**
 * Who wins what: entries by their ticket, the lowest first, take the prizes in their order until either runs out. Anybody can work this out
 * again from the published seed and entries.
 */
export function winnersOf(seed: string, entries: readonly string[], prizes: readonly Pick<Prize, 'stock'>[]): Winner[] {
	const handedOut = prizes.flatMap(({ stock }, prize) => Array.from({ length: stock }, () => prize));
	return entries
		.map((entry) => ({ entry, ticket: ticketOf(seed, entry) }))
		.sort((a, b) => (a.ticket < b.ticket ? -1 : a.ticket > b.ticket ? 1 : a.entry < b.entry ? -1 : 1))
		.slice(0, handedOut.length)
		.map(({ entry }, at) => ({ entry, prize: handedOut[at]! }));
}
