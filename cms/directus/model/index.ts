/** The content model as code: 19 collections, languages as columns, one junction. `provision.ts` brings it into Directus. */
import { catalogueCollections } from './catalogue.ts';
import { type Collection, type Words, wordKey } from './field.ts';
import { meetingCollections } from './meeting.ts';
import { readingCollections } from './reading.ts';
import { steeringCollections } from './steering.ts';

export { folders, GATED_FOLDER, PUBLIC_FOLDER } from './folder.ts';

export const collections: readonly Collection[] = [...readingCollections, ...catalogueCollections, ...meetingCollections, ...steeringCollections];

/** Folders of the Studio's navigation; they have no table and do not count as collections. */
export const groups: readonly { readonly collection: string; readonly label: Words; readonly icon: string }[] = [
	{ collection: 'reading', label: ['Reading', '阅读内容'], icon: 'menu_book' },
	{ collection: 'catalogue', label: ['Catalogue', '产品目录'], icon: 'inventory_2' },
	{ collection: 'meetings', label: ['Meetings', '会议'], icon: 'groups' },
	{ collection: 'steering', label: ['Steering', '站点管理'], icon: 'tune' },
];

export const tabs: readonly { readonly tab: 'main' | 'en' | 'zh' | 'publish'; readonly label: Words }[] = [
	{ tab: 'main', label: ['Item', '条目'] },
	{ tab: 'en', label: ['English', 'English'] },
	{ tab: 'zh', label: ['中文', '中文'] },
	{ tab: 'publish', label: ['Publishing', '发布'] },
];

/** Words that options name by `$t:`, by key. */
export function words(): ReadonlyMap<string, Words> {
	const all = collections.flatMap(({ fields }) => fields.flatMap((field) => field.words ?? []));
	return new Map(all.map((entry) => [wordKey(entry), entry]));
}
