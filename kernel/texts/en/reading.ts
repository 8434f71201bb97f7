/** Words of reading a paper page by page, and of series. */
export const reading = {
	start: 'Start reading',
	/** Where this browser was the last time. */
	goOn: 'Continue at page {page}: {title}',
	next: 'Next page',
	previous: 'Previous page',
	standards: 'Standards named here',
	follows: 'On the closed pages',
	gets: 'What you get',
	getsText: 'The whole paper on this page: {pages} pages, about {minutes} minutes.',
	getsPdf: 'The same as a PDF{size}, with your name, email address and the date on each page.',
	how: 'How it works',
	howText: 'We email you a link. Open it and confirm, and the paper opens in this browser.',
	data: 'What happens with your data',
	dataText:
		'We use it to send the link and to answer you. Everything else is a choice of its own below, and none is ticked. You end it any time under “{preferences}”.',
	stamped: 'Each page carries your name, email address and the date: the copy is yours, please do not pass it on.',
	/** A series of papers, articles and webinars. */
	series: {
		kind: 'Series',
		all: 'Series',
		allText: 'Papers, articles and webinars that belong together, in an order that makes sense.',
		count: '{count} parts',
		countOne: '1 part',
		inOrder: 'Read in this order',
		part: 'Part {part}',
		follow: 'Follow this series',
		followText: 'Register for one of its webinars and tick the news. You then hear of the next part.',
		toWebinars: 'Webinars of this series',
		others: 'Other series',
	},
} as const;
