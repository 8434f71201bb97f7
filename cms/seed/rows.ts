import { Temporal } from 'temporal-polyfill';

import { MINUTE_MS } from '#kernel/clock.ts';
import { stableId } from '#kernel/id.ts';

import type { Row } from '../client.ts';
import { blockRow } from './rows-block.ts';
import { CAPTIONS, fileId, filmName, galleryNames, RECORDING } from './picture.ts';
import { documentFilename, paperFilename } from './print.ts';
import { rowsOf, type Source } from './source.ts';

const START_AFTER_DAYS: Readonly<Record<string, number>> = { live: 9, 'on-site': 20 };
const START_AT_HOUR: Readonly<Record<string, number>> = { live: 14, 'on-site': 9 };
const SIMULIVE_AFTER_MINUTES = 5;

/** The rows of each collection, in an order in which every row finds those it names. `files` are the ids that were uploaded. */
export function seedRows(source: Source, files: ReadonlySet<string>, now: Date): readonly (readonly [collection: string, rows: readonly Row[]])[] {
	const file = (name: string): string | null => (files.has(fileId(name)) ? fileId(name) : null);
	const keyed = (collection: string, rows: readonly Row[], name = 'slug') =>
		rows.map((row, at): Row => ({ id: idOf(collection, row[name]), sort: at + 1, status: 'published', ...row }));
	const known = knownSlugs(source);
	const references = (collection: string, slugs: unknown): Row[] =>
		(Array.isArray(slugs) ? slugs : []).flatMap((slug) =>
			known.has(`${collection}:${String(slug)}`) ? [{ key: idOf(collection, slug), collection }] : [],
		);
	const paged = (collection: string, row: Row): Row => ({
		id: idOf(collection, row['slug']),
		...pick(row, ['slug', 'stage', ...localised('title', 'summary', 'body', 'author')]),
		status: 'published',
		languages: ['en', 'zh-CN'],
		publish_at: publishedAt(row['published_on'], now).toISOString(),
		topics: references('terms', row['topics']),
		industries: references('terms', row['industries'] ?? [row['industry']]),
		roles: references('terms', row['roles']),
	});
	const series = (row: Row): string | null => (known.has(`terms:${String(row['series'])}`) ? idOf('terms', row['series']) : null);

	return [
		['terms', keyed('terms', source.terms).map((row) => ({ ...row, cover: file(`cover-series-${String(row['slug'])}.png`) }))],
		['forms', keyed('forms', source.forms, 'key')],
		['consents', keyed('consents', source.consents, 'purpose')],
		[
			'categories',
			keyed('categories', source.categories).map(({ drawing, parent, ...row }) => ({
				...row,
				parent: parent ? idOf('categories', parent) : null,
				picture: file(drawing ? `product-${String(drawing)}.png` : `scene-${String(row['slug'])}.png`),
			})),
		],
		['speakers', keyed('speakers', source.speakers).map((row) => ({ ...row, portrait: file(`portrait-${String(row['slug'])}.png`) }))],
		[
			'products',
			source.products.map((row, at) => ({
				...paged('products', { ...row, title_en: row['name_en'], title_zh: row['name_zh'] }),
				...pick(row, ['part_number', 'figures', 'specs', 'faq', ...localised('tagline', 'price_note')]),
				sort: at + 1,
				publish_at: null,
				category: idOf('categories', row['category']),
				drawing: file(`product-${String(row['slug'])}.png`),
				video: file(`${filmName(String(row['slug']))}.webm`),
				...(files.has(fileId(`${filmName(String(row['slug']))}.webm`))
					? { video_title_en: `Form and dimensions of ${String(row['part_number'])}`, video_title_zh: `${String(row['part_number'])} 外形与尺寸` }
					: {}),
				gallery: galleryNames(String(row['slug'])).flatMap((name, place) =>
					files.has(fileId(name)) ? [{ directus_files_id: fileId(name), sort: place + 1 }] : [],
				),
			})),
		],
		[
			'documents',
			source.products.flatMap((product) =>
				rowsOf(product, 'documents').map((row, at) => {
					const filename = documentFilename(product, row, at);
					return {
						id: idOf('documents', `${String(product['slug'])}:${at + 1}`),
						sort: at + 1,
						status: 'published',
						...row,
						product: idOf('products', product['slug']),
						file: file(filename),
					};
				}),
			),
		],
		[
			'white_papers',
			source.papers.map((row) => ({
				...paged('white_papers', row),
				...pick(row, ['number', 'open_pages', ...localised('subtitle')]),
				reading_minutes: row['minutes'],
				findings: ((row['findings_en'] ?? []) as readonly string[]).map((text_en, at) => ({
					text_en,
					text_zh: (row['findings_zh'] as readonly string[] | undefined)?.[at] ?? '',
				})),
				series: series(row),
				products: references('products', row['products']),
				cover: file(`cover-paper-${String(row['slug'])}.png`),
				pdf_en: file(paperFilename(String(row['slug']), 'en')),
				pdf_zh: file(paperFilename(String(row['slug']), 'zh')),
				form: idOf('forms', 'paper-default'),
			})),
		],
		[
			'cases',
			source.cases.map((row) => ({
				...paged('cases', row),
				...pick(row, ['results', ...localised('customer', 'place', 'challenge', 'quote', 'quote_by')]),
				products: references('products', row['products']),
				cover: file(`scene-${String(row['slug'])}.png`),
			})),
		],
		[
			'articles',
			source.articles.map((row) => ({
				...paged('articles', row),
				kind: row['kind'] ?? 'article',
				products: references('products', row['products']),
				series: series(row),
				cover: file(`cover-article-${String(row['slug'])}.png`),
			})),
		],
		[
			'pages',
			source.pages.map((row, at) => ({
				...paged('pages', row),
				sort: at + 1,
				blocks: rowsOf(row, 'blocks').map((block) => blockRow(block, { idOf, file, references })),
			})),
		],
		[
			'webinars',
			source.webinars.map((row, at) => ({
				...paged('webinars', row),
				...pick(row, ['mode', 'duration_minutes', 'time_zone', 'agenda', 'capacity', ...localised('place'), 'rewards']),
				...startOf(row, now),
				sort: at + 1,
				publish_at: null,
				speakers: references('speakers', row['speakers']),
				moments: rowsOf(row, 'moments').map(momentRow),
				products: references('products', row['products']),
				series: series(row),
				cover: file(`cover-webinar-${String(row['slug'])}.png`),
				...(row['mode'] === 'live' || row['mode'] === 'on-site'
					? {}
					: { video: file(RECORDING), captions_en: file(CAPTIONS.en), captions_zh: file(CAPTIONS.zh) }),
				form: idOf('forms', 'webinar-default'),
				survey: row['survey'] ? idOf('forms', row['survey']) : null,
				...(row['handout']
					? { handout_en: file(paperFilename(String(row['handout']), 'en')), handout_zh: file(paperFilename(String(row['handout']), 'zh')) }
					: {}),
			})),
		],
		[
			'banners',
			keyed('banners', source.banners).map(({ drawing, ...row }) => ({ ...row, picture: drawing ? file(`product-${String(drawing)}.png`) : null })),
		],
		[
			'slots',
			keyed('slots', source.slots).map(({ query, ...row }) => ({
				...row,
				types: (query as Row | undefined)?.['types'] ?? [],
				topics: references('terms', (query as Row | undefined)?.['topics']),
			})),
		],
		['search_rules', keyed('search_rules', source.searchRules)],
		[
			'mail_templates',
			keyed('mail_templates', source.mailTemplates).map((row) => ({
				...row,
				blocks: rowsOf(row, 'blocks').map((block) => ({
					...block,
					...(block['slot'] ? { slot: { key: idOf('slots', block['slot']), collection: 'slots' } } : {}),
				})),
			})),
		],
		[
			'dealers',
			keyed('dealers', source.dealers).map((row) => ({
				...row,
				categories: references('categories', row['categories']),
				products: references('products', row['products']),
			})),
		],
		[
			'offers',
			keyed('offers', source.offers).map(({ drawing, valid_days, ...row }) => ({
				...row,
				valid_until: typeof valid_days === 'number' ? endOfDay(now, valid_days, String(source.site['time_zone'] ?? 'UTC')) : null,
				picture: drawing ? file(`product-${String(drawing)}.png`) : null,
				products: references('products', row['products']),
				dealers: references('dealers', row['dealers']),
			})),
		],
	];
}

