import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import type { Row } from '../client.ts';

const FOLDER = fileURLToPath(new URL('./content/', import.meta.url));

/** The sample company as it is written in `content/`. Texts end in `_en` and `_zh`, references are slugs. */
export interface Source {
	readonly site: Row;
	readonly terms: readonly Row[];
	readonly forms: readonly Row[];
	readonly consents: readonly Row[];
	readonly speakers: readonly Row[];
	readonly categories: readonly Row[];
	readonly products: readonly Row[];
	readonly papers: readonly Row[];
	readonly cases: readonly Row[];
	readonly articles: readonly Row[];
	readonly webinars: readonly Row[];
	readonly pages: readonly Row[];
	readonly banners: readonly Row[];
	readonly slots: readonly Row[];
	readonly searchRules: readonly Row[];
	readonly mailTemplates: readonly Row[];
	readonly dealers: readonly Row[];
	readonly offers: readonly Row[];
}

/** Reads all of it; a file that is not there counts as empty. @throws Error naming a file that is no JSON. */
export async function readSource(): Promise<Source> {
	const categories = inTree(await folderOf('categories'));
	const list = (name: string): Promise<readonly Row[]> => readJson(`${name}.json`, [] as readonly Row[]);
	return {
		site: await readJson('site.json', {} as Row),
		terms: await list('terms'),
		forms: await list('forms'),
		consents: await list('consents'),
		speakers: await list('speakers'),
		categories,
		products: inOrder(
			(await folderOf<readonly Row[]>('products')).flat(),
			categories.map(({ slug }) => String(slug)),
			'category',
		),
		papers: await readPapers(),
		cases: await folderOf('cases'),
		articles: await folderOf('articles'),
		webinars: await list('webinars'),
		pages: await list('pages'),
		banners: await list('banners'),
		slots: await list('slots'),
		searchRules: await list('search-rules'),
		mailTemplates: await list('mail-templates'),
		dealers: await list('dealers'),
		offers: await list('offers'),
	};
}

/** Each of the company's lines before what belongs to it. */
function inTree(rows: readonly Row[]): Row[] {
	const lines = inOrder(
		rows.filter(({ parent }) => !parent),
		CATEGORY_ORDER,
	);
	return lines.flatMap((line) => [line, ...inOrder(rows, SUB_ORDER).filter(({ parent }) => parent === line['slug'])]);
}

/** The order in which the company shows its lines. */
const CATEGORY_ORDER = ['motors', 'servo-drives', 'frequency-converters', 'gear-units', 'sensors', 'condition-monitoring'];
const SUB_ORDER = [
	'asynchronous-motors',
	'servo-motors',
	'compact-servo-drives',
	'regenerative-servo-drives',
	'decentral-converters',
	'cabinet-converters',
	'low-harmonic-converters',
	'planetary-gear-units',
	'right-angle-gear-units',
	'position-sensors',
	'process-sensors',
	'vibration-hardware',
	'analysis-software',
];

function inOrder(rows: readonly Row[], order: readonly string[], name = 'slug'): Row[] {
	return [...rows].sort((a, b) => order.indexOf(String(a[name])) - order.indexOf(String(b[name])));
}

async function readPapers(): Promise<Row[]> {
	const slugs = await namesIn('white-papers');
	const papers = await Promise.all(
		slugs.map(async (slug) => {
			const item = await readJson<Row | null>(`white-papers/${slug}/item.json`, null);
			const [body_en, body_zh] = await Promise.all(['en', 'zh'].map((language) => readText(`white-papers/${slug}/${language}.md`)));
			return item && { ...item, body_en, body_zh };
		}),
	);
	return papers.filter((paper) => paper !== null);
}

async function folderOf<T = Row>(folder: string): Promise<T[]> {
	const names = (await namesIn(folder)).filter((name) => name.endsWith('.json'));
	return (await Promise.all(names.map((name) => readJson<T | null>(`${folder}/${name}`, null)))).filter((value) => value !== null);
}

async function namesIn(folder: string): Promise<string[]> {
	return (await readdir(FOLDER + folder).catch(() => [])).sort();
}

async function readText(path: string): Promise<string> {
	return readFile(FOLDER + path, 'utf8').catch(() => '');
}

async function readJson<T>(path: string, missing: T): Promise<T> {
	const text = await readText(path);
	if (text === '') return missing;
	try {
		return JSON.parse(text) as T;
	} catch (error) {
		throw new Error(`cms/seed/content/${path} is no JSON`, { cause: error });
	}
}

/** The rows of a repeater; none where the sample says nothing. */
export function rowsOf(row: Row, name: string): readonly Row[] {
	return (row[name] ?? []) as readonly Row[];
}
