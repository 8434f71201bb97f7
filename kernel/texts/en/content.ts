/** Names of content and of what editors should mend. Keys are the codes of `cms/content.ts`. */
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
	problems: {
		'dangling-reference': 'Refers to something that is not published: {detail}. Publish it, or take it out of the list.',
		'missing-translation': 'A text is missing: {detail}. The other language is shown until it is there.',
		'missing-file': 'A file is missing: {detail}. Upload it, or choose another one.',
		'broken-block': 'A block cannot be shown: {detail}. Choose one of the kinds in the list.',
		'invalid-field': 'A value does not fit: {detail}. Correct it; until then it is left out.',
		'duplicate-slug': 'Two items have the same name in the address: {detail}. Only the first is shown.',
	},
	cms: {
		ok: 'Directus answers.',
		degraded: 'Directus does not answer. The site shows the content as it was last read; changes come by themselves when it is back.',
		down: 'Directus does not answer, and no content was read yet.',
	},
} as const;
