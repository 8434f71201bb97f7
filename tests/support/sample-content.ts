import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Item, LocalisedText, Snapshot, Webinar } from '#cms/content.ts';
import { stableId } from '#kernel/id.ts';

type Json = Readonly<Record<string, unknown>>;

const FOLDER = join(import.meta.dirname, '../../cms/seed/content');

/** The sample company's content as a snapshot, read from its files without a CMS. Assets are missing, everything is published in both languages. */
export function sampleContent(): Snapshot {
	const roots = new Map(each('categories').map((row) => [text(row, 'slug'), text(row, 'parent') || text(row, 'slug')]));
	const terms = list('terms').map((row) => ({
		id: id('terms', row),
		kind: row['kind'] as never,
		slug: text(row, 'slug'),
		name: localised(row, 'name'),
		summary: localised(row, 'summary'),
		cover: null,
	}));
	return {
		revision: 1,
		takenAt: new Date('2026-06-01T08:00:00Z'),
		nextDueAt: null,
		whitePapers: readdirSync(join(FOLDER, 'white-papers')).map((folder) => paper(folder)),
		cases: each('cases').map((row) => ({
			...item('cases', row),
			type: 'cases',
			customer: localised(row, 'customer'),
			place: localised(row, 'place'),
			industry: text(row, 'industry'),
			challenge: localised(row, 'challenge'),
			body: localised(row, 'body'),
			results: rows(row, 'results').map((result) => ({
				value: text(result, 'value'),
				unit: text(result, 'unit'),
				label: localised(result, 'label'),
			})),
			quote: localised(row, 'quote'),
			quoteBy: localised(row, 'quote_by'),
			products: strings(row, 'products'),
			stageRole: 'decision',
			cover: null,
		})),
		articles: each('articles').map((row) => ({
			...item('articles', row),
			type: 'articles',
			kind: (text(row, 'kind') || 'article') as 'article',
			body: localised(row, 'body'),
			author: localised(row, 'author'),
			products: strings(row, 'products'),
			series: null,
			stageRole: 'awareness',
			cover: null,
		})),
		products: each('products').map((row) => ({
			...item('products', row, 'name'),
			type: 'products',
			partNumber: text(row, 'part_number'),
			category: text(row, 'category'),
			rootCategory: roots.get(text(row, 'category')) ?? text(row, 'category'),
			tagline: localised(row, 'tagline'),
			body: localised(row, 'body'),
			figures: rows(row, 'figures').map((figure) => ({ name: localised(figure, 'name'), value: text(figure, 'value'), unit: text(figure, 'unit') })),
			specifications: rows(row, 'specs').map((spec) => ({
				group: localised(spec, 'group'),
				name: localised(spec, 'name'),
				value: { en: text(spec, 'value'), 'zh-CN': text(spec, 'value_zh') || text(spec, 'value') },
				unit: text(spec, 'unit'),
				isComparable: spec['comparable'] === true,
			})),
			faq: rows(row, 'faq').map((entry) => ({ question: localised(entry, 'question'), answer: localised(entry, 'answer') })),
			priceNote: localised(row, 'price_note'),
			drawing: null,
			gallery: [],
			video: null,
			videoTitle: BLANK,
			documents: rows(row, 'documents').map((file, index) => ({
				id: stableId(`${text(row, 'slug')}/${index}`),
				kind: file['kind'] as never,
				title: localised(file, 'title'),
				language: text(file, 'language'),
				version: text(file, 'version'),
				isGated: file['gate'] === 'gated',
				file: null,
			})),
		})),
		webinars: list('webinars').map((row) => ({
			...item('webinars', row),
			type: 'webinars' as const,
			mode: row['mode'] as Webinar['mode'],
			body: localised(row, 'body'),
			startsAt: null,
			repeats: 'none' as const,
			sessions: [],
			place: localised(row, 'place'),
			needsApproval: false,
			trailer: null,
			timeZone: text(row, 'time_zone'),
			durationMinutes: Number(row['duration_minutes']),
			capacity: null,
			speakers: strings(row, 'speakers'),
			agenda: rows(row, 'agenda').map((entry) => ({ minute: Number(entry['minute']), title: localised(entry, 'title') })),
			moments: [],
			products: strings(row, 'products'),
			series: null,
			stageRole: 'consideration' as const,
			cover: null,
			video: null,
			captions: { en: null, 'zh-CN': null },
			survey: null,
			handout: { en: null, 'zh-CN': null },
			rewards: [],
			formKey: 'webinar',
		})),
		pages: list('pages').map((row) => ({
			...item('pages', row),
			type: 'pages',
			blocks: rows(row, 'blocks').flatMap((block) =>
				block['kind'] === 'text' ? [{ kind: 'text' as const, title: localised(block, 'title'), body: localised(block, 'body'), audience: [] }] : [],
			),
		})),
		categories: each('categories').map((row) => ({
			id: id('categories', row),
			slug: text(row, 'slug'),
			parent: text(row, 'parent') || null,
			name: localised(row, 'name'),
			summary: localised(row, 'summary'),
			intro: localised(row, 'intro'),
			picture: null,
		})),
		speakers: list('speakers').map((row) => ({
			id: id('speakers', row),
			slug: text(row, 'slug'),
			name: localised(row, 'name'),
			role: localised(row, 'role'),
			bio: localised(row, 'bio'),
			portrait: null,
		})),
		terms,
		forms: [],
		consents: [],
		banners: [],
		slots: [],
		mailTemplates: [],
		searchRules: list('search-rules').map((row) => ({
			id: id('search_rules', row),
			slug: text(row, 'slug'),
			kind: row['kind'] as never,
			terms: strings(row, 'terms'),
			target: (row['target'] as string | undefined) ?? null,
		})),
		dealers: [],
		offers: [],
		site: {
			brand: 'Halden Drives',
			legalName: 'Halden Drives AG',
			foundedYear: 1961,
			logo: null,
			socialLinks: [],
			tagline: BLANK,
			timeZone: 'Europe/Zurich',
			homeTitle: BLANK,
			homeLead: BLANK,
			contactEmail: '',
			phone: '',
			address: BLANK,
			competitorDomains: [],
			knownCompanies: [],
			recipientAbroad: BLANK,
		},
	};
}

