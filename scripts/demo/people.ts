import type { Profile } from '#gating/identity/profile.ts';

import type { Dice } from './dice.ts';

/** Everybody and every company here is invented. Domains end in `.example`, which nobody can own; nobody has a phone number, since none are reserved in such quantity. */
const SURNAMES =
	'Wang王 Li李 Zhang张 Liu刘 Chen陈 Yang杨 Zhao赵 Huang黄 Zhou周 Wu吴 Xu徐 Sun孙 Hu胡 Zhu朱 Gao高 Lin林 He何 Guo郭 Ma马 Luo罗 Liang梁 Song宋 Tang唐 Xie谢 Han韩 Cao曹 Deng邓 Feng冯 Peng彭 Xiao萧';
const GIVEN =
	'wei伟 min敏 jing静 lei磊 qiang强 yang洋 yong勇 jie杰 juan娟 tao涛 ming明 chao超 xia霞 ping平 gang刚 hui辉 ling玲 bo波 bin斌 ying颖 xin鑫 yu宇 hao浩 kai凯 jun军 dan丹 fei飞 na娜 lin琳 peng鹏 rui睿 yan燕 qing青 hong红 jian建 hua华 guo国 wen文 zhi志 xiao晓';
const FIRST =
	'Anna Jonas Petra Marco Elena Stefan Laura Thomas Nina Daniel Sophie Lukas Claire Antoine Giulia Paolo Emma Oliver Grace Henry Ines Pablo Marta Jan Katarzyna Piotr Astrid Erik Mette Lars Hanna Mikko Eva Tomas Zuzana Bram Femke Aoife Sean Katrin';
const LAST =
	'Keller Brunner Weber Schneider Fischer Hoffmann Bauer Vogel Lehmann Moreau Lefevre Bernard Rossi Conti Ferrari Martin Hughes Bennett Carter Walsh Garcia Molina Kowalski Nowak Lindqvist Berg Nielsen Virtanen Novak Dvorak Jansen Visser Murphy Byrne Steiner Egger Huber Graf Frei Ammann';
const TITLES =
	'Design engineer|Automation engineer|Head of maintenance|Maintenance technician|Plant manager|Production manager|Buyer|Head of purchasing|Project engineer|Quality engineer|Chief technology officer|Managing director|Process engineer|Electrical engineer|Student|Sales engineer|Consultant';
const TITLES_ZH =
	'设计工程师|自动化工程师|设备主管|维修技师|厂长|生产经理|采购员|采购总监|项目工程师|质量工程师|技术总监|总经理|工艺工程师|电气工程师|学生|销售工程师|顾问';
const PLACES =
	'Zurich|Switzerland,Basel|Switzerland,Stuttgart|Germany,Munich|Germany,Hamburg|Germany,Lyon|France,Milan|Italy,Turin|Italy,Vienna|Austria,Linz|Austria,Eindhoven|Netherlands,Gothenburg|Sweden,Aarhus|Denmark,Gdansk|Poland,Brno|Czechia,Birmingham|United Kingdom,Bilbao|Spain,Ghent|Belgium,Tampere|Finland,Cork|Ireland';
const PLACES_ZH =
	'Suzhou苏州 Wuxi无锡 Shanghai上海 Ningbo宁波 Hangzhou杭州 Shenzhen深圳 Dongguan东莞 Foshan佛山 Wuhan武汉 Hefei合肥 Qingdao青岛 Tianjin天津 Chengdu成都 Changsha长沙 Xian西安 Dalian大连';
const BRANDS =
	'Alpen Rhein Nord Delta Terra Lumen Vektor Arbor Cobalt Granit Falken Linden Aster Boreal Cirrus Ferro Hanse Isar Jura Kastell Laurin Merkur Neckar Orbis Pallas Quarz Rigi Saphir Tarn Ulmen Vento Wega Zenit Adler Birken Corvus Dorn Elster Fjord Gletscher';
const BRANDS_ZH = 'heng恒 rui瑞 tai泰 da达 xin鑫 hua华 jing精 chuang创 yuan源 sheng盛 zhuo卓 li力 ke科 ao奥 feng丰 jia佳 long隆 wan万 bo博 tong通';
const TRADES: readonly (readonly [en: string, slug: string, zh: string, industry: string])[] = [
	['Packaging', 'packaging', '包装机械', 'packaging'],
	['Bottling', 'bottling', '灌装设备', 'food-beverage'],
	['Foods', 'foods', '食品', 'food-beverage'],
	['Logistics', 'logistics', '物流装备', 'intralogistics'],
	['Conveyors', 'conveyors', '输送设备', 'intralogistics'],
	['Metalworks', 'metalworks', '锻压机床', 'metal-forming'],
	['Presses', 'presses', '冲压设备', 'metal-forming'],
	['Battery Systems', 'battery-systems', '锂电设备', 'battery-cell'],
	['Water', 'water', '水务', 'water-treatment'],
	['Pumps', 'pumps', '泵业', 'water-treatment'],
	['Machines', 'machines', '机械', ''],
	['Instruments', 'instruments', '仪器', ''],
];
const FORMS = ['AG', 'GmbH', 'SA', 'Ltd', 'S.r.l.', 'AB', 'BV'];

