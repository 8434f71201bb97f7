import { describe, expect, test } from 'vitest';

import type { Asset, Locale, Webinar } from '#cms/content.ts';
import { addresses } from '#kernel/texts/addresses.ts';
import { problemsOf } from '#tests/support/rich-results.ts';
import { sampleContent } from '#tests/support/sample-content.ts';
import type { SessionView } from '#webinar';

import { catalogueOf } from '../catalogue.ts';
import { faqPage } from './faq.ts';
import { type Node, serialise } from './graph.ts';
import { breadcrumbs, collectionPage } from './list.ts';
import { homeNodes, itemNodes } from './of-page.ts';
import { propertyOf } from './product.ts';
import type { Setting } from './setting.ts';
import { localTime, webinarNodes } from './webinar.ts';
import { author } from './writing.ts';

const ORIGIN = 'https://hub.example';
const cover: Asset = {
	id: 'a1',
	filename: 'cover.svg',
	description: '',
	mediaType: 'image/svg+xml',
	sizeBytes: 1,
	width: 4,
	height: 3,
	version: 'v1',
	isPublic: true,
};
const snapshot = sampleContent();
const settingIn = (locale: Locale): Setting => ({
	origin: ORIGIN,
	locale,
	site: snapshot.site,
	addresses: addresses(locale),
	content: catalogueOf(snapshot, locale),
});
const setting = settingIn('en');
const [paper] = snapshot.whitePapers;
const product = { ...snapshot.products.find(({ slug }) => slug === 'hs4-100')!, drawing: cover };
const webinar: Webinar = { ...snapshot.webinars[0]!, cover, mode: 'simulive', durationMinutes: 45 };
const occurrence = (id: string, startsAt: string, endsAt: string): SessionView => ({
	id,
	startsAt: new Date(startsAt),
	endsAt: new Date(endsAt),
	doorsAt: new Date(startsAt),
	...{ wentLiveAt: null, closesAt: new Date(endsAt) },
	timeZone: 'Europe/Zurich',
	status: 'scheduled',
	...{ seats: 'open', capacity: null, place: { en: '', 'zh-CN': '' } },
});
const first = occurrence('o1', '2026-10-24T13:00:00Z', '2026-10-24T13:45:00Z');
const second = occurrence('o2', '2026-10-25T14:00:00Z', '2026-10-25T14:45:00Z');

describe.each(['en', 'zh-CN'] as const)('every kind of page in %s', (locale) => {
	const items = [...snapshot.whitePapers, ...snapshot.cases, ...snapshot.articles, ...snapshot.products, ...snapshot.pages];
	const here = settingIn(locale);
	test.each(items.map((item) => [`${item.type}/${item.slug}`, item] as const))('%s has what search engines require', (_name, item) => {
		const pictured = item.type === 'products' ? { ...item, drawing: cover } : item.type === 'pages' ? item : { ...item, cover };
		const nodes = itemNodes(pictured, null, here);
		expect(nodes.length).toBeGreaterThan(0);
		expect(problemsOf(nodes, ORIGIN)).toEqual([]);
	});
	test('the home page, lists and ways are complete', () => {
		const list = {
			name: 'Motors',
			description: 'All of them',
			path: '/products/motors',
			locale,
			items: [{ name: 'HS4', path: '/products/motors/hs4' }],
		};
		const way = [{ name: 'Home', href: '/' }, { name: 'Motors' }];
		expect(problemsOf([...homeNodes(here), collectionPage(ORIGIN, list), breadcrumbs(ORIGIN, way)], ORIGIN)).toEqual([]);
	});
});

describe('a product', () => {
	test('says numbers as numbers, with the code of their unit, and words as words', () => {
		const line = (value: string, unit: string) => ({
			group: { en: 'Performance', 'zh-CN': '' },
			name: { en: 'Rated torque', 'zh-CN': '' },
			value: { en: value, 'zh-CN': value },
			unit,
			isComparable: true,
		});
		expect(propertyOf(line('6.37', 'N·m'), 'en')).toMatchObject({ name: 'Rated torque', value: 6.37, unitCode: 'NU', unitText: 'N·m' });
		expect(propertyOf(line('0 to 45', '°C'), 'en')).toMatchObject({ minValue: 0, maxValue: 45, unitCode: 'CEL' });
		expect(propertyOf(line('EtherCAT', ''), 'en')).toEqual({
			'@type': 'PropertyValue',
			name: 'Rated torque',
			propertyID: 'Performance',
			value: 'EtherCAT',
		});
	});

	test('has neither price nor rating, and its questions apart', () => {
		const [thing, faq] = itemNodes(product, null, setting);
		expect(thing).toMatchObject({ '@type': 'Product', sku: 'HS4-100', mpn: 'HS4-100', category: 'Servo motors' });
		expect(Object.keys(thing!)).not.toEqual(expect.arrayContaining(['offers']));
		expect(Object.keys(thing!).filter((name) => /offer|review|rating/i.test(name))).toEqual([]);
		expect(faq).toMatchObject({ '@type': 'FAQPage' });
	});

	test('names its film with the open address', () => {
		const filmed = { ...product, video: { ...cover, id: 'f1', filename: 'run up.mp4' }, videoTitle: { en: 'Run-up', 'zh-CN': '启动' } };
		const film = itemNodes(filmed, null, setting).find((node) => node['@type'] === 'VideoObject');
		expect(film).toMatchObject({
			name: 'Run-up',
			contentUrl: `${ORIGIN}/media/f1/v1/run%20up.mp4`,
			thumbnailUrl: [`${ORIGIN}/media/a1/v1/1280.webp`],
		});
	});
});

