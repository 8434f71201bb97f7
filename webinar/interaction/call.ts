import { stableId } from '#kernel/id.ts';

import { eventOf, type Here, type Refusal, type RoomDeps } from './here.ts';
import type { BodyOf, CallAction } from './kinds.ts';
import { rowsAbout } from './log.ts';

export type Followed = { readonly status: 'accepted'; readonly seq: null } | Extract<Refusal, { readonly status: 'closed' }>;

/** What each call says of who follows it; a page says nothing more than that it was opened. */
const SIGNALS = { buy: 'webinar.buy', demo: 'webinar.demo', quote: 'webinar.quote', page: 'webinar.resource' } as const satisfies Record<
	CallAction,
	string
>;

/**
 * Somebody followed a call to action: a buying signal of its kind, once each. Who asks for a demonstration or a quote wants a person to
 * answer: the lead goes to sales as from a form.
 */
export async function follow({ db, now, gating }: RoomDeps, here: Here, key: string): Promise<Followed> {
	const { occurrence, registration } = here;
	return db.write(async (tx): Promise<Followed> => {
		const [shown] = await rowsAbout(tx, occurrence.id, 'call', key);
		if (!shown) return { status: 'closed' };
		const { action } = shown.data as unknown as BodyOf<'call'>;
		const id = stableId(`call:${occurrence.id}:${key}:${registration.personId}`);
		const isNew = await gating.events.record(tx, { id, type: SIGNALS[action], ...eventOf(here, now()) });
		if (isNew && (action === 'demo' || action === 'quote'))
			await gating.routing.demanded(tx, { personId: registration.personId, demand: action, origin: `event:${id}` });
		return { status: 'accepted', seq: null };
	});
}

/** Somebody opened material that was shown. */
export async function openMaterial({ db, now, gating }: RoomDeps, here: Here, target: string): Promise<Followed> {
	const { occurrence, registration } = here;
	return db.write(async (tx): Promise<Followed> => {
		const shown = await rowsAbout(tx, occurrence.id, 'resource', target);
		const planned = here.webinar.moments.some((moment) => moment.kind === 'resource' && moment.target === target);
		if (shown.length === 0 && !planned) return { status: 'closed' };
		const id = stableId(`resource:${occurrence.id}:${target}:${registration.personId}`);
		await gating.events.record(tx, { id, type: 'webinar.resource', ...eventOf(here, now()) });
		return { status: 'accepted', seq: null };
	});
}