const BLANK: LocalisedText = { en: '', 'zh-CN': '' };

function paper(folder: string): Snapshot['whitePapers'][number] {
	const row = json(`white-papers/${folder}/item.json`) as Json;
	const pages = (file: string): string[] =>
		readFileSync(join(FOLDER, 'white-papers', folder, file), 'utf8')
			.split(/^---$/m)
			.map((page) => page.trim());
	return {
		...item('white_papers', row),
		type: 'white_papers',
		number: text(row, 'number'),
		subtitle: localised(row, 'subtitle'),
		findings: { en: strings(row, 'findings_en'), 'zh-CN': strings(row, 'findings_zh') },
		pages: { en: pages('en.md'), 'zh-CN': pages('zh.md') },
		openPages: Number(row['open_pages']),
		readingMinutes: Number(row['minutes']),
		stageRole: 'consideration',
		series: text(row, 'series'),
		author: localised(row, 'author'),
		products: strings(row, 'products'),
		cover: null,
		pdf: { en: null, 'zh-CN': null },
		formKey: 'paper',
	};
}

function item(collection: string, row: Json, title = 'title'): Item {
	const publishedAt = new Date(`${text(row, 'published_on') || '2026-01-01'}T08:00:00Z`);
	return {
		id: id(collection, row),
		slug: text(row, 'slug'),
		languages: ['en', 'zh-CN'],
		title: localised(row, title),
		summary: localised(row, 'summary'),
		publishedAt,
		unpublishAt: null,
		updatedAt: publishedAt,
		topics: strings(row, 'topics'),
		industries: strings(row, 'industries'),
		roles: strings(row, 'roles'),
		seoTitle: BLANK,
		seoDescription: BLANK,
	};
}

function json(file: string): unknown {
	return JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as unknown;
}

function list(name: string): Json[] {
	return json(`${name}.json`) as Json[];
}

/** The items of a folder; a file holds one or a list. */
function each(folder: string): Json[] {
	return readdirSync(join(FOLDER, folder)).flatMap((file) => {
		const read = json(`${folder}/${file}`) as Json | Json[];
		return read instanceof Array ? read : [read];
	});
}

function id(collection: string, row: Json): string {
	return stableId(`${collection}/${text(row, 'slug')}`);
}

function text(row: Json, name: string): string {
	return typeof row[name] === 'string' ? row[name] : '';
}

function strings(row: Json, name: string): string[] {
	return (row[name] as string[] | undefined) ?? [];
}

function rows(row: Json, name: string): Json[] {
	return (row[name] as Json[] | undefined) ?? [];
}

function localised(row: Json, name: string): LocalisedText {
	return { en: text(row, `${name}_en`), 'zh-CN': text(row, `${name}_zh`) };
}
