import { choice, tags } from './choice.ts';
import { type Collection, workLists } from './collection.ts';
import { decimal, instant, line, localised, markdown, paragraph, slug } from './field.ts';
import { inTab, section } from './group.ts';
import { bookkeeping, productReferences, schedule, status } from './publishing.ts';
import { picture, references } from './reference.ts';
import { numberColumn, repeater, textColumn } from './repeater.ts';
import { COUNTRY, LATITUDE, LONGITUDE, MAIL, WEB_ADDRESS } from './rule.ts';

/** Offers with their coupons, and the dealers who redeem them. */
export const sellingCollections: readonly Collection[] = [
	{
		collection: 'offers',
		label: ['Offers', '优惠'],
		note: ['Trials, test units, courses and rebates that readers claim with a form.', '试用、样机、课程与折扣，读者填表领取。'],
		icon: 'sell',
		group: 'catalogue',
		displayTemplate: '{{title_en}}',
		list: {
			columns: { picture: 80, status: 90, title_en: 280, title_zh: 240, kind: 120, valid_until: 150, unpublish_at: 150 },
			hasPictures: true,
			bookmarks: workLists('title', 'summary', 'terms'),
		},
		fields: [
			...bookkeeping(),
			...localised('title', ['Title', '标题'], line, { tab: 'top' }),
			slug(),
			status(),
			...localised('summary', ['Summary', '摘要'], paragraph, { note: ['What one gets, in two sentences.', '两句话说明可获得什么。'] }),
			...localised('terms', ['Conditions', '条款'], markdown, {
				note: ['Who may claim it, how often, until when, what is not included.', '谁可领取、几次、截止时间、不含哪些内容。'],
			}),
			...section(
				'terms',
				choice(
					'kind',
					['Kind', '类型'],
					[
						{ value: 'trial', label: ['Trial', '试用'] },
						{ value: 'test-unit', label: ['Test unit', '样机'] },
						{ value: 'course', label: ['Course', '课程'] },
						{ value: 'summit-seat', label: ['Summit seat', '峰会席位'] },
						{ value: 'rebate', label: ['Rebate', '折扣'] },
						{ value: 'gift', label: ['Gift', '礼品'] },
					],
					{ isRequired: true, initial: 'trial' },
				),
				instant('valid_until', ['Claim until', '领取截止'], {
					isHalf: true,
					note: ['The last moment to claim; shown on the page. Empty: as long as it is online.', '领取截止时间，显示在页面上。留空则在线期间有效。'],
				}),
				productReferences(['The pages of these products show the offer.', '这些产品的页面会显示此优惠。']),
			),
			...section(
				'coupons',
				repeater(
					'coupons',
					['Coupon codes', '优惠码'],
					'{{code}} × {{stock}}',
					[
						textColumn('code', ['Code', '优惠码'], { isRequired: true, placeholder: 'HC1-TEST-2611' }),
						numberColumn('stock', ['How often', '可用次数'], { isRequired: true, placeholder: '1' }),
					],
					{
						note: [
							'Given one by one to those who claim, from top to bottom; never shown on a page. “How often” is how many people may get the same code. When all are given, the offer is out of stock.',
							'按从上到下的顺序逐个发给领取者，不会显示在页面上。“可用次数”为同一优惠码可发给的人数。全部发完即为领完。',
						],
						add: ['Add a code', '添加优惠码'],
					},
				),
				references('dealers', ['Only at these dealers', '限定经销商'], 'dealers', '{{name_en}} · {{city_en}}', {
					note: ['Only they may redeem the codes. Empty: every dealer.', '仅限这些经销商兑换。留空则不限。'],
				}),
			),
			...inTab(
				'files',
				section(
					'pictures',
					picture('picture', ['Picture', '图片'], { note: ['Empty: the drawing of the first product.', '留空则使用第一个产品的图。'] }),
				),
			),
			...schedule(),
		],
	},
	{
		collection: 'dealers',
		label: ['Dealers', '经销商'],
		note: ['Who sells and serves near the reader.', '读者附近的销售与服务商。'],
		icon: 'storefront',
		group: 'catalogue',
		displayTemplate: '{{name_en}}, {{city_en}}',
		list: { columns: { status: 90, name_en: 260, name_zh: 220, city_en: 140, country: 90, phone: 160 } },
		fields: [
			...bookkeeping(),
			...localised('name', ['Name', '名称'], line, { tab: 'top' }),
			slug('slug', ['Key', '标识'], ['Names the dealer in links and coupons.', '用于链接与优惠码。']),
			status(),
			...section(
				'address',
				line('street', ['Street', '街道'], { icon: 'signpost' }),
				line('postcode', ['Postcode', '邮编'], { isHalf: true }),
				line('country', ['Country', '国家'], {
					isHalf: true,
					rule: COUNTRY,
					placeholder: 'CH',
					icon: 'flag',
					note: ['Two letters of ISO 3166.', 'ISO 3166 两位代码。'],
				}),
				localised('city', ['City', '城市'], line, { tab: 'main', icon: 'location_city' }),
				localised('region', ['Region', '地区'], line, { tab: 'main', note: ['Canton, state or province.', '州、省或自治区。'] }),
				decimal('latitude', ['Latitude', '纬度'], {
					isHalf: true,
					rule: LATITUDE,
					placeholder: '48.7758',
					note: [
						'Decimal degrees. On a map of your choice, right-click the house and copy both numbers.',
						'十进制度数。可在地图上右击该地点，复制两个数字。',
					],
				}),
				decimal('longitude', ['Longitude', '经度'], {
					isHalf: true,
					rule: LONGITUDE,
					placeholder: '9.1829',
					note: [
						'“Dealers near me” measures from here. Without both the dealer is not listed.',
						'“附近经销商”据此计算距离。缺少坐标的经销商不会显示。',
					],
				}),
			),
			...section(
				'contact',
				line('phone', ['Phone', '电话'], {
					isHalf: true,
					icon: 'call',
					placeholder: '+49 711 555 0140',
					note: ['With the country code.', '含国家代码。'],
				}),
				line('email', ['Mail', '邮箱'], { isHalf: true, icon: 'mail', rule: MAIL }),
				line('website', ['Website', '网站'], { isHalf: true, icon: 'public', rule: WEB_ADDRESS, placeholder: 'https://' }),
				tags('languages', ['Languages spoken', '服务语言'], {
					isHalf: true,
					placeholder: 'de',
					note: ['Codes: de, en, fr, zh-CN. Enter after each one.', '语言代码：de、en、zh-CN，每项后按回车。'],
				}),
			),
			...section(
				'sells',
				references('categories', ['Sells', '经销类别'], 'categories', '{{name_en}} · {{name_zh}}', {
					note: ['A category includes the ones below it.', '包含其下级类别。'],
				}),
				productReferences(['Kept in stock or shown there.', '有现货或样机的产品。']),
			),
		],
	},
];
