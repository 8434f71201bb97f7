/**
 * What Google documents for each kind of structured data: properties without which nothing is shown, and those it asks for
 * besides. Sources, each below https://developers.google.com/search/docs/appearance/structured-data/: organization, sitelinks-searchbox,
 * breadcrumb, product-snippet, faqpage, article, paywalled-content, event, video, carousel.
 */
interface Rule {
	readonly required: readonly string[];
	readonly recommended: readonly string[];
	/** Recommended properties that this site leaves out on purpose, with the reason. */
	readonly leftOut?: Readonly<Record<string, string>>;
}

const ARTICLE: Rule = {
	required: [],
	recommended: ['author', 'dateModified', 'datePublished', 'headline', 'image'],
};
const EVENT: Rule = {
	required: ['location', 'name', 'startDate'],
	recommended: ['description', 'endDate', 'eventStatus', 'image', 'offers', 'organizer', 'performer'],
	leftOut: { offers: 'nothing is sold; isAccessibleForFree says that it costs nothing' },
};

const RULES: Readonly<Record<string, Rule>> = {
	Organization: { required: [], recommended: ['name', 'url', 'logo'] },
	WebSite: { required: ['name', 'url'], recommended: ['potentialAction'] },
	BreadcrumbList: { required: ['itemListElement'], recommended: [] },
	Product: {
		required: ['name'],
		recommended: ['image', 'description', 'brand', 'sku', 'mpn', 'offers', 'review', 'aggregateRating'],
		leftOut: {
			offers: 'prices are given on request, and none is invented',
			review: 'nobody reviews on the site',
			aggregateRating: 'nobody rates on the site',
		},
	},
	FAQPage: { required: ['mainEntity'], recommended: [] },
	Question: { required: ['name', 'acceptedAnswer'], recommended: [] },
	Answer: { required: ['text'], recommended: [] },
	Article: ARTICLE,
	NewsArticle: ARTICLE,
	TechArticle: ARTICLE,
	Report: ARTICLE,
	WebPageElement: { required: ['isAccessibleForFree', 'cssSelector'], recommended: [] },
	Event: EVENT,
	EventSeries: EVENT,
	VideoObject: {
		required: ['name', 'thumbnailUrl', 'uploadDate'],
		recommended: ['description', 'duration', 'contentUrl'],
		leftOut: { contentUrl: 'a recording opens after the registration only', duration: 'nobody measured the films of products' },
	},
	ItemList: { required: ['itemListElement'], recommended: [] },
	ListItem: { required: ['position'], recommended: [] },
};

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;
const DAY_OR_INSTANT = /^\d{4}-\d\d-\d\d(?:T.*(?:Z|[+-]\d\d:\d\d))?$/;
const DURATION = /^P(?=\d|T\d)(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+S)?)?$/;
const DATES = new Set(['datePublished', 'dateModified', 'uploadDate', 'startDate', 'endDate']);
const ADDRESSES = new Set(['url', 'image', 'item', 'thumbnailUrl', 'contentUrl', 'logo']);

/** What is wrong with the nodes of a page's JSON-LD; empty when nothing is. */
export function problemsOf(nodes: readonly unknown[], origin: string): string[] {
	return nodes.flatMap((node) => check(node, '', origin));
}

function check(value: unknown, path: string, origin: string): string[] {
	if (Array.isArray(value)) return value.flatMap((one, at) => check(one, `${path}[${at}]`, origin));
	if (typeof value !== 'object' || value === null) return checkText(value, path, origin);
	const node = value as Readonly<Record<string, unknown>>;
	const type = String(node['@type'] ?? '');
	const here = `${path}${type}`;
	const isReference = Object.keys(node).length === 1 && '@id' in node;
	// Customers and departments are known by name alone; only the company itself has a page and a mark here.
	const rule = type === 'Organization' && !String(node['@id']).endsWith('#organization') ? undefined : RULES[type];
	return [
		...(type === '' && !isReference ? [`${path}: no @type`] : []),
		...(rule ? rule.required.filter((name) => isEmpty(node[name])).map((name) => `${here}: required ${name} is missing`) : []),
		...(rule
			? rule.recommended
					.filter((name) => isEmpty(node[name]) && rule.leftOut?.[name] === undefined)
					.map((name) => `${here}: recommended ${name} is missing`)
			: []),
		...(type === 'WebPageElement' && !/^\.[\w-]+$/.test(String(node['cssSelector'])) ? [`${here}: cssSelector takes a class alone`] : []),
		...(type === 'BreadcrumbList' ? checkOrder(node['itemListElement'], here) : []),
		...Object.entries(node).flatMap(([name, inner]) => (isEmpty(inner) ? [`${here}.${name} is empty`] : check(inner, `${here}.${name} `, origin))),
	];
}

function checkText(value: unknown, path: string, origin: string): string[] {
	const name = /\.([\w@-]+) (?:\[\d+\])?$/.exec(path)?.[1] ?? '';
	if (typeof value !== 'string') return [];
	if (DATES.has(name) && !DAY_OR_INSTANT.test(value) && !INSTANT.test(value)) return [`${path}: ${value} is no date`];
	if ((name === 'duration' || name === 'timeRequired') && !DURATION.test(value)) return [`${path}: ${value} is no duration`];
	if (ADDRESSES.has(name) && !value.startsWith(origin)) return [`${path}: ${value} is not an address of the site`];
	return [];
}

function checkOrder(list: unknown, path: string): string[] {
	const positions = (list as readonly { position: number }[]).map(({ position }) => position);
	return positions.every((position, at) => position === at + 1) ? [] : [`${path}: positions are ${positions.join(', ')}`];
}

function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}
