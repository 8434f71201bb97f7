import type { App } from '#app';
import type { Locale } from '#cms/content.ts';
import type { Texts } from '#kernel/texts/index.ts';

import type { ConditionSource } from './conditions.ts';

/** What the words and choices of conditions are made of at this moment. */
export async function conditionSource({ gating, cms }: Pick<App, 'gating' | 'cms'>, texts: Texts, locale: Locale): Promise<ConditionSource> {
	const [tags, channels, imports] = [await gating.tags.catalogue(), await gating.channels.tree(), await gating.imports.names()];
	return { texts, locale, snapshot: cms.snapshot(), tags, channels, imports };
}
