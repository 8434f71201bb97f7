import type { Addresses } from '#kernel/texts/addresses.ts';
import type { Texts } from '#kernel/texts/texts.ts';

export interface NavigationEntry {
	readonly name: string;
	readonly href: string;
	/** `page`: this very page; `true`: a page below it; undefined: elsewhere. */
	readonly current: 'page' | 'true' | undefined;
}

/** The main navigation after the products, seen from the page at `path`, which may be a list of the library chosen by `type`. */
export function navigation(path: string, type: string | null, addresses: Addresses, names: Texts['site']['nav']): readonly NavigationEntry[] {
	const ofType = (name: string, kind: string, folder: string): NavigationEntry => {
		const isList = path === addresses.library && type === kind;
		return { name, href: `${addresses.library}?type=${kind}`, current: isList ? 'page' : isBelow(path, folder) ? 'true' : undefined };
	};
	return [
		{ name: names.industries, href: addresses.industries, current: currentAt(path, addresses.industries) },
		ofType(names.papers, 'white_papers', addresses.paper('')),
		ofType(names.cases, 'cases', addresses.case('')),
		ofType(names.articles, 'articles', addresses.article('')),
		{ name: names.webinars, href: addresses.webinars, current: currentAt(path, addresses.webinars) },
	];
}

/** How a link to `address` is marked on the page at `path`. */
export function currentAt(path: string, address: string): 'page' | 'true' | undefined {
	if (path === address) return 'page';
	return isBelow(path, `${address}/`) ? 'true' : undefined;
}

function isBelow(path: string, folder: string): boolean {
	return path.startsWith(folder) && path.length > folder.length;
}
