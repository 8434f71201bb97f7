import { DAY_MS, HOUR_MS, MINUTE_MS } from '#kernel/clock.ts';

import type { Dice } from './dice.ts';
import { pickSearch, type Search } from './searches.ts';

/** What there is to look at and ask for: `<type>:<id>`, and paths of pages. */
export interface Shelves {
	readonly papers: readonly string[];
	readonly products: readonly { readonly subject: string; readonly path: string }[];
	readonly articles: readonly { readonly subject: string; readonly path: string }[];
	readonly cases: readonly { readonly subject: string; readonly path: string }[];
	/** Webinars that took place. */
	readonly past: readonly { readonly subject: string; readonly occurrenceId: string; readonly startsAt: number; readonly minutes: number }[];
	readonly tactics: readonly { readonly id: string; readonly channel: string }[];
	readonly searches: readonly Search[];
}

/** One thing somebody did. */
export interface Did {
	readonly type: string;
	readonly at: number;
	readonly subject: string;
	readonly props: Readonly<Record<string, string | number>>;
}

export interface Visit {
	readonly at: number;
	readonly channel: string;
	readonly tacticId: string | null;
	readonly did: readonly Did[];
}

const CHANNELS = [
	...([
		['search', 26],
		['direct', 18],
		['mail', 14],
		['paid-search', 9],
		['wechat', 8],
		['social', 6],
		['referral', 5],
		['fair', 5],
	] as const),
	...([
		['paid-social', 3],
		['media', 2],
		['association', 2],
		['display', 1],
		['dealer', 1],
		['sales', 2],
	] as const),
] as const;

/**
 * The visits of somebody, oldest first: how many by how warm they are, over so many days before `until`. About a third of a visit's acts are pages,
 * the rest reading that was proved, searches, documents, downloads.
 */
export function visitsOf(
	dice: Dice,
	shelves: Shelves,
	{ acts, days, until, isFresh }: { acts: number; days: number; until: number; isFresh: boolean },
): Visit[] {
	const count = Math.max(1, Math.round(acts / 7));
	const span = days * DAY_MS;
	// Who is fresh comes mostly of late; the others at any time.
	const times = Array.from({ length: count }, (_none, index) =>
		index === 0 && !isFresh
			? until - span
			: until -
				Math.floor(span * (isFresh ? (dice.chance(0.5) ? dice.roll(100) / 1_000 : dice.roll(1_000) / 1_000) : dice.roll(1_000) / 1_000)) -
				dice.roll(HOUR_MS),
	).sort((a, b) => a - b);
	let left = acts;
	return times.map((at, index) => {
		const share = index === times.length - 1 ? left : Math.min(left, 3 + dice.roll(9));
		left -= share;
		const tactic = dice.chance(0.3) && shelves.tactics.length > 0 ? dice.pick(shelves.tactics) : null;
		return { at, channel: tactic?.channel ?? dice.weighted(CHANNELS), tacticId: tactic?.id ?? null, did: actsOf(dice, shelves, at, share, index) };
	});
}

function actsOf(dice: Dice, shelves: Shelves, from: number, share: number, visit: number): Did[] {
	const did: Did[] = [];
	let at = from;
	const act = (type: string, subject: string, props: Did['props'] = {}) => {
		at += 5_000 + dice.roll(3 * MINUTE_MS);
		did.push({ type, at, subject, props });
	};
	while (did.length < share) {
		const kind = dice.weighted([
			['page', 50],
			['read', 20],
			['search', 6],
			['document', 5],
			['click', 3],
			['video', 2],
			['paper', 5],
			['webinar', 3],
		] as const);
		if (kind === 'page') {
			const page = dice.pick(dice.pick([shelves.products, shelves.products, shelves.articles, shelves.cases]));
			act('page.view', page.subject, { path: page.path });
		} else if (kind === 'read') act('content.attention', dice.pick(shelves.papers), { seconds: 20 + dice.few(0, 500), depth: 20 + dice.roll(81) });
		else if (kind === 'search') look(dice, act, shelves.searches);
		else if (kind === 'document')
			act('document.open', dice.pick(shelves.products).subject, { kind: dice.pick(['datasheet', 'cad', 'manual', 'certificate']) });
		else if (kind === 'click') act('cta.click', dice.pick(shelves.products).subject, { name: 'quote' });
		else if (kind === 'video') act('video.play', dice.pick(shelves.products).subject, { percent: 10 + dice.roll(91) });
		else if (kind === 'paper' || visit === 0) askFor(dice, act, dice.pick(shelves.papers));
		else {
			const next = shelves.past.find(({ startsAt }) => startsAt > at);
			if (next) attend(dice, act, did, next);
		}
	}
	return did;
}

function look(dice: Dice, act: (type: string, subject: string, props?: Did['props']) => void, searches: Shelves['searches']): void {
	const picked = pickSearch(dice, searches);
	if (!picked) return act('page.view', '', { path: '/search' });
	const { queryHash, locale, results, opens } = picked.search;
	act('search.query', '', { results, locale, queryHash });
	if (picked.place !== null) act('search.click', opens, { position: picked.place, queryHash });
}

function askFor(dice: Dice, act: (type: string, subject: string, props?: Did['props']) => void, paper: string): void {
	act('form.submitted', paper, { form: 'paper-default' });
	if (dice.chance(0.85)) act('download', paper, { locale: 'en' });
}

function attend(
	dice: Dice,
	act: (type: string, subject: string, props?: Did['props']) => void,
	did: Did[],
	{ subject, occurrenceId, startsAt, minutes }: Shelves['past'][number],
): void {
	act('webinar.registered', subject, { occurrenceId });
	if (!dice.chance(0.55)) return;
	const stayed = 3 + dice.roll(minutes - 2);
	did.push({ type: 'webinar.joined', at: startsAt + dice.roll(5 * MINUTE_MS), subject, props: { occurrenceId } });
	did.push({ type: 'webinar.attended', at: startsAt + stayed * MINUTE_MS, subject, props: { occurrenceId, minutes: stayed } });
}
