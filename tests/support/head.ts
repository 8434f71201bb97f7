/** What a page says of itself: title, tags of its head by name or relation, and the nodes of its JSON-LD. */
export function headOf(html: string) {
	const head = html.slice(0, html.indexOf('</head>'));
	const attributes = (tag: string): Record<string, string> =>
		Object.fromEntries(
			[...tag.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value.replaceAll('&#38;', '&').replaceAll('&amp;', '&')]),
		);
	const metas = [...head.matchAll(/<meta [^>]*>/g)].map(([tag]) => attributes(tag));
	const links = [...head.matchAll(/<link [^>]*>/g)].map(([tag]) => attributes(tag));
	const nodes = [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].flatMap(
		([, json = '']) => (JSON.parse(json) as { '@graph': Record<string, unknown>[] })['@graph'],
	);
	return {
		title: /<title>([^<]*)<\/title>/.exec(head)?.[1] ?? '',
		meta: (name: string) => metas.find((tag) => (tag['name'] ?? tag['property']) === name)?.['content'],
		link: (rel: string) => links.find((tag) => tag['rel'] === rel)?.['href'],
		alternates: links.flatMap(({ hreflang, href }) => (hreflang && href ? [[hreflang, href] as const] : [])),
		nodes,
		types: nodes.map((node) => node['@type']),
	};
}
