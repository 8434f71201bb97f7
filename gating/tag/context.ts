import type { Snapshot } from '#cms/content.ts';
import type { Now } from '#kernel/clock.ts';
import type { Database } from '#kernel/database.ts';
import type { Random } from '#kernel/id.ts';
import type { Keys } from '#kernel/keys.ts';

import { channelTree } from '../channel/tree.ts';
import { lookupHash } from '../identity/lookup.ts';
import { type Tag, tagCatalogue } from './catalogue.ts';
import type { PlanContext } from './plan.ts';

export interface TagsDeps {
	readonly db: Database;
	readonly keys: Keys;
	readonly now: Now;
	readonly random: Random;
	readonly content: () => Snapshot;
}

/** Everything that conditions are read with at this moment, and the catalogue. */
export async function contextOf({ db, keys, now, content }: TagsDeps): Promise<PlanContext & { readonly tags: readonly Tag[] }> {
	const snapshot = content();
	const tags = await tagCatalogue(db.read, snapshot);
	const rules = new Map(tags.filter(({ isArchived }) => !isArchived).map(({ code, rule }) => [code, rule]));
	const tree = await channelTree(db.read);
	const under = (code: string): string[] => [code, ...tree.filter(({ parent }) => parent === code).flatMap((one) => under(one.code))];
	const { whitePapers, cases, articles, products, webinars, terms } = snapshot;
	const items = [...whitePapers, ...cases, ...articles, ...products, ...webinars];
	return {
		tags,
		now: now(),
		hash: (kind, value) => lookupHash(keys, { kind, value }),
		subjectsOf: (topic) => [
			...items.filter(({ topics }) => topics.includes(topic)).map(({ type, id }) => `${type}:${id}`),
			...terms.filter(({ kind, slug }) => kind === 'topic' && slug === topic).map(({ id }) => `terms:${id}`),
		],
		channelsUnder: under,
		ruleOf: (code) => rules.get(code) ?? null,
	};
}
