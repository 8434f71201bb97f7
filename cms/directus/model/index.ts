/** The content model as code: 20 collections, languages as columns, one junction. `provision.ts` brings it into Directus. */
import { askingCollections } from './asking.ts';
import { catalogueCollections } from './catalogue.ts';
import type { Collection } from './collection.ts';
import { SECTIONS, tabs } from './group.ts';
import { mailCollections } from './mail.ts';
import { meetingCollections } from './meeting.ts';
import { pageCollections } from './page.ts';
import { productCollections } from './product.ts';
import { readingCollections } from './reading.ts';
import { sellingCollections } from './selling.ts';
import { siteCollection } from './site.ts';
import { steeringCollections } from './steering.ts';
import { type Words, wordKey } from './words.ts';

export { folders, GATED_FOLDER, PUBLIC_FOLDER } from './folder.ts';

export const collections: readonly Collection[] = [
	...readingCollections,
	...pageCollections,
	...productCollections,
	...catalogueCollections,
	...sellingCollections,
	...meetingCollections,
	...steeringCollections,
	...mailCollections,
	...askingCollections,
	siteCollection,
];

/** Folders of the Studio's navigation; they have no table and do not count as collections. */
export const groups: readonly { readonly collection: string; readonly label: Words; readonly note: Words; readonly icon: string }[] = [
	{ collection: 'reading', label: ['Reading', '阅读内容'], note: ['What visitors read.', '访客阅读的内容。'], icon: 'menu_book' },
	{ collection: 'catalogue', label: ['Catalogue', '产品目录'], note: ['Products and who sells them.', '产品与经销。'], icon: 'inventory_2' },
	{ collection: 'meetings', label: ['Webinars', '研讨会'], note: ['Webinars and speakers.', '研讨会与讲者。'], icon: 'groups' },
	{
		collection: 'steering',
		label: ['Steering', '站点管理'],
		note: ['Terms, forms and what steers the site.', '分类、表单与站点规则。'],
		icon: 'tune',
	},
];

/** Words of the Studio's frame. */
export const FRAME = {
	openSite: ['Open the site', '打开网站'],
	openConsole: ['Open the console', '打开控制台'],
} as const satisfies Readonly<Record<string, Words>>;

/** Words that options name by `$t:`, by key. */
export function words(): ReadonlyMap<string, Words> {
	const all = [
		...collections.flatMap(({ note, list, fields }) => [
			note,
			...(list?.bookmarks ?? []).map(({ name }) => name),
			...fields.flatMap((field) => field.words),
		]),
		...groups.map(({ note }) => note),
		...Object.values(SECTIONS).map(({ label }) => label),
		...tabs.map(({ label }) => label),
		...Object.values(FRAME),
	];
	return new Map(all.map((entry) => [wordKey(entry), entry]));
}
