import type { Keys } from '#kernel/keys.ts';

import type { ListedTag } from './tag-words.ts';

/** What an import shows of its file. */
export interface Sample {
	readonly headings: readonly string[];
	readonly rows: readonly (readonly string[])[];
	/** Of the newest dry run. */
	readonly tags: readonly ListedTag[];
}

const CONTEXT = 'import_batch.sample';

export const sealSample = (keys: Keys, dataKey: string, sample: Sample): Buffer => keys.seal(dataKey, CONTEXT, JSON.stringify(sample));
export const openSample = (keys: Keys, dataKey: string, sealed: Buffer): Sample => JSON.parse(keys.unseal(dataKey, CONTEXT, sealed)) as Sample;

/** The same with the tags that a dry run found. */
export function withTags(keys: Keys, batch: { readonly dataKey: string; readonly sample: Buffer | null }, tags: readonly ListedTag[]): Buffer | null {
	return batch.sample && sealSample(keys, batch.dataKey, { ...openSample(keys, batch.dataKey, batch.sample), tags });
}
