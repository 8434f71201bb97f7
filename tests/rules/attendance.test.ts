import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';

import { describe, expect, test } from 'vitest';

import { hubSeconds, type Rules } from '#tests/support/presence-hub.ts';
import { allowance, historyOf, truthSeconds } from '#tests/support/presence-oracle.ts';

import * as fold from '../../webinar/attendance/fold.ts';

const HISTORIES = 10_000;
const FOLD = new URL('../../webinar/attendance/fold.ts', import.meta.url);

/** The first of the histories in which the hub is further from the truth than it may be; null when there is none. */
async function firstWrong(rules: Rules, histories = HISTORIES): Promise<string | null> {
	for (let seed = 1; seed <= histories; seed++) {
		const history = historyOf(seed);
		const truth = truthSeconds(history);
		const { seconds, isLeftTold } = await hubSeconds(history, rules);
		if (Math.abs(seconds - truth) > allowance(history, isLeftTold))
			return `history ${seed}: ${seconds} s instead of ${truth} s, ${allowance(history, isLeftTold)} s allowed`;
	}
	return null;
}

/** What somebody might write instead, and what the fold says. */
const FAULTS: readonly (readonly [name: string, written: string, instead: string])[] = [
	['two devices count twice', 'from <= last.to + gap', 'gap > 0 && from <= last.to + gap'],
	['the time before the start counts', 'Math.max(from, startsAt.getTime())', 'from'],
	['the time after the end counts', 'Math.min(to, endsAt.getTime())', 'to'],
	['stays are taken in the order they came', '.sort((a, b) => a.from - b.from)', ''],
	['a stay within another cuts it short', 'to: Math.max(last.to, to)', 'to'],
	['stays outside of the programme count backwards', '.filter(({ from, to }) => from < to)', ''],
	['a stay does not grow with its beats', 'silence > 0 ? at : stay.lastSeenAt', 'stay.lastSeenAt'],
	['what a page says of a silence is not heard', 'LONGEST_CLAIM_MS = 5 * MINUTE_MS', 'LONGEST_CLAIM_MS = 4 * SECOND_MS'],
	['who slept was there all the time', 'at.getTime() - Math.max(0, awayMs)', 'at.getTime()'],
	['the media server counts beside the pages', '!told.some(', '!told.slice(0, 0).some('],
	['the media server is not heard', '[...told, ...untold]', '[...told]'],
	['a lone "left" does not say since when', 'joinedAt ?? at', 'at'],
	['a "joined" that comes late opens the session again', '(known?.endedAt ?? null)', 'null'],
	['the end of a session is not taken', 'endedAt ?? (source', '(source'],
];

describe('attendance against an oracle that counts by itself', () => {
	test(`${HISTORIES} random histories: within 5 s of an unbroken stay, 15 s with up to three breaks`, async () => {
		expect(await firstWrong(fold)).toBeNull();
	});

	test.each(FAULTS)('catches the fault: %s', async (_name, written, instead) => {
		const found = await firstWrong(await foldWith(written, instead));
		expect(found).toMatch(/^history \d+: /);
	});
});

/** The fold with one place of its text written otherwise. */
async function foldWith(written: string, instead: string): Promise<Rules> {
	const text = await readFile(FOLD, 'utf8');
	expect(text.split(written)).toHaveLength(2);
	const alone = text
		.replace(written, instead)
		.replace(/^import type .*$/m, '')
		.replace(/^import \{ MINUTE_MS, SECOND_MS \}.*$/m, 'const SECOND_MS = 1_000, MINUTE_MS = 60_000;');
	return (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(stripTypeScriptTypes(alone))}`)) as Rules;
}
