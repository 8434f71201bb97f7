type Locale = 'en' | 'zh-CN';

const FOLDERS = {
	white_papers: 'white-papers',
	cases: 'cases',
	articles: 'articles',
	webinars: 'webinars',
	pages: 'p',
} as const;

export type Addresses = ReturnType<typeof addresses>;

/** Paths of the site's pages in one language: English at the root, Chinese under `/zh-CN`. */
export function addresses(locale: Locale) {
	const root = locale === 'en' ? '' : '/zh-CN';
	return {
		home: root || '/',
		library: `${root}/library`,
		products: `${root}/products`,
		category: (category: string) => `${root}/products/${category}`,
		product: (category: string, slug: string) => `${root}/products/${category}/${slug}`,
		paper: (slug: string) => `${root}/white-papers/${slug}`,
		case: (slug: string) => `${root}/cases/${slug}`,
		article: (slug: string) => `${root}/articles/${slug}`,
		webinars: `${root}/webinars`,
		webinar: (slug: string) => `${root}/webinars/${slug}`,
		/** A registrant's own page of a session that began. */
		afterwards: (slug: string) => `${root}/webinars/${slug}/afterwards`,
		certificate: (slug: string) => `${root}/webinars/${slug}/certificate.pdf`,
		/** Where anybody checks a certificate by its code. */
		certificates: `${root}/certificates`,
		/** Takes and ends what is followed. */
		follow: `${root}/follow`,
		replay: (slug: string) => `${root}/webinars/${slug}/replay`,
		replayLink: (slug: string, token: string) => `${root}/webinars/${slug}/replay/${token}`,
		room: (slug: string) => `${root}/webinars/${slug}/room`,
		compare: (slugs: readonly string[]) => `${root}/products/compare${slugs.length > 0 ? `?${slugs.map((slug) => `p=${slug}`).join('&')}` : ''}`,
		industries: `${root}/industries`,
		industry: (slug: string) => `${root}/industries/${slug}`,
		series: (slug: string) => `${root}/series/${slug}`,
		dealers: `${root}/dealers`,
		offers: `${root}/offers`,
		offer: (slug: string) => `${root}/offers/${slug}`,
		brochure: `${root}/brochure`,
		search: `${root}/search`,
		quote: `${root}/quote`,
		page: (slug: string) => `${root}/p/${slug}`,
		privacy: `${root}/privacy`,
		preferences: `${root}/preferences`,
		/** Where a known person gets a code for another browser. */
		pass: `${root}/pass`,
		/** A gated document of a product. */
		document: (id: string) => `${root}/documents/${id}`,
		confirm: (token: string) => `${root}/c/${token}`,
		/** The page of whoever a mail was sent to: what they agreed to, and their data. */
		own: (token: string) => `${root}/u/${token}`,
		/** Ends one kind of mail with one click. */
		stop: (token: string) => `${root}/u/stop/${token}`,
		join: (token: string) => `${root}/j/${token}`,
		/** Where a speaker without an account comes in; without a token, the stage itself. */
		speak: (token?: string) => (token === undefined ? `${root}/speak` : `${root}/speak/${token}`),
		/** A dealer's own page to redeem codes. */
		redeem: (token: string) => `${root}/redeem/${token}`,
		/** Material that sales shared with somebody. */
		material: (token: string) => `${root}/m/${token}`,
		/** A personal link to invite others by. */
		invitation: (code: string) => `${root}/i/${code}`,
		/** Where a person makes an invitation of a programme, and sees what came of it. */
		invite: (programme: string) => `${root}/invite/${programme}`,
		download: (token: string) => `/d/${token}`,
		brochureFile: (secret: string) => `/b/${secret}`,
		feed: `${root}/rss.xml`,
		calendar: `${root}/webinars.ics`,
		manifest: `${root}/site.webmanifest`,
		/** The public page of an item; products need the category at the top. */
		item: (item: { readonly type: string; readonly slug: string; readonly category?: string; readonly rootCategory?: string }) =>
			item.type === 'products'
				? `${root}/products/${item.rootCategory ?? item.category ?? ''}/${item.slug}`
				: `${root}/${FOLDERS[item.type as keyof typeof FOLDERS] ?? item.type}/${item.slug}`,
	};
}

/** The same page in the other language. `path` may or may not start with `/zh-CN`. */
export function inOtherLocale(path: string): string {
	if (path === '/zh-CN') return '/';
	return path.startsWith('/zh-CN/') ? path.slice('/zh-CN'.length) : `/zh-CN${path === '/' ? '' : path}`;
}
