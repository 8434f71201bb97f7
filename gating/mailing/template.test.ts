import { describe, expect, test } from 'vitest';

import { fillFields, type MailTemplate, unknownFields } from '#cms/content.ts';
import { seedRows } from '#cms/seed/rows.ts';
import { readSource } from '#cms/seed/source.ts';
import { NO_ROWS } from '#cms/rows.ts';
import { project } from '#cms/read/project.ts';

import { type MailContext, renderTemplate } from './template.ts';

const NOW = new Date('2026-11-23T09:00:00Z');
const source = await readSource();
const rows = new Map(seedRows(source, new Set(), NOW));
const seeded = (change: (row: Record<string, unknown>) => unknown = (row) => row) =>
	project(
		{
			...NO_ROWS,
			site: source.site,
			collections: {
				...NO_ROWS.collections,
				...Object.fromEntries(rows),
				mail_templates: (rows.get('mail_templates') ?? []).map((row) => change({ ...row })) as never,
			},
		},
		NOW,
		1,
	);
const { snapshot } = seeded();
const templateOf = (key: string): MailTemplate => snapshot.mailTemplates.find((one) => one.key === key)!;
const context = (over: Partial<MailContext> = {}): MailContext => ({
	locale: 'en',
	origin: 'https://foyer.example',
	content: snapshot,
	hello: 'Dear Anna Keller,',
	values: {},
	links: { 'webinar.url': '/webinars/a', 'topic.url': '/library', 'preferences.url': 'https://foyer.example/u/own' },
	profile: null,
	now: NOW,
	foot: [{ label: 'Your choices', url: 'https://foyer.example/u/own' }],
	track: (url, place) => `${url}${url.includes('?') ? '&' : '?'}m=${place}`,
	...over,
});

describe('shipped templates', () => {
	const keys = ['welcome-topic', 'webinar-attended', 'webinar-left-early', 'webinar-no-show', 'returned', 'silent-90', 'customer-interest', 'digest'];

	test('are all there and can be sent', () => {
		expect(snapshot.mailTemplates.map(({ key }) => key).sort()).toEqual([...keys].sort());
		expect(snapshot.mailTemplates.flatMap(({ key, faults }) => faults.map(({ detail }) => `${key}: ${detail}`))).toEqual([]);
	});

	test.each(keys)('%s leaves no field open in either language, says the same in text and HTML, and loads nothing', (key) => {
		for (const locale of ['en', 'zh-CN'] as const) {
			const mail = renderTemplate(templateOf(key), context({ locale }));
			expect(mail.locale).toBe(locale);
			for (const part of [mail.subject, mail.text, mail.html]) expect(part).not.toMatch(/\{\{|undefined|null/);
			expect(mail.html).not.toMatch(/<script|<img(?![^>]*\/media\/)|onload=/);
			const links = [...mail.html.matchAll(/href="([^"]+)"/g)].map(([, url = '']) => url.replaceAll('&amp;', '&'));
			expect(links.length).toBeGreaterThan(1);
			for (const url of links) expect(mail.text).toContain(url);
			if (locale === 'zh-CN') expect(mail.text).toMatch(/\p{Script=Han}{20}|\p{Script=Han}，/u);
		}
	});
});

test('golden: a name that is HTML or a link is text in the mail', () => {
	const mail = renderTemplate(templateOf('returned'), context({ values: { 'owner.name': '<img src=x onerror=alert(1)>[x](javascript:alert(1))' } }));
	expect(mail.html).toContain('&lt;img src=x onerror=alert(1)&gt;[x](javascript:alert(1))');
	expect(mail.html).not.toMatch(/<img|href="javascript/);
});

test('links of the site tell of clicks, the way out does not', () => {
	const { html } = renderTemplate(templateOf('silent-90'), context());
	const links = [...html.matchAll(/href="([^"]+)"/g)].map(([, url]) => url);
	expect(links.filter((url) => url?.startsWith('https://foyer.example/u/'))).not.toHaveLength(0);
	for (const url of links) expect(/[?&]m=\d/.test(url ?? '')).toBe(!url?.includes('/u/own'));
});

test('blocks are for whom they say, and what was read is not sent again', () => {
	const known = {
		...{ roles: [], industry: null, country: null, account: null, lifecycle: null, segments: [], stage: 'decision' as const },
		...{ interests: new Map([['topic:energy', 5]]), weighedAt: NOW.getTime(), shown: new Map(), opened: new Map<string, number>(), isBlank: false },
	};
	const before = renderTemplate(templateOf('digest'), context({ profile: known })).text;
	expect(before).toContain('Close to a decision');
	expect(before).not.toContain('Webinars\n\nOur next sessions');
	expect(renderTemplate(templateOf('digest'), context()).text).not.toContain('Close to a decision');
	const first = /https:\/\/foyer\.example\/(white-papers|cases|articles|webinars)\/([a-z0-9-]+)/.exec(before)!;
	const lists = [...snapshot.whitePapers, ...snapshot.cases, ...snapshot.articles, ...snapshot.webinars];
	const item = lists.find(({ slug }) => slug === first[2])!;
	const after = renderTemplate(
		templateOf('digest'),
		context({ profile: { ...known, opened: new Map([[`${item.type}:${item.id}`, NOW.getTime()]]) } }),
	).text;
	expect(after).not.toContain(`/${first[2]!}?`);
});

describe('a template that names an unknown field or holds a script', () => {
	test.each([
		['mail-field', '{{person.phone}}'],
		['mail-field', 'Hello {{person.name'],
		['mail-field', '<%= name %>'],
		['mail-script', 'Look <script>alert(1)</script>'],
		['mail-script', '<b>bold</b>'],
	])('is refused as %s: %s', (code, body) => {
		const { snapshot: broken, problems } = seeded((row) =>
			row['slug'] === 'digest' ? { ...row, blocks: [{ kind: 'text', body_en: body, body_zh: '' }] } : row,
		);
		const template = broken.mailTemplates.find(({ key }) => key === 'digest')!;
		expect(template.faults.map((fault) => fault.code)).toContain(code);
		expect(problems.find(({ collection, slug }) => collection === 'mail_templates' && slug === 'digest')).toMatchObject({ code });
		expect(() => renderTemplate(template, context())).toThrow(/cannot be sent/);
	});
});

test('a field has its value, else the words of the template, else those of everybody', () => {
	const fill = (text: string, values = {}) => fillFields(text, values, { topic: 'drives' });
	expect(fill('{{ topic | motors }}', { topic: 'gears' })).toBe('gears');
	expect(fill('{{topic|motors}}')).toBe('motors');
	expect(fill('{{topic}}')).toBe('drives');
	expect(unknownFields('{{topic}} {{person.name|you}}')).toEqual([]);
});
