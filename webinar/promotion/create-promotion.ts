import { and, count, eq, inArray, isNotNull, ne } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import { DomainError } from '#kernel/errors.ts';
import { enqueue } from '#kernel/outbox.ts';

import type { WebinarsDeps } from '../deps.ts';
import { type Occurrence, occurrenceById } from '../programme/occurrence.ts';
import { statusAt } from '../programme/status.ts';
import { ACTIVE_STATES } from '../registration/registration.ts';
import { invitation, registration } from '../schema.ts';
import { createSiteBanners } from './create-site-banners.ts';
import { INVITATION_CHANNEL, INVITATION_KIND } from './invitation-mail.ts';
import type { Entrance, Promotion } from './public.ts';

/** Persons of one body: each writes two rows. */
const PAGE = 100;

export function createPromotion(deps: Pick<WebinarsDeps, 'db' | 'now' | 'random' | 'log' | 'gating'>): Promotion {
	const { db, now, random } = deps;
	const openOne = async (id: string): Promise<Occurrence> => {
		const found = await occurrenceById(db.read, id);
		if (!found) throw new DomainError('not-found', 'There is no such start of a webinar.');
		if (found.cancelledAt !== null || statusAt(found, now()) === 'ended') throw new DomainError('conflict', 'It is over or was called off.');
		return found;
	};

	return Object.freeze<Promotion>({
		banners: createSiteBanners(deps),
		invite: async (occurrenceId, segmentId, personIds, by) => {
			await openOne(occurrenceId);
			const all = [...new Set(personIds)];
			let invited = 0;
			for (let from = 0; from < all.length; from += PAGE) {
				const some = all.slice(from, from + PAGE);
				invited += await db.write(async (tx) => {
					const here = and(eq(registration.occurrenceId, occurrenceId), inArray(registration.personId, some));
					const known = await tx
						.select({ personId: registration.personId })
						.from(registration)
						.where(and(here, inArray(registration.state, [...ACTIVE_STATES])));
					const registered = new Set(known.map(({ personId }) => personId));
					const fresh = some.filter((personId) => !registered.has(personId));
					if (fresh.length === 0) return 0;
					const at = now();
					const added = await tx
						.insert(invitation)
						.values(fresh.map((personId) => ({ occurrenceId, personId, segmentId, orderedAt: at, sentAt: null, dropped: '' })))
						.onConflictDoNothing()
						.returning({ personId: invitation.personId });
					for (const { personId } of added) {
						const key = `${INVITATION_KIND}:${occurrenceId}:${personId}`;
						await enqueue(tx, { kind: INVITATION_KIND, key, payload: { occurrenceId, personId }, personId, dueAt: at }, at, random);
					}
					return added.length;
				});
			}
			const detail = { segmentId, invited, skipped: all.length - invited };
			await db.write((tx) => recordAudit(tx, { ...by, action: 'webinar.invited', subject: `occurrence:${occurrenceId}`, detail }, now(), random));
			return { invited, skipped: all.length - invited };
		},
		counts: async (occurrenceId) => {
			const here = eq(invitation.occurrenceId, occurrenceId);
			const [ordered, sent, dropped] = await Promise.all([
				db.read.$count(invitation, here),
				db.read.$count(invitation, and(here, isNotNull(invitation.sentAt))),
				db.read.$count(invitation, and(here, ne(invitation.dropped, ''))),
			]);
			return { ordered, sent, dropped };
		},
		entrances: async (occurrenceId) => {
			const here = and(eq(registration.occurrenceId, occurrenceId), ne(registration.state, 'declined'));
			const registered = await db.read
				.select({ channel: registration.channel, n: count() })
				.from(registration)
				.where(here)
				.groupBy(registration.channel);
			const attended = await db.read
				.select({ channel: registration.attendedVia, n: count() })
				.from(registration)
				.where(and(here, isNotNull(registration.joinedAt)))
				.groupBy(registration.attendedVia);
			const sent = await db.read.$count(invitation, and(eq(invitation.occurrenceId, occurrenceId), isNotNull(invitation.sentAt)));
			const rows = new Map<string, Entrance>();
			const add = (code: string, more: Partial<Entrance>): void => {
				const channel = code || 'direct';
				const known = rows.get(channel) ?? { channel, invited: 0, registered: 0, attended: 0 };
				rows.set(channel, {
					channel,
					invited: known.invited + (more.invited ?? 0),
					registered: known.registered + (more.registered ?? 0),
					attended: known.attended + (more.attended ?? 0),
				});
			};
			if (sent > 0) add(INVITATION_CHANNEL, { invited: sent });
			for (const { channel, n } of registered) add(channel, { registered: n });
			for (const { channel, n } of attended) add(channel, { attended: n });
			return [...rows.values()].sort((a, b) => b.registered - a.registered || a.channel.localeCompare(b.channel));
		},
	});
}
