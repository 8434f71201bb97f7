import type { Handle } from '#kernel/database.ts';
import { hashSecret, newId, newSecret, type Random } from '#kernel/id.ts';

import { visitor } from '../schema.ts';

const MAX_TOUCHES = 12;
const MAX_TOUCH_LENGTH = 120;

export interface NewBrowser {
	readonly visitorId: string;
	/** For the cookie; only its hash is stored. */
	readonly secret: string;
}

/** A browser to recognise. Its owner, if any, was proved by a verified act in it. */
export async function insertBrowser(
	tx: Handle,
	{ ownerId, firstTouch }: { readonly ownerId: string | null; readonly firstTouch: Readonly<Record<string, string>> },
	now: Date,
	random: Random,
): Promise<NewBrowser> {
	const visitorId = newId(now, random);
	const secret = newSecret(random);
	await tx.insert(visitor).values({
		id: visitorId,
		hash: hashSecret(secret),
		personId: ownerId,
		joinedAt: ownerId === null ? null : now,
		createdAt: now,
		firstTouch: trimmed(firstTouch),
	});
	return { visitorId, secret };
}

/** First touches come from addresses that anybody can write: few and short. */
function trimmed(touch: Readonly<Record<string, string>>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(touch)
			.slice(0, MAX_TOUCHES)
			.map(([name, value]) => [name.slice(0, 40), value.slice(0, MAX_TOUCH_LENGTH)]),
	);
}
