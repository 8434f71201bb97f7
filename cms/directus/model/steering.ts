import { choice, choices, tags } from './choice.ts';
import type { Collection } from './collection.ts';
import { integer, line, localised, paragraph, slug } from './field.ts';
import { section } from './group.ts';
import { bookkeeping, schedule, status } from './publishing.ts';
import { picture, references } from './reference.ts';
import { LINK } from './rule.ts';
import type { Words } from './words.ts';

const REFERENCE = 'white-papers/my-paper';
const REFERENCES_NOTE: Words = [
	'Type and address part, such as white-papers/my-paper, or the address of the page. Enter after each one; drag to order.',
	'填写“类型/标识”，例如 white-papers/my-paper，或页面网址。每项后按回车，可拖动排序。',
];
const explained = (first: Words): Words => [`${first[0]} ${REFERENCES_NOTE[0]}`, `${first[1]}${REFERENCES_NOTE[1]}`];

/** Terms, and what steers the site. */
export const steeringCollections: readonly Collection[] = [
	{
		collection: 'terms',
		label: ['Terms', '分类词'],
		note: ['Industries, topics, roles, product lines and series.', '行业、主题、岗位、产品线与系列。'],
		icon: 'label',
		group: 'steering',
		displayTemplate: '{{name_en}} · {{name_zh}}',
		list: { columns: { status: 90, kind: 140, name_en: 240, name_zh: 200, slug: 200 }, sort: 'kind' },
		fields: [
			...bookkeeping(),
			...localised('name', ['Name', '名称'], line, { tab: 'top' }),
			{
				...slug('slug', ['Address part', '网址标识'], ['Stays the same for ever: content and filters hang on it.', '请勿更改：内容与筛选以此关联。']),
				schema: { is_nullable: false },
			},
			status(),
			...section(
				'text',
				choice(
					'kind',
					['Kind', '类型'],
					[
						{ value: 'industry', label: ['Industry', '行业'], icon: 'factory' },
						{ value: 'topic', label: ['Topic', '主题'], icon: 'topic' },
						{ value: 'role', label: ['Role', '岗位'], icon: 'badge' },
						{ value: 'product-line', label: ['Product line', '产品线'], icon: 'category' },
						{ value: 'series', label: ['Series', '系列'], icon: 'collections_bookmark' },
					],
					{ isRequired: true, initial: 'topic', note: ['Industries and series have pages of their own.', '行业与系列有各自的页面。'] },
				),
				localised('summary', ['Summary', '摘要'], paragraph, {
					tab: 'main',
					note: ['One or two sentences at the head of its page.', '一两句话，显示在其页首。'],
				}),
				picture('cover', ['Cover', '封面'], {
					when: [{ field: 'kind', is: ['topic', 'role', 'product-line'], then: 'hidden' }],
					note: ['Of a series or an industry.', '用于系列或行业。'],
				}),
			),
		],
	},
	{
		collection: 'banners',
		label: ['Banners', '横幅'],
		note: ['One line with a link, at the top or on a page.', '一行文字加链接，显示在页首或特定页面。'],
		icon: 'campaign',
		group: 'steering',
		displayTemplate: '{{text_en}}',
		list: { columns: { status: 90, text_en: 360, text_zh: 300, placement: 170, publish_at: 150, unpublish_at: 150 } },
		fields: [
			...bookkeeping(),
			slug('slug', ['Key', '标识'], ['Tells banners apart, also in reports.', '用于区分横幅，也用于报表。']),
			status(),
			...section(
				'text',
				localised('text', ['Text', '文字'], paragraph, { tab: 'main', note: ['One sentence.', '一句话。'] }),
				line('link', ['Link', '链接'], {
					isHalf: true,
					rule: LINK,
					icon: 'link',
					placeholder: '/webinars/my-webinar',
					note: [
						'A page of this site starts with /; the Chinese site leads to its Chinese page by itself.',
						'本站页面以 / 开头，中文站会自动指向中文页面。',
					],
				}),
				choice(
					'placement',
					['Place', '位置'],
					[
						{ value: 'top', label: ['Top of every page', '所有页面顶部'] },
						{ value: 'home', label: ['Home page', '首页'] },
						{ value: 'library', label: ['Library', '资料库'] },
					],
					{ isRequired: true, initial: 'top' },
				),
				picture('picture', ['Picture', '图片'], { note: ['Only where there is room for one: home page and library.', '仅用于首页与资料库。'] }),
				tags('audience', ['Only for', '面向'], {
					placeholder: 'water-treatment',
					icon: 'groups',
					note: [
						'Address parts of industries and roles, awareness, consideration, decision, country:DE or segment:its name. One must fit. Empty: everybody else.',
						'行业与岗位的标识、awareness、consideration、decision、country:DE 或“segment:分群名称”。符合其一即可。留空面向其余访客。',
					],
				}),
			),
			...schedule('main'),
		],
	},
	{
		collection: 'slots',
		label: ['Slots', '推荐位'],
		note: ['Places that personalisation fills, within the bounds set here.', '由个性化填充的位置，范围在此设定。'],
		icon: 'dashboard',
		group: 'steering',
		displayTemplate: '{{name_en}}',
		list: { columns: { status: 90, name_en: 260, name_zh: 240, slug: 200 } },
		fields: [
			...bookkeeping(),
			...localised('name', ['Name', '名称'], line, { tab: 'top' }),
			slug('slug', ['Key', '标识'], ['The page names its slot by it: do not change it.', '页面以此引用推荐位，请勿更改。']),
			status(),
			...section(
				'pins',
				tags('pins', ['Always first', '置顶'], {
					placeholder: REFERENCE,
					icon: 'push_pin',
					note: explained(['Everybody sees these, in this order, before anything chosen.', '所有人都会先看到这些内容，按此顺序。']),
				}),
				tags('exclusions', ['Never', '排除'], {
					placeholder: REFERENCE,
					icon: 'block',
					note: explained(['Never shown here, whoever looks.', '任何人都不会在此看到。']),
				}),
				tags('fallback', ['If nothing is known', '默认内容'], {
					placeholder: REFERENCE,
					icon: 'history',
					note: explained(['For visitors of whom nothing is known or who did not agree.', '用于未知访客或未同意个性化的访客。']),
				}),
			),
			...section(
				'choice',
				choices(
					'types',
					['Types', '内容类型'],
					[
						{ value: 'white_papers', label: ['White papers', '白皮书'] },
						{ value: 'cases', label: ['Cases', '应用案例'] },
						{ value: 'articles', label: ['Articles', '文章'] },
						{ value: 'products', label: ['Products', '产品'] },
						{ value: 'webinars', label: ['Webinars', '网络研讨会'] },
					],
					{ note: ['What may be chosen. Nothing ticked: all of them.', '可选取的类型。全部不勾选表示不限。'] },
				),
				references('topics', ['Topics', '主题'], 'terms', '{{name_en}} · {{name_zh}}', {
					filter: { kind: { _eq: 'topic' } },
					note: ['Only content of these topics. Empty: of all.', '仅限这些主题。留空不限。'],
				}),
				choice(
					'stage_rule',
					['Stage of the visitor', '访客所处阶段'],
					[
						{ value: 'off', label: ['Does not matter', '不考虑'] },
						{ value: 'prefer', label: ['Lifts what is written for it', '优先符合阶段的内容'] },
						{ value: 'only', label: ['Only what is written for it', '仅限符合阶段的内容'] },
					],
					{ initial: 'prefer', note: ['What the stage of a paper, case or article does here.', '白皮书、案例和文章的阶段在此如何起作用。'] },
				),
				integer('cap_impressions', ['Shown at most', '最多展示'], {
					isHalf: true,
					min: 0,
					note: ['Times that one visitor sees the same piece here. 0 or empty: no limit.', '同一访客在此看到同一内容的次数。0 或留空不限。'],
				}),
				integer('cap_days', ['Within days', '统计天数'], {
					isHalf: true,
					min: 1,
					initial: 7,
					note: ['The limit counts so many days back.', '上限按最近这么多天计算。'],
				}),
			),
		],
	},
	{
		collection: 'search_rules',
		label: ['Search rules', '搜索规则'],
		note: ['What the search shall know beyond the texts.', '全文之外，搜索须知道的规则。'],
		icon: 'manage_search',
		group: 'steering',
		displayTemplate: '{{slug}}',
		list: { columns: { status: 90, kind: 260, slug: 220, terms: 320, target: 240 }, sort: 'kind' },
		fields: [
			...bookkeeping(),
			slug('slug', ['Key', '标识'], ['Tells rules apart.', '用于区分规则。']),
			status(),
			...section(
				'rule',
				choice(
					'kind',
					['Kind', '类型'],
					[
						{ value: 'synonym', label: ['Synonym: all words mean the same', '同义词：含义相同'] },
						{ value: 'stop-word', label: ['Stop word: is not looked for', '停用词：不参与搜索'] },
						{ value: 'pin', label: ['Pinned hit: comes first', '置顶结果：排在最前'] },
						{ value: 'redirect', label: ['Redirect: opens a page at once', '跳转：直接打开页面'] },
					],
					{ isRequired: true, initial: 'synonym' },
				),
				tags('terms', ['Words', '词语'], {
					placeholder: 'VFD',
					note: ['In either language, upper or lower case. Enter after each one.', '中英文均可，不分大小写，每项后按回车。'],
				}),
				line('target', ['Hit or address', '结果或网址'], {
					icon: 'link',
					placeholder: REFERENCE,
					when: [{ field: 'kind', is: ['synonym', 'stop-word'], then: 'hidden' }],
					note: [
						'Of a pinned hit: white-papers/my-paper. Of a redirect: /quote or https://…',
						'置顶结果填写 white-papers/my-paper；跳转填写 /quote 或 https://…',
					],
				}),
			),
		],
	},
];
