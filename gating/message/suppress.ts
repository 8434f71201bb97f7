import { and, eq, isNull } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import type { Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import type { Keys } from '#kernel/keys.ts';

import { lookupHash } from '../identity/lookup.ts';
import { livingPerson, openProfile } from '../identity/person.ts';
import { type Reader, whoOf } from '../lead/reader.ts';
import { suppression } from '../schema.ts';
import type { MessageChannel } from './message.ts';
import { type PostDeps, stopQueued } from './post.ts';

/** Why nothing but answers goes to an address. */
export const SUPPRESSION_REASONS = ['hard-bounce', 'soft-bounces', 'complaint', 'by-hand'] as const;
export type SuppressionReason = (typeof SUPPRESSION_REASONS)[number];

export interface SuppressDeps extends PostDeps {
	readonly keys: Keys;
}

interface Suppressing {
	readonly personId: string;
	readonly channel: MessageChannel;
	readonly reason: SuppressionReason;
	/** `system` or `staff:<id>`. */
	readonly actor: string;
}

/** Stops everything but answers to the address that a person has now, and ends what waits for them. Returns false when it was stopped before. */
export async function suppressPerson(tx: Handle, deps: SuppressDeps, { personId, channel, reason, actor }: Suppressing): Promise<boolean> {
	const { keys, now, random } = deps;
	const living = await livingPerson(tx, personId);
	const { email, phone } = living ? openProfile(keys, living) : {};
	const address = channel === 'mail' ? email : phone;
	if (!living || !address) return false;
	const hash = lookupHash(keys, { kind: channel === 'mail' ? 'mail' : 'phone', value: address });
	const known = await tx
		.select({ id: suppression.id })
		.from(suppression)
		.where(and(eq(suppression.hash, hash), eq(suppression.channel, channel), isNull(suppression.liftedAt)));
	if (known.length > 0) return false;
	const at = now();
	await tx.insert(suppression).values({ id: newId(at, random), channel, hash, personId, reason, actor, at });
	await stopQueued(tx, deps, personId, { channel, reason: 'suppressed' });
	return true;
}

/** Writes to the address again. @throws DomainError not-found */
export async function liftSuppression(tx: Handle, { now, random }: PostDeps, id: string, by: Reader): Promise<void> {
	const at = now();
	const lifted = await tx
		.update(suppression)
		.set({ liftedAt: at, liftedBy: by.actor })
		.where(and(eq(suppression.id, id), isNull(suppression.liftedAt)))
		.returning({ personId: suppression.personId, channel: suppression.channel });
	const [one] = lifted;
	if (!one) throw new DomainError('not-found', 'There is no such suppression.');
	const entry = { ...whoOf(by), action: 'suppression.lift', subject: `person:${one.personId ?? ''}`, detail: { channel: one.channel } };
	await recordAudit(tx, entry, at, random);
}

/** Nothing but answers goes to a person any more, because staff say so. @throws DomainError conflict (it is so, or they have no address) */
export async function suppressByHand(
	tx: Handle,
	deps: SuppressDeps,
	{ personId, channel }: Pick<Suppressing, 'personId' | 'channel'>,
	by: Reader,
): Promise<void> {
	if (!(await suppressPerson(tx, deps, { personId, channel, reason: 'by-hand', actor: by.actor })))
		throw new DomainError('conflict', 'Nothing goes to this address as it is.');
	const entry = { ...whoOf(by), action: 'suppression.add', subject: `person:${personId}`, detail: { channel } };
	await recordAudit(tx, entry, deps.now(), deps.random);
}
