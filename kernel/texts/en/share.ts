/** Words for what leaves the site: previews of links, feeds, calendars and lists for machines. */
export const share = {
	pageOf: '{title}, page {page}',
	pictureOf: '{title}: {brand}',
	feedTitle: '{brand}: papers, cases, articles and webinars',
	feedDescription: 'What {brand} publishes, newest first. {tagline}.',
	calendarTitle: '{brand} webinars',
	calendarDescription: 'Coming webinars of {brand}. To take part, register on the page of the webinar: {url}',
	llms: {
		summary: '{brand}: {tagline}.',
		about:
			'Everything listed here is open to all readers. White papers open with their first pages; the rest follows a short form, and is not part of these addresses. Prices are given on request.',
		languages: 'The site is in English and, under /zh-CN, in Chinese; both are written for their readers.',
		start: 'Start here',
		categories: 'Product categories',
		more: 'All products are in the sitemap: {url}',
		feeds: 'Feeds',
		feed: 'New papers, cases, articles and webinars (RSS)',
		calendar: 'Coming webinars (iCalendar)',
		sitemap: 'All pages (sitemap)',
	},
} as const;
