import { asc } from 'drizzle-orm';

import type { LocalisedText, Snapshot } from '#cms/content.ts';
import type { Handle } from '#kernel/database.ts';

import { tag } from '../schema.ts';
import type { Conditions } from './condition.ts';
import { DEFAULT_TAGS, TAG_GROUPS, type TagGroup, topicTags } from './defaults.ts';

export interface Tag {
	readonly code: string;
	readonly group: TagGroup;
	readonly name: LocalisedText;
	/** Null: staff and lists say who carries it. */
	readonly rule: Conditions | null;
	/** Days that a mark holds; 0: until it is taken off. */
	readonly expiryDays: number;
	/** True for tags that ship or follow from the topics of the content. */
	readonly isShipped: boolean;
	readonly isArchived: boolean;
}

/** Every tag by group, archived ones included: what ships, changed by what staff made of it, and their own. */
export async function tagCatalogue(handle: Handle, { terms }: Pick<Snapshot, 'terms'>): Promise<readonly Tag[]> {
	const rows = await handle.select().from(tag).orderBy(asc(tag.createdAt), asc(tag.code));
	const changes = new Map(rows.map((row) => [row.code, row]));
	const shipped = [...DEFAULT_TAGS, ...topicTags(terms.filter(({ kind }) => kind === 'topic'))].map((one): Tag => {
		const change = changes.get(one.code);
		changes.delete(one.code);
		return change ? { ...tagOf(change), group: one.group, isShipped: true } : { ...one, expiryDays: 0, isShipped: true, isArchived: false };
	});
	const all = [...shipped, ...rows.filter(({ code }) => changes.has(code)).map(tagOf)];
	return TAG_GROUPS.flatMap((group) => all.filter((one) => one.group === group));
}

function tagOf({ code, group, nameEn, nameZh, rule, expiryDays, archivedAt }: typeof tag.$inferSelect): Tag {
	const known = TAG_GROUPS.find((one) => one === group) ?? 'imported';
	return { code, group: known, name: { en: nameEn, 'zh-CN': nameZh }, rule, expiryDays, isShipped: false, isArchived: archivedAt !== null };
}
