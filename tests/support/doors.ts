import { readdirSync } from 'node:fs';

import { CONSOLE_PAGES } from './pages.ts';
import { API_RIGHTS } from './api-rights.ts';
import { type ApiDescription, sampleRequest } from './sample-body.ts';
import type { Stranger } from './stranger.ts';

/** Nothing has this id. */
export const NOBODY_THERE = '00000000-0000-7000-8000-000000000000';
const CONSOLE = 'site/pages/console';
/** Every page and download of the console. */
export const CONSOLE_FILES = readdirSync(CONSOLE, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(?:astro|ts)$/.test(file));

/** What became of asking: let in, refused, or sent to the sign-in page. */
export function outcomeOf(answer: Response): string {
	if (answer.status >= 500) return `failed with ${answer.status}`;
	if (answer.status === 401 || (answer.status === 303 && answer.headers.get('location')?.startsWith('/console/sign-in'))) return 'not signed in';
	return answer.status === 403 ? 'refused' : 'let in';
}

const nameOf = (file: string) => `/console/${file.replace(/(?:\/?index)?\.(?:astro|ts)$/, '')}`.replace(/\/$/, '');
/** The address of a file's page, with nothing behind it where it needs something. */
export const emptyAddressOf = (file: string): string => nameOf(file).replaceAll(/\[[.\w]+\]/g, NOBODY_THERE);

/** By file: an address with something behind it, as links lead there from pages that need nothing and from `more`; where there is none, one with nothing. */
export async function consoleAddresses(admin: Stranger, more: readonly string[]): Promise<ReadonlyMap<string, string>> {
	const patterns = CONSOLE_FILES.map((file) => ({ file, pattern: new RegExp(`^${nameOf(file).replaceAll(/\[\w+\]/g, '[^/?#]+')}(?:[?]|$)`) })).sort(
		(a, b) => Number(a.file.includes('[')) - Number(b.file.includes('[')),
	);
	const found = new Map<string, string>();
	const queue: string[] = [...more, ...CONSOLE_PAGES];
	for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
		const file = patterns.find(({ pattern }) => pattern.test(path ?? ''))?.file;
		if (file === undefined || found.has(file)) continue;
		const answer = await admin.get(path);
		if (answer.status !== 200) continue;
		found.set(file, path);
		const links = [...(await answer.text()).matchAll(/(?:href|src)="(\/console\/[^"#]+)"/g)];
		queue.push(...links.map(([, href = '']) => href.replaceAll('&#38;', '&').replaceAll('&amp;', '&')));
	}
	return new Map(CONSOLE_FILES.map((file) => [file, found.get(file) ?? emptyAddressOf(file)]));
}

export interface Door {
	/** Method and path, as the table of rights names it. */
	readonly name: string;
	readonly method: string;
	/** Of somebody signed in. */
	readonly right: string;
	/** Of a token; null: no single one. */
	readonly tokenRight: string | null;
	readonly request: ReturnType<typeof sampleRequest>;
}

/** Every operation of the API as its description gives it. */
export function doorsOf(api: ApiDescription): readonly Door[] {
	return Object.entries(api.paths).flatMap(([path, methods]) =>
		Object.entries(methods).map(([method, operation]) => {
			const short = path.replace(/^\/api\/v1/, '');
			const name = `${method.toUpperCase()} ${short}`;
			const asked = API_RIGHTS[name] ?? 'unknown';
			const { staff: right, token: tokenRight, body } = typeof asked === 'string' ? { staff: asked, token: asked, body: undefined } : asked;
			const sample = sampleRequest(api, short, operation);
			const request = body === undefined ? sample : { ...sample, body: JSON.stringify(body) };
			return { name, right, tokenRight, request, method: method.toUpperCase() };
		}),
	);
}