describe('a paper', () => {
	test('says which part is gated, in the form that search engines read, and nothing of its text', () => {
		const gated = { ...paper!, cover, pages: { en: ['open page', 'CLOSED PAGE'], 'zh-CN': ['开放', '封闭'] }, openPages: 1 };
		const [node] = itemNodes(gated, null, setting);
		expect(node).toMatchObject({
			isAccessibleForFree: false,
			hasPart: { '@type': 'WebPageElement', isAccessibleForFree: false, cssSelector: '.gate' },
		});
		expect(JSON.stringify(node)).not.toContain('CLOSED PAGE');
	});

	test('that is open as a whole has no gated part', () => {
		const [node] = itemNodes({ ...paper!, openPages: 99 }, null, setting);
		expect(node).toMatchObject({ isAccessibleForFree: true });
		expect(node).not.toHaveProperty('hasPart');
	});

	test('was not changed before it was published', () => {
		const [node] = itemNodes({ ...paper!, publishedAt: new Date('2026-06-02'), updatedAt: new Date('2026-05-01') }, null, setting);
		expect(node).toMatchObject({ dateModified: '2026-06-02T00:00:00.000Z' });
	});

	test.each([
		['Karin Östlund and 周明远', [{ name: 'Karin Östlund' }, { name: '周明远' }]],
		['Application Engineering, Halden Drives', { '@type': 'Organization', name: 'Application Engineering, Halden Drives' }],
		['', { '@type': 'Organization', name: 'Halden Drives' }],
	])('by %j', (line, expected) => {
		expect(author(line, setting)).toMatchObject(expected);
	});
});

describe('a webinar', () => {
	test('that happens once is an event, in the zone where it is held', () => {
		const nodes = webinarNodes({ webinar, occurrence: first, upcoming: [first], status: 'scheduled' }, setting);
		expect(nodes).toMatchObject([
			{
				'@type': 'Event',
				startDate: '2026-10-24T15:00:00+02:00',
				endDate: '2026-10-24T15:45:00+02:00',
				duration: 'PT45M',
				eventAttendanceMode: 'https://schema.org/OnlineEventAttendanceMode',
				location: { '@type': 'VirtualLocation' },
			},
		]);
		expect(problemsOf(nodes, ORIGIN)).toEqual([]);
	});

	test('that repeats is a series, with its dates on both sides of the change of clocks', () => {
		const nodes = webinarNodes(
			{ webinar: { ...webinar, repeats: 'daily' }, occurrence: first, upcoming: [first, second], status: 'scheduled' },
			setting,
		);
		expect(nodes).toMatchObject([
			{
				'@type': 'EventSeries',
				subEvent: [
					{ '@type': 'Event', startDate: '2026-10-24T15:00:00+02:00' },
					{ '@type': 'Event', startDate: '2026-10-25T15:00:00+01:00' },
				],
			},
		]);
		expect(problemsOf(nodes, ORIGIN)).toEqual([]);
	});

	test('on demand is a video without the address of its file', () => {
		const onDemand: Webinar = { ...webinar, mode: 'on-demand', video: { ...cover, isPublic: false, filename: 'secret.webm' } };
		const nodes = webinarNodes({ webinar: onDemand, occurrence: null, upcoming: [], status: 'on-demand' }, setting);
		expect(nodes).toMatchObject([{ '@type': 'VideoObject', duration: 'PT45M' }]);
		expect(JSON.stringify(nodes)).not.toContain('secret');
		expect(problemsOf(nodes, ORIGIN)).toEqual([]);
	});

	test('without a date says nothing', () => {
		expect(webinarNodes({ webinar, occurrence: null, upcoming: [], status: 'ended' }, setting)).toEqual([]);
	});

	test.each([
		['Asia/Shanghai', '2026-10-24T21:00:00+08:00'],
		['America/St_Johns', '2026-10-24T10:30:00-02:30'],
		['UTC', '2026-10-24T13:00:00+00:00'],
	])('shows its hour in %s', (zone, text) => {
		expect(localTime(first.startsAt, zone)).toBe(text);
	});
});

test('questions without an answer are left out, a page without any has none', () => {
	expect(faqPage(ORIGIN, [{ question: 'Which fuse?', answer: '' }])).toBeNull();
	expect(faqPage(ORIGIN, [{ question: 'Which fuse?', answer: 'A **gG** one.' }])).toMatchObject({
		mainEntity: [{ name: 'Which fuse?', acceptedAnswer: { text: 'A gG one.' } }],
	});
});

test.each(['</script><script>alert(1)</script>', '<!-- <script>', '\u2028 "quotes" \\ & 变频器'])('%j in a text stays text, and JSON', (name) => {
	const text = serialise([{ '@type': 'Thing', name } as Node]);
	expect(text).not.toContain('<');
	expect((JSON.parse(text) as { '@graph': { name: string }[] })['@graph'][0]!.name).toBe(name);
});

test('the validator itself finds what is missing or wrong', () => {
	const bad = [{ '@type': 'Event', name: 'x', startDate: 'tomorrow', duration: '45 min', url: 'https://other.example' }, { name: 'no type' }];
	expect(problemsOf(bad, ORIGIN)).toEqual(
		expect.arrayContaining([
			'Event: required location is missing',
			'Event.startDate : tomorrow is no date',
			'Event.duration : 45 min is no duration',
			'Event.url : https://other.example is not an address of the site',
			': no @type',
		]),
	);
});
