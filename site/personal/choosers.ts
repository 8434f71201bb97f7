import type { App } from '#app';
import type { Chooser } from '#site/edge/splice/choose.ts';

import { experimentChooser } from './experiments.ts';
import { createRanking } from './ranking.ts';

/** Everything that decides what stands in the holes of pages, in order: later ones win, hole by hole. */
export function createChoosers(app: App): readonly Chooser[] {
	return [createRanking(app), experimentChooser(app)];
}
