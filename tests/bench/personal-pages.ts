import type { ChildProcess } from 'node:child_process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { line, told } from './children.ts';
import type { PersonalQuestion } from './personal-hub.ts';

const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const FEWEST_BODIES = 200;
const SAMPLED = 500;
const PUBLISHED_WITHIN_MS = 5_000;

async function pageOf(port: number, cookie: string): Promise<string> {
	const answer = await fetch(`http://127.0.0.1:${port}/`, { headers: { cookie, 'user-agent': AGENT } });
	return answer.text();
}

const ask = <T>(hub: ChildProcess, question: PersonalQuestion): Promise<T> => {
	hub.send(question);
	return told<T>(hub);
};

/** Pieces on the page, the opening one first. */
const itemsOf = (html: string): readonly string[] => [...html.matchAll(/data-item="([^"]+)"/g)].map(([, item]) => item!);
/** What a browser loads for a page by itself. */
const loadedBy = (html: string): string =>
	[...html.matchAll(/<(?:script|link|iframe|object|source)\b[^>]*?(?:src|href|srcset)="([^"]+)"[^>]*>/g)].map(([, address]) => address).join('\n');

/**
 * First pages of visitors who were not there before: what stands on them is what the ranking says when it is asked alone, they differ, and
 * they load nothing that the page of everybody does not load.
 */
export async function checkFirstPages(hub: ChildProcess, port: number, cookies: readonly string[]): Promise<void> {
	const anonymous = await pageOf(port, '');
	const bodies = new Set<string>();
	const pages: string[] = [];
	for (const cookie of cookies.slice(-SAMPLED)) pages.push(await pageOf(port, cookie));
	for (const page of pages) bodies.add(page);
	const picks = await ask<readonly (readonly string[])[]>(hub, { ask: 'picks', cookies: cookies.slice(-SAMPLED) });
	const equal = pages.filter((page, at) => itemsOf(page).join() === picks[at]!.join()).length;
	const more = pages.filter((page) => loadedBy(page) !== loadedBy(anonymous)).length;
	line('distinct pages among 500 visitors', String(bodies.size), `≥ ${FEWEST_BODIES}`, bodies.size >= FEWEST_BODIES, '');
	line('cards equal to the ranking called on its own', `${equal}/${SAMPLED}`, `= ${SAMPLED}`, equal === SAMPLED, 'opening piece and row, in order');
	line('pages that load more than the default', String(more), '= 0', more === 0, 'scripts, styles, frames, preloads');
}

/** A publication that touches every piece: how long until the last of the visitors has it. `visitAll` asks for everybody's page once. */
export async function checkPublication(hub: ChildProcess, port: number, cookies: readonly string[], visitAll: () => Promise<void>): Promise<void> {
	const began = performance.now();
	await ask(hub, { ask: 'publish', word: 'Revised' });
	await visitAll();
	const tookMs = performance.now() - began;
	let old = 0;
	for (const cookie of cookies.slice(0, SAMPLED)) {
		const page = await pageOf(port, cookie);
		const row = /<ul[^>]*data-slot="home-for-you"[^>]*>(.*?)<\/ul>/s.exec(page)?.[1] ?? '';
		const titles = [...row.matchAll(/class="cell-title"[^>]*>\s*<a[^>]*>([^<]*)/g)].map(([, title]) => title!);
		if (titles.length < 4 || titles.some((title) => !title.includes('Revised'))) old += 1;
	}
	const isGood = tookMs < PUBLISHED_WITHIN_MS && old === 0;
	line(
		`a publication is on ${cookies.length} pages`,
		`${(tookMs / 1_000).toFixed(1)} s`,
		'< 5 s',
		isGood,
		`${old} of ${SAMPLED} sampled show something older`,
	);
}

/** Heap in use, with what nobody holds collected. */
export function heapBytes(): number {
	setFlagsFromString('--expose-gc');
	(runInNewContext('gc') as () => void)();
	return process.memoryUsage().heapUsed;
}
