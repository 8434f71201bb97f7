import { describe, expect, test } from 'vitest';

import { firstHeading, renderMarkdown } from './markdown.ts';

const render = (source: string, options = {}) => renderMarkdown(source, { locale: 'en', ...options });

describe('an editor’s Markdown', () => {
	test.each([
		['a script', 'Text <script>alert(1)</script>', /<script|alert\(1\)/],
		['an event handler', '<p onclick="x()">Text</p>', /onclick/],
		['a javascript: link', '[a](javascript:alert(1))', /javascript:/],
		['an inline style', '<p style="color:red">Text</p>', /style=/],
		['a frame', '<iframe src="https://a.example"></iframe>Text', /iframe/],
		['a picture from elsewhere', '![x](https://a.example/x.png)', /<img/],
	])('loses %s', (_name, source, forbidden) => {
		expect(render(source).html).not.toMatch(forbidden);
	});

	test('moves its headings under the level of the page, and gives each an id of its own', () => {
		const { html, headings } = render('# One\n\n## Two\n\n# One', { topLevel: 3, idPrefix: 'p1-' });
		expect(headings).toEqual([
			{ id: 'p1-one', text: 'One', level: 3 },
			{ id: 'p1-two', text: 'Two', level: 4 },
			{ id: 'p1-one-2', text: 'One', level: 3 },
		]);
		expect(html).toContain('<h3 id="p1-one-2">One</h3>');
	});

	test('sets columns of numbers to the right, and lets wide tables scroll', () => {
		const { html } = render('| Motor | Power | Use |\n| --- | --- | --- |\n| A | 5.5 kW | fan |\n| B | – | pump |');
		expect(html).toMatch(/^<div class="table-scroll" tabindex="0" role="region"/);
		expect(html.match(/<td class="is-number">/g)).toHaveLength(2);
	});

	test('puts a figure where its block stands, and leaves a broken one out', () => {
		const source = 'Before\n\n```figure\n{}\n```\n\nAfter';
		expect(render(source, { figure: () => '<figure class="chart">drawn</figure>' }).html).toContain('<figure class="chart">drawn</figure>');
		expect(render(source, { figure: () => null }).html).not.toContain('figure');
	});

	test('ties numbers to units and keeps part numbers whole, outside of tags', () => {
		const { html } = render('At 40 W use HD3-005, see [HD3-005](/products/servo-drives/hd3-005 "HD3-005").');
		expect(html).toContain('40\u202fW');
		expect(html).toContain('use <span class="part">HD3-005</span>,');
		expect(html).toContain('href="/products/servo-drives/hd3-005"');
	});
});

test('the first heading of a page is its title', () => {
	expect(firstHeading('Text\n\n## **Two** curves\n\n## Next')).toBe('Two curves');
	expect(firstHeading('No heading')).toBeNull();
});

test('sets strong words before Han, indices and powers', () => {
	expect(render('**注意。**请先断电').html).toContain('<strong>注意。</strong>请先断电');
	expect(render('**电流**取决于本身；**电压**取决于电网').html).toContain('<strong>电流</strong>取决于本身；<strong>电压</strong>');
	expect(render('f_A = √(k / J_L), 母线S_k为 (a/b)^(1/p)').html).toContain(
		'f<sub>A</sub> = √(k / J<sub>L</sub>), 母线S<sub>k</sub>为 (a/b)<sup>1/p</sup>',
	);
	expect(render('published_on and HD3_012').html).not.toContain('<sub>');
});
