import { MINUTE_MS, type Now, SECOND_MS } from '#kernel/clock.ts';
import type { Database } from '#kernel/database.ts';

import type { orderAccounts, SumSort } from './list.ts';

const LISTING = new URL('./list.ts', import.meta.url);

/** Below this many accounts each list works out its order anew. */
const MANY = 5_000;
/** An order this old is told once more, while a new one is worked out. */
const FRESH_MS = 30 * SECOND_MS;
/** An older one is not told. */
const STALE_MS = 10 * MINUTE_MS;

type Orders = Awaited<ReturnType<typeof orderAccounts>>;

/**
 * The order of accounts by what their people come to, for hubs with many: working it out reads every lead, so it is kept. The numbers that a
 * list shows are always those of the moment; only who stands before whom may be half a minute old, and ten where nobody looked meanwhile.
 */
export function createRanking({ db, now }: { readonly db: Database; readonly now: Now }, engagedSince: () => number) {
	let kept: { readonly orders: Orders; readonly at: number } | null = null;
	let running: Promise<Orders> | null = null;

	const workOut = (): Promise<Orders> =>
		(running ??= db
			.analyse<Parameters<typeof orderAccounts>[1], Orders>({
				module: LISTING,
				name: 'orderAccounts',
				params: { engagedSince: engagedSince(), atLeast: MANY },
			})
			.then((orders) => {
				kept = { orders, at: now().getTime() };
				return orders;
			})
			.finally(() => {
				running = null;
			}));

	/** Ids in the order of `sort`; undefined where a list works it out itself. */
	return async (sort: SumSort): Promise<readonly string[] | undefined> => {
		const age = kept ? now().getTime() - kept.at : Infinity;
		if (age > STALE_MS) return (await workOut())?.[sort];
		// A hub that had few may have many by now; a failed attempt is made again by the next who asks.
		if (age > FRESH_MS) workOut().catch(() => undefined);
		return kept?.orders?.[sort];
	};
}
