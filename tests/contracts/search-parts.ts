import type { Article, Snapshot } from '#cms/content.ts';
import { stableId } from '#kernel/id.ts';
import { sampleContent } from '#tests/support/sample-content.ts';

/** Ten names with 招商; four of them are companies. */
export const MERCHANTS = [
	'招商轮船股份公司',
	'招商港口有限公司',
	'深圳招商置业公司',
	'公司招商手册',
	'招商大厦',
	'招商引资政策',
	'园区招商办',
	'招商局展览',
	'秋季招商会',
	'招商热线',
] as const;

/** Facet values that would break out of a filter that is not quoted. */
export const NASTY = ['a"b', 'a\\b', `it's`, 'x" OR type = "products', 'y] OR id EXISTS', 'z\\" AND 1', '100%_', '主题 一'] as const;

/** The sample content, with articles for cases that it lacks. */
export function searchContent(): Snapshot {
	const sample = sampleContent();
	const companies = MERCHANTS.map((title, index) => article(`merchant-${index}`, { title: { en: '', 'zh-CN': title }, languages: ['zh-CN'] }));
	const nasty = NASTY.map((topic, index) =>
		article(`nasty-${index}`, { title: { en: `Nastygram ${index}`, 'zh-CN': '' }, languages: ['en'], topics: [topic] }),
	);
	return { ...sample, articles: [...sample.articles, ...companies, ...nasty] };

	function article(slug: string, own: Partial<Article>): Article {
		const blank = { en: '', 'zh-CN': '' };
		return {
			...sample.articles[0]!,
			id: stableId(slug),
			slug,
			summary: blank,
			body: blank,
			author: blank,
			topics: [],
			industries: [],
			roles: [],
			products: [],
			...own,
		};
	}
}

interface Golden {
	readonly q: string;
	readonly locale: 'en' | 'zh-CN';
	/** End of the first hit's address. */
	readonly first?: string;
	/** Ends of addresses among the first five. */
	readonly among?: readonly string[];
	readonly didYouMean?: string;
}

const en = (q: string, rest: Omit<Golden, 'q' | 'locale'>): Golden => ({ q, locale: 'en', ...rest });
const zh = (q: string, rest: Omit<Golden, 'q' | 'locale'>): Golden => ({ q, locale: 'zh-CN', ...rest });

const spellings = (spelt: readonly string[], first: string): Golden[] => spelt.flatMap((q) => [en(q, { first }), zh(q, { first })]);

/** What people look for in the sample content, and what they should find. */
export const GOLDEN: readonly Golden[] = [
	...spellings(['HX1-P18', 'hx1p18', 'HX1 P18', 'hx1.p18', 'ＨＸ１－Ｐ１８', '  hx1-P18 '], '/products/sensors/hx1-p18'),
	...spellings(['HD3-2x08', 'hd32x08', 'HD3 2X08', 'hd3/2x08'], '/products/servo-drives/hd3-2x08'),
	...spellings(['HF3-2200', 'hf32200', 'hf3 2200'], '/products/frequency-converters/hf3-2200'),
	...spellings(['HC1-NODE', 'hc1node', 'hc1 node'], '/products/condition-monitoring/hc1-node'),
	en('hm2-07', { first: '/products/motors/hm2-071' }),
	en('hx1p19', { first: '/products/sensors/hx1-p18', didYouMean: 'HX1-P18' }),
	en('HX1-P18 datasheet', { among: ['/products/sensors/hx1-p18#documents'] }),
	en('bearing damage', { first: '/white-papers/bearing-damage-from-vibration' }),
	en('bear', { among: ['/white-papers/bearing-damage-from-vibration', '/cases/bottling-line-bearings'] }),
	en('bearng', { among: ['/white-papers/bearing-damage-from-vibration'], didYouMean: 'bearing' }),
	en('maintainance', { didYouMean: 'maintenance' }),
	en('hramonics', { among: ['/white-papers/harmonics-and-active-front-ends'], didYouMean: 'harmonics' }),
	en('envelope spectrum', { among: ['/products/condition-monitoring/hc1-node', '/white-papers/bearing-damage-from-vibration'] }),
	en('"safe torque off" practice', { among: ['/white-papers/safe-torque-off-in-practice'] }),
	en('VFD 22kW', { among: ['/products/frequency-converters/hf3-2200'] }),
	en('gearbox', { among: ['/products/gear-units', '/products/planetary-gear-units', '/products/right-angle-gear-units'] }),
	en('inver', { among: [] }),
	en('Zhou Mingyuan', { among: ['/webinars/harmonics-in-older-plants'] }),
	en('Östlund', { among: ['/webinars/sizing-a-servo-axis'] }),
	en('ostlund', { among: ['/webinars/sizing-a-servo-axis'] }),
	en('IEC 60034-30-1', { among: ['/articles/what-ie4-changes'] }),
	en('IEC60034', { among: ['/articles/what-ie4-changes'] }),
	en('io-link', { first: '/articles/io-link-in-ten-minutes' }),
	en('pumping station', { first: '/cases/pumping-station-suzhou' }),
	en('Can I change the battery', { first: '/products/condition-monitoring/hc1-node#faq' }),
	zh('轴承', { first: '/white-papers/bearing-damage-from-vibration', among: ['/cases/bottling-line-bearings'] }),
	zh('变频器', { among: ['/products/cabinet-converters', '/products/frequency-converters'] }),
	zh('变频', { among: ['/products/frequency-converters'] }),
	zh('VFD', { among: ['/products/frequency-converters', '/products/frequency-converters/hf3-2200'] }),
	zh('谐波', { among: ['/white-papers/harmonics-and-active-front-ends'] }),
	zh('编码器', { among: ['/white-papers/absolute-encoders-and-homing'] }),
	zh('水泵', { among: ['/white-papers/pump-energy-at-part-load'] }),
	zh('减速机寿命', { first: '/white-papers/gear-unit-life-under-shock-load' }),
	zh('寿命 减速机', { among: ['/white-papers/gear-unit-life-under-shock-load'] }),
	zh('HF3变频器', { among: ['/products/frequency-converters/hf3-0550', '/products/frequency-converters/hf3-2200'] }),
	zh('IE4 电机', { among: ['/articles/what-ie4-changes'] }),
	zh('周明远', { among: ['/webinars/harmonics-in-older-plants'] }),
	zh('制动电阻', { among: ['/articles/braking-resistor-or-regeneration'] }),
	zh('苏州 泵站', { among: ['/cases/pumping-station-suzhou'] }),
	zh('ＩＯ－Ｌｉｎｋ', { first: '/articles/io-link-in-ten-minutes' }),
];

/** Text that search engines have stumbled over. */
export const BAD_INPUT: readonly string[] = [
	'"',
	'""',
	'"unclosed',
	"'",
	'*',
	'-',
	'(',
	')',
	'AND',
	'OR NOT',
	'NEAR(a b)',
	'title:*',
	'codes : "x"',
	'{title} : a',
	'^a',
	'a^b',
	'a* OR b',
	'😀',
	'🔧 bearing',
	'\u0000',
	'bear\u0000ing',
	'\ud800',
	'‮gnireab',
	'שלום עולם',
	"'; DROP TABLE docs_1; --",
	'\\',
	'%',
	'_',
	'𠀀',
	'a'.repeat(10_240),
	'轴'.repeat(5_000),
	'a b '.repeat(3_000),
	'1 '.repeat(2_000),
	'../../etc/passwd',
	'<script>alert(1)</script>',
	'\t\n',
];