function idOf(collection: string, slug: unknown): string {
	return stableId(`${collection}:${String(slug)}`);
}

function knownSlugs(source: Source): ReadonlySet<string> {
	const of = (collection: string, rows: readonly Row[]) => rows.map((row) => `${collection}:${String(row['slug'])}`);
	return new Set([
		...of('terms', source.terms),
		...of('products', source.products),
		...of('categories', source.categories),
		...of('speakers', source.speakers),
		...of('webinars', source.webinars),
		...of('dealers', source.dealers),
	]);
}

function localised(...names: readonly string[]): string[] {
	return names.flatMap((name) => [`${name}_en`, `${name}_zh`]);
}

function pick(row: Row, names: readonly string[]): Row {
	return Object.fromEntries(names.filter((name) => row[name] !== undefined).map((name) => [name, row[name]]));
}

/** The date that the text bears, but never one to come: everything is online at the first start. */
function publishedAt(day: unknown, now: Date): Date {
	const written = typeof day === 'string' ? new Date(`${day}T06:00:00Z`) : now;
	return written < now ? written : now;
}

/** The last second of a day that lies `days` ahead, in the company's zone. */
function endOfDay(now: Date, days: number, zone: string): string {
	const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone);
	return new Date(today.add({ days }).withPlainTime({ hour: 23, minute: 59, second: 59 }).epochMilliseconds).toISOString();
}

