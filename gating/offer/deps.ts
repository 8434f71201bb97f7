import type { Snapshot } from '#cms/content.ts';
import type { Now } from '#kernel/clock.ts';
import type { Database } from '#kernel/database.ts';
import type { Random } from '#kernel/id.ts';
import type { Keys } from '#kernel/keys.ts';

import type { GuessLimits } from './guess-limits.ts';

/** What offers and redemptions are made with. */
export interface OfferDeps {
	readonly db: Database;
	readonly keys: Keys;
	readonly now: Now;
	readonly random: Random;
	readonly timeZone: () => string;
	readonly content: () => Snapshot;
	readonly guesses: GuessLimits;
}
