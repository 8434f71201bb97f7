/** Names of content, by the keys of `cms/content.ts`. */
export const content = {
	types: {
		white_papers: { one: 'White paper', many: 'White papers' },
		cases: { one: 'Case', many: 'Cases' },
		articles: { one: 'Article', many: 'Articles' },
		products: { one: 'Product', many: 'Products' },
		webinars: { one: 'Webinar', many: 'Webinars' },
		pages: { one: 'Page', many: 'Pages' },
	},
	stages: { awareness: 'First look', consideration: 'Comparing', decision: 'Deciding' },
	documents: { datasheet: 'Data sheet', cad: 'CAD model', manual: 'Manual', certificate: 'Certificate' },
	documentLanguages: { en: 'English', zh: 'Chinese', 'en-zh': 'English and Chinese' },
	cms: {
		ok: 'Directus answers.',
		degraded: 'Directus does not answer. The site shows the content as it was last read; changes come by themselves when it is back.',
		down: 'Directus does not answer, and no content was read yet.',
	},
} as const;
