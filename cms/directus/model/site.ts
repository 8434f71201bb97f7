import { tags } from './choice.ts';
import type { Collection } from './collection.ts';
import { integer, line, localised, paragraph } from './field.ts';
import { section } from './group.ts';
import { bookkeeping } from './publishing.ts';
import { picture } from './reference.ts';
import { MAIL, TIME_ZONE } from './rule.ts';

/** The one row of settings that belongs to the company, not to a page. */
export const siteCollection: Collection = {
	collection: 'site',
	label: ['Site', '网站设置'],
	note: ['The company: names, addresses, home page.', '公司信息：名称、地址、首页。'],
	icon: 'settings',
	group: null,
	displayTemplate: '{{brand}}',
	isSingleton: true,
	fields: [
		...bookkeeping().filter(({ field }) => field !== 'sort'),
		...section(
			'company',
			line('brand', ['Brand', '品牌'], { isHalf: true, icon: 'sell', note: ['As it stands at the head of every page.', '显示在每页页首。'] }),
			line('legal_name', ['Company as registered', '公司注册名称'], {
				isHalf: true,
				icon: 'business',
				note: ['For imprint, mails and search engines.', '用于网站信息、邮件与搜索引擎。'],
			}),
			picture('logo', ['Logo', '标志'], {
				note: ['PNG, for search engines and mails. The head of the page shows the brand as text.', 'PNG，用于搜索引擎与邮件；页首以文字显示品牌。'],
			}),
			integer('founded_year', ['Founded in', '成立年份'], {
				isHalf: true,
				min: 1500,
				placeholder: '1961',
				icon: 'history',
				rule: { test: { _between: [1500, 2100] }, message: ['A year with four digits', '请填写四位年份'] },
			}),
			localised('tagline', ['In one line', '一句话介绍'], line, {
				tab: 'main',
				note: ['What the company makes and for whom.', '公司制造什么、面向谁。'],
			}),
			line('time_zone', ['Time zone of the company', '公司时区'], {
				isHalf: true,
				rule: TIME_ZONE,
				placeholder: 'Europe/Zurich',
				icon: 'schedule',
				note: ['Days, answering times and reports are counted in it.', '日期、答复时限与报表均按此计算。'],
			}),
		),
		...section(
			'home',
			localised('home_title', ['Title of the home page', '首页标题'], line, { tab: 'main' }),
			localised('home_lead', ['First paragraph', '首页导语'], paragraph, {
				tab: 'main',
				note: ['Who you are and what one finds here, in two sentences.', '两句话：你们是谁，访客能找到什么。'],
			}),
		),
		...section(
			'contact',
			line('contact_email', ['Mail', '邮箱'], {
				isHalf: true,
				icon: 'mail',
				rule: MAIL,
				note: ['Shown on the site; replies to mails go here.', '显示在网站上，邮件回复也发到此处。'],
			}),
			line('phone', ['Phone', '电话'], {
				isHalf: true,
				icon: 'call',
				placeholder: '+41 52 555 01 61',
				note: ['With the country code.', '含国家代码。'],
			}),
			localised('address', ['Postal address', '邮寄地址'], paragraph, { tab: 'main' }),
			tags('social_links', ['Profiles elsewhere', '其他平台主页'], {
				placeholder: 'https://',
				icon: 'link',
				note: [
					'Whole addresses; search engines connect them with the company. Enter after each one.',
					'完整网址，供搜索引擎与公司关联。每项后按回车。',
				],
			}),
		),
		...section(
			'privacy',
			localised('recipient_abroad', ['Who receives data abroad', '境外接收方'], paragraph, {
				tab: 'main',
				note: ['Name, address and contact; the consent text for people in China names it.', '名称、地址与联系方式，面向中国用户的同意书会写明。'],
			}),
			tags('known_companies', ['Companies that forms suggest', '表单中提示的公司'], {
				placeholder: 'Lindwerk Abfülltechnik GmbH',
				icon: 'apartment',
				note: [
					'Suggested to everybody who types a company, beside the customers of published cases. List only those who agreed to be named: the list is public.',
					'访客填写公司时会提示这些名称及已发布案例中的客户。该列表对外公开，仅填写同意公开名称的公司。',
				],
			}),
			tags('competitor_domains', ['Mail domains of competitors', '竞争对手邮箱域名'], {
				placeholder: 'example.com',
				icon: 'block',
				note: ['Who registers with such an address waits for a person to decide. Never shown.', '使用这些域名登记的人须由人工审核。此列表不会公开。'],
			}),
		),
	],
};