interface Word {
	readonly latin: string;
	readonly han: string;
}

const han = (text: string): readonly Word[] =>
	text.split(' ').map((entry) => ({ latin: /^[A-Za-z]+/.exec(entry)?.[0] ?? '', han: entry.replace(/^[A-Za-z]+/, '') }));
const [surnames, given, cities, brandsZh] = [han(SURNAMES), han(GIVEN), han(PLACES_ZH), han(BRANDS_ZH)];
const [first, last, brands, titles, titlesZh] = [FIRST.split(' '), LAST.split(' '), BRANDS.split(' '), TITLES.split('|'), TITLES_ZH.split('|')];
const places = PLACES.split(',').map((entry) => entry.split('|') as [string, string]);
const SIZES = ['10-49', '50-249', '250-999', '1000-4999', '5000+'] as const;

/** A company that is not. */
export interface Company {
	readonly name: string;
	readonly domain: string;
	readonly industry: string;
	readonly size: string;
	readonly country: string;
	readonly region: string;
	readonly isChinese: boolean;
}

const COUNTRY: Readonly<Record<string, string>> = {
	...{ Switzerland: 'CH', Germany: 'DE', France: 'FR', Italy: 'IT', Austria: 'AT', Netherlands: 'NL', Sweden: 'SE', Denmark: 'DK', Poland: 'PL' },
	...{ Czechia: 'CZ', 'United Kingdom': 'GB', Spain: 'ES', Belgium: 'BE', Finland: 'FI', Ireland: 'IE' },
};

/** The company of a number: no two have one domain. */
export function aCompany(dice: Dice, number: number): Company {
	const [trade, slug, tradeZh, industry] = dice.pick(TRADES);
	const size = dice.chance(0.6) ? dice.pick(SIZES) : '';
	const tail = number.toString(36);
	if (dice.chance(0.42)) {
		const [city, one, other] = [dice.pick(cities), dice.pick(brandsZh), dice.pick(brandsZh)];
		const name = `${city.han}${one.han}${other.han}${tradeZh}有限公司`;
		const domain = `${one.latin}${other.latin}-${city.latin.toLowerCase()}-${tail}.example`;
		return { name, domain, industry, size, country: 'CN', region: `${city.han}，中国`, isChinese: true };
	}
	const [[city, country], brand] = [dice.pick(places), dice.pick(brands)];
	const name = `${brand} ${trade} ${city} ${dice.pick(FORMS)}`;
	const domain = `${brand.toLowerCase()}-${slug}-${tail}.example`;
	return { name, domain, industry, size, country: COUNTRY[country] ?? '', region: `${city}, ${country}`, isChinese: false };
}

/** Somebody who works there, as they would fill a form: region and industry are not always said. */
export function aPerson(
	dice: Dice,
	company: Company,
	number: number,
): { readonly profile: Profile; readonly locale: 'en' | 'zh-CN'; readonly timeZone: string } {
	const known = {
		...(dice.chance(0.8) && { region: company.region }),
		...(company.industry !== '' && dice.chance(0.7) && { industry: company.industry }),
	};
	const common = { company: company.name, ...known };
	if (company.isChinese) {
		const [family, one, other] = [dice.pick(surnames), dice.pick(given), dice.chance(0.6) ? dice.pick(given) : null];
		const email = `${one.latin}${other?.latin ?? ''}.${family.latin.toLowerCase()}${number}@${company.domain}`;
		const profile = { name: `${family.han}${one.han}${other?.han ?? ''}`, email, jobTitle: dice.pick(titlesZh), ...common };
		return { profile, locale: 'zh-CN', timeZone: 'Asia/Shanghai' };
	}
	const [called, family] = [dice.pick(first), dice.pick(last)];
	const email = `${called}.${family}${number === 0 ? '' : number}@${company.domain}`.toLowerCase();
	return { profile: { name: `${called} ${family}`, email, jobTitle: dice.pick(titles), ...common }, locale: 'en', timeZone: 'Europe/Zurich' };
}