/** A recording on schedule starts a few minutes from now and repeats daily; others are some days ahead, each further session later. */
function startOf(row: Row, now: Date): Row {
	if (row['mode'] === 'simulive')
		return {
			starts_at: new Date(Math.ceil((now.getTime() + SIMULIVE_AFTER_MINUTES * MINUTE_MS) / MINUTE_MS) * MINUTE_MS).toISOString(),
			repeats: 'daily',
		};
	const days = START_AFTER_DAYS[String(row['mode'])];
	if (days === undefined) return { starts_at: null, repeats: 'none' };
	const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(String(row['time_zone'] ?? 'UTC'));
	/** Nobody comes to a session at a weekend: it is on the Monday after. */
	const at = (ahead: number, hour: number, zone = today.timeZoneId): string => {
		const day = today.withTimeZone(zone).add({ days: ahead });
		return new Date(day.add({ days: day.dayOfWeek > 5 ? 8 - day.dayOfWeek : 0 }).withPlainTime({ hour }).epochMilliseconds).toISOString();
	};
	const sessions = rowsOf(row, 'sessions').map(({ after_days, at_hour, ...rest }) => ({
		...rest,
		starts_at: at(Number(after_days), Number(at_hour), rest['time_zone'] as string | undefined),
	}));
	return { starts_at: at(days, START_AT_HOUR[String(row['mode'])] ?? 9), repeats: 'none', sessions };
}

/** A poll's question and a chat line are the same column; keys stay the same as long as kind and second do. */
function momentRow(row: Row): Row {
	const { question_en, question_zh, ...rest } = row;
	return {
		key: `${String(row['kind'])}-${String(row['at_seconds'])}`,
		...rest,
		text_en: row['text_en'] ?? question_en,
		text_zh: row['text_zh'] ?? question_zh,
	};
}
