/** A page in the menu of the console. */
export interface NavLink {
	readonly name: string;
	readonly href: string;
	/** How many wait there; left out where nothing is counted. */
	readonly count?: number;
}

/** How a link of the menu relates to where the reader is, as `aria-current` says it. */
export function currentAt({ pathname }: URL, href: string): 'page' | 'true' | undefined {
	if (pathname === href) return 'page';
	return href !== '/console' && pathname.startsWith(`${href}/`) ? 'true' : undefined;
}
