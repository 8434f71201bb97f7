import type { App } from '#app';
import type { Locale } from '#cms/content.ts';
import type { Texts } from '#kernel/texts/index.ts';

import { conditionSource } from './condition-source.ts';
import type { JourneySource } from './journey.ts';

/** What the words and choices of journeys are made of at this moment. */
export async function journeySource(app: Pick<App, 'gating' | 'cms'>, texts: Texts, locale: Locale): Promise<JourneySource> {
	return { ...(await conditionSource(app, texts, locale)), segments: (await app.gating.segments.list()).filter(({ isArchived }) => !isArchived) };
}
