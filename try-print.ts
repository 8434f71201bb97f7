import { writeFileSync } from 'node:fs';
import { sampleContent } from '#tests/support/sample-content.ts';
import { brochureText, SECTIONS, MOST_PRODUCTS } from './cms/pdf/brochure-text.ts';
import { createPrinter } from './cms/pdf/printer.ts';
import { drawnProducts, productDrawing } from './cms/seed/illustration/index.ts';
import { raster } from './cms/seed/picture.ts';

const content = sampleContent();
const slugs = ['hs4-100', 'hd3-012', 'hg1-090', 'hf3-2200', 'hx4-e58', 'hc1-kit'];
const printer = createPrinter();
const drawings = await Promise.all(slugs.map(async (slug) => drawnProducts.includes(slug) ? raster(productDrawing(slug)) : null));
for (const [n, over] of ([
	['en', { locale: 'en', name: 'Ada Keller', company: 'Packline GmbH' }],
	['zh', { locale: 'zh-CN', name: '欧阳喆', company: '苏州精锐包装机械有限公司' }],
	['long', { locale: 'en', name: 'Maximiliane-Friederike von und zu Donaudampfschifffahrtsgesellschaftskapitänswitwe 🎉', company: 'A'.repeat(90), products: slugs.slice(0, 1) }],
	['twelve', { locale: 'zh-CN', name: '', company: '', products: content.products.slice(0, 12).map((p) => p.slug), sections: ['drawing', 'specifications'] }],
] as const)) {
	const request = { products: slugs, sections: [...SECTIONS], ...over } as never;
	const text = brochureText(content, request, 'https://hub.halden.example', new Date());
	const t = performance.now();
	const made = await printer.print({ kind: 'brochure', text, drawings: text.products.length === 6 ? drawings : text.products.map((_, i) => drawings[i % 6] ?? null) });
	console.log(n, Math.round(performance.now() - t), 'ms', made.pages, 'pages', made.bytes.length);
	writeFileSync(`/tmp/print/b-${n}.pdf`, made.bytes);
}
await printer.close();
